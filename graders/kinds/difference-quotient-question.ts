import { traced } from '../question.ts';
/** A numerical derivative: the difference quotient of one of the student's functions, with the step as an argument. */
import type { NdArray } from '../model/numbers.ts';
import type { OfFunction } from './elementwise-question.ts';
import { readElements } from './elementwise-question.ts';
import type { ElementwiseQuestion } from './elementwise-question.ts';

/** Points, targets where the function has them, and the step. */
export interface Stepped {
  x: NdArray;
  y?: NdArray;
  epsilon: number;
}

/** The targets, where there are any, and the points. */
export const arraysOf = ({ x, y }: Stepped): NdArray[] => (y ? [y, x] : [x]);

/** The quotient at every point: `f(x, ε)` or `f(y, x, ε)`. */
export const differenceQuestion = traced('kinds/difference-quotient-question#differenceQuestion')(
  ({ unit, name, ...question }: ElementwiseQuestion): OfFunction<Stepped> => ({
    ...question,
    target: { module: unit, name },
    names: { values: `the result of ${name}` },
    precision: 'double',
    describe: ({ x, epsilon }) => `${name} at ${x.data.length} points with ε = ${epsilon}`,
    ask: async (guest, probe) => ({
      value: (await guest.call({ module: unit, name }, [...arraysOf(probe), probe.epsilon])).value,
    }),
    read: ({ value }, { x }) => readElements(name, value, x.shape),
    write: (answer) => answer['values'],
  }),
);
