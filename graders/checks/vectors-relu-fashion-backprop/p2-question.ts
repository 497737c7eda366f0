/** Problem 2: the sum of absolute deviations of a linear model, and its gradient. */
import { arrayFunctionQuestion } from '../../kinds/array-function-question.ts';
import { arrayOf } from '../../numerics/arrays.ts';

/** Linear data: features, weights and targets. */
export interface Data {
  X: number[][];
  w: number[];
  y: number[];
}

const common = {
  describe: ({ X, w }: Data) => `${X.length} rows, ${w.length} features`,
  sends: ({ X, w, y }: Data) => [arrayOf(X), arrayOf(w), arrayOf(y)],
};

export const l1LossQuestion = arrayFunctionQuestion<Data>({
  ...common,
  id: 'P2A.l1Loss',
  title: 'The sum of absolute deviations',
  unit: 'p2a',
  name: 'l1Loss',
  result: { tensor: 'loss', shape: 'number' },
});

export const l1SubgradQuestion = arrayFunctionQuestion<Data>({
  ...common,
  id: 'P2B.l1Subgrad',
  title: 'The gradient of the sum of absolute deviations',
  unit: 'p2b',
  name: 'l1Subgrad',
  result: { tensor: 'gradient', shape: ({ w }) => [w.length] },
});
