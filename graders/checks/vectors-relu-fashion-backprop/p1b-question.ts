/** Problem 1 B: the constant nearest to a set of points. */
import { readArray } from '../../kinds/named-arrays.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';

/** Points, one in every row. */
export interface Points {
  xs: number[][];
}

export const bestConstantQuestion: Question<Points> = {
  id: 'P1B.bestConstant',
  title: 'The constant nearest to a set of points',
  names: { mu: 'μ' },
  precision: 'double',
  describe: ({ xs }) => `${xs.length} points with ${xs[0]!.length} coordinates`,
  ask: async (guest, { xs }) => ({
    value: (await guest.call({ module: 'p1b', name: 'bestConstant' }, [arrayOf(xs)])).value,
  }),
  read: ({ value }, { xs }) =>
    readArray('mu', value, [xs[0]!.length], { label: 'μ', says: 'bestConstant should return a list of numbers.' }),
  write: (answer) => answer['mu'],
};
