/** Problem 1 B: the constant nearest to a set of points. */
import { arrayFunctionQuestion } from '../../kinds/array-function-question.ts';
import { arrayOf } from '../../numerics/arrays.ts';

/** Points, one in every row. */
export interface Points {
  xs: number[][];
}

export const bestConstantQuestion = arrayFunctionQuestion<Points>({
  id: 'P1B.bestConstant',
  title: 'The constant nearest to a set of points',
  names: { mu: 'μ' },
  describe: ({ xs }) => `${xs.length} points with ${xs[0]!.length} coordinates`,
  unit: 'p1b',
  name: 'bestConstant',
  sends: ({ xs }) => [arrayOf(xs)],
  result: { tensor: 'mu', label: 'μ', shape: ({ xs }) => [xs[0]!.length] },
});
