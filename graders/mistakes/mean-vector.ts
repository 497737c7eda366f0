/** The constant nearest to a set of points, which is their mean, and what is computed in its place. */
import type { Mat, Vec } from '../../reference/oracles/linear-algebra.ts';
import { columnSums, scaleMat } from '../../reference/oracles/linear-algebra.ts';
import { bestConstant } from '../../reference/oracles/means.ts';
import type { WrongFunction } from './wrong-function.ts';
import { ofRows } from './wrong-function.ts';

const times = (factor: number, xs: Mat) => bestConstant(xs).map((v) => factor * v);

/** The column's values in order. */
const columns = (xs: Mat): Vec[] => xs[0]!.map((_, j) => xs.map((x) => x[j]!).sort((a, b) => a - b));
const median = (sorted: Vec): number =>
  (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;

/** In place of the mean of points, which are rows. */
export const meanVectors: readonly WrongFunction[] = [
  ofRows('sum', 'the sum of the points', 'Divide by the number of points n.', (xs) => columnSums(xs)),
  ofRows('n-minus-one', 'divided by n − 1', 'The mean divides by n; n − 1 belongs to the variance.', (xs) =>
    times(xs.length / (xs.length - 1), xs),
  ),
  ofRows('factor-two', 'twice the mean', 'The 2 of the square cancels when the gradient is set to zero.', (xs) =>
    times(2, xs),
  ),
  ofRows('half', 'half of the mean', 'The 2 of the square cancels when the gradient is set to zero.', (xs) =>
    times(0.5, xs),
  ),
  ofRows('sign', 'minus the mean', 'Σ (x_i − μ) = 0 gives nμ = Σ x_i, without a minus.', (xs) => times(-1, xs)),
  ofRows('median', 'the median', 'The median belongs to Σ |x_i − μ|; squares lead to the mean.', (xs) =>
    columns(xs).map(median),
  ),
  ofRows('mid-range', 'the middle of the range', 'Every point counts, not only the outermost: take the mean.', (xs) =>
    columns(xs).map((sorted) => (sorted[0]! + sorted.at(-1)!) / 2),
  ),
  ofRows('first-point', 'the first point', 'Go through all points.', (xs) => [...xs[0]!]),
  ofRows('one-number', 'one mean for all coordinates', 'Average every coordinate by itself: μ is a vector.', (xs) => {
    const all = bestConstant(xs);
    return all.map(() => all.reduce((sum, v) => sum + v, 0) / all.length);
  }),
  ofRows('by-dimension', 'divided by d', 'Divide by the number of points, not of coordinates.', (xs) =>
    columnSums(scaleMat(xs, 1 / xs[0]!.length)),
  ),
];
