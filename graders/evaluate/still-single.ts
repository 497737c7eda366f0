/** Programs that say in which precision they compute, whatever the library would do. */
import type { Reading } from '../question.ts';

/** Whether these answers are the same in double precision, number for number, and all of them numbers of single precision. */
export const isStillSingle = (single: readonly Reading[], double: readonly Reading[], name: string): boolean =>
  single.every((reading, i) => {
    const [first, again] = [reading, double[i]!].map((one) => ('answer' in one ? one.answer[name] : undefined));
    return (
      first !== undefined &&
      first.data.length === again?.data.length &&
      again.data.every((x, j) => Object.is(x, first.data[j]) && (Number.isNaN(x) || Math.fround(x) === x))
    );
  });
