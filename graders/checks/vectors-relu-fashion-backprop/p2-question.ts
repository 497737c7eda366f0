/** Problem 2: the sum of absolute deviations of a linear model, and its gradient. */
import { readArray } from '../../kinds/named-arrays.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import { inWords, numberOf } from '../../values.ts';

/** Linear data: features, weights and targets. */
export interface Data {
  X: number[][];
  w: number[];
  y: number[];
}

const describe = ({ X, w }: Data) => `${X.length} rows, ${w.length} features`;

const askOf =
  (module: string, name: string): Question<Data>['ask'] =>
  async (guest, { X, w, y }) => ({
    value: (await guest.call({ module, name }, [arrayOf(X), arrayOf(w), arrayOf(y)])).value,
  });

export const l1LossQuestion: Question<Data> = {
  id: 'P2A.l1Loss',
  title: 'The sum of absolute deviations',
  precision: 'double',
  describe,
  ask: askOf('p2a', 'l1Loss'),
  read({ value }) {
    const number = numberOf(value);
    return number === undefined
      ? { misread: { says: 'l1Loss should return one number.', yours: inWords(value) } }
      : { answer: { loss: arrayOf(number) }, notes: [] };
  },
  write: (answer) => answer['loss']!.data[0]!,
};

export const l1SubgradQuestion: Question<Data> = {
  id: 'P2B.l1Subgrad',
  title: 'The gradient of the sum of absolute deviations',
  precision: 'double',
  describe,
  ask: askOf('p2b', 'l1Subgrad'),
  read: ({ value }, { w }) =>
    readArray('gradient', value, [w.length], {
      label: 'the gradient',
      says: 'l1Subgrad should return a list of numbers.',
    }),
  write: (answer) => answer['gradient'],
};
