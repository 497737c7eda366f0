/** A function of arrays, numbers and rows of numbers, that returns one array or one number. */
import type { Arg } from '../model/guest.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import { readArray, readNumber } from './named-arrays.ts';

interface ArrayFunction<Probe> extends Pick<Question<Probe>, 'id' | 'title' | 'names' | 'describe'> {
  unit: string;
  name: string;
  sends(probe: Probe): Arg[];
  /** What the result is called in the answer and, where its shape does not fit, to a reader. */
  result: { tensor: string; label?: string; shape: 'number' | ((probe: Probe) => readonly number[]) };
}

export const arrayFunctionQuestion = traced('kinds/array-function-question#arrayFunctionQuestion')(
  <Probe>({
    unit,
    name,
    sends,
    result: { tensor, label = `the ${tensor}`, shape },
    ...question
  }: ArrayFunction<Probe>): Question<Probe> => ({
    ...question,
    precision: 'double',
    ask: async (guest, probe) => ({ value: (await guest.call({ module: unit, name }, sends(probe))).value }),
    read: ({ value }, probe) =>
      shape === 'number'
        ? readNumber(tensor, value, name)
        : readArray(tensor, value, shape(probe), { label, says: `${name} should return a list of numbers.` }),
    write: (answer) => (shape === 'number' ? answer[tensor]!.data[0]! : answer[tensor]),
  }),
);
