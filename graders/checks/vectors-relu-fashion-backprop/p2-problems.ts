/** What is right for `l1Loss` and `l1Subgrad`, and the linear data at which it shows. */
import { l1Loss, l1Subgradient } from '../../../reference/oracles/l1.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { dot } from '../../../reference/oracles/linear-algebra.ts';
import type { Key } from '../../key.ts';
import { absoluteLosses, absoluteSlopes } from '../../mistakes/losses/absolute.ts';
import type { NdArray } from '../../model/numbers.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import type { Problem } from '../../problem.ts';
import type { Data } from './p2-question.ts';
import { l1LossQuestion, l1SubgradQuestion } from './p2-question.ts';

/** Residuals of both signs, small and large ones, none nearer to its kink than 0.05: there every subgradient is the gradient. */
function drawData(random: Random, n: number, d: number): Data {
  const normals = (count: number, sd = 1) => Array.from({ length: count }, () => random.normal(0.3, sd));
  const [X, w] = [Array.from({ length: n }, () => normals(d)), normals(d)];
  const y = X.map(
    (x, i) =>
      dot(x, w) + (i % 3 === 0 ? 1 : -1) * (0.05 + (i === 2 ? 0.01 : i === 3 ? 8 : Math.abs(random.normal(0, 2)))),
  );
  return { X, w, y };
}

const designs = [
  [9, 4],
  [7, 3],
  [11, 6],
  // As many rows as features, where a matrix may be turned round unseen by its shape; and a single row.
  [5, 5],
  [1, 3],
] as const;

/** The sum over the rows is asked for; their mean is right as well. */
const keyOf = (name: string, of: (X: Mat, w: Vec, y: Vec) => NdArray, mistakes: Key<Data>['mistakes']): Key<Data> => ({
  band: plainNumbers,
  probes: (random) => designs.map(([n, d], i) => drawData(random.fork(`${i}`), n, d)),
  oracle: ({ X, w, y }) => ({ [name]: of(X, w, y) }),
  accepts: [
    {
      id: 'mean',
      title: 'The mean over the rows instead of the sum: a constant factor, which is accepted.',
      compute: ({ X, w, y }) => ({ [name]: mapArray(of(X, w, y), (v) => v / y.length) }),
    },
  ],
  mistakes,
});

export const l1LossProblem: Problem<Data> = {
  ...l1LossQuestion,
  ...keyOf('loss', (...data) => arrayOf(l1Loss(...data)), absoluteLosses),
};

export const l1SubgradProblem: Problem<Data> = {
  ...l1SubgradQuestion,
  ...keyOf('gradient', (...data) => arrayOf(l1Subgradient(...data)), absoluteSlopes),
  differences: { are: 'told' },
};
