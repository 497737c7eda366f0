/** The constant nearest to a set of points, which is their mean, and what is computed in its place. */
import type { Mat, Vec } from '../../reference/oracles/linear-algebra.ts';
import { columnSums, scaleMat } from '../../reference/oracles/linear-algebra.ts';
import { bestConstant } from '../../reference/oracles/means.ts';
import type { WrongFunction } from './wrong-function.ts';
import { ofRows, wrongFunction } from './wrong-function.ts';

const times = (factor: number, xs: Mat) => bestConstant(xs).map((v) => factor * v);

/** The column's values in order. */
const columns = (xs: Mat): Vec[] => xs[0]!.map((_, j) => xs.map((x) => x[j]!).sort((a, b) => a - b));
const median = (sorted: Vec): number =>
  (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;

/** In place of the mean of points, which are rows. */
export const meanVectors: readonly WrongFunction[] = [
  wrongFunction(
    'sum',
    'the sum of the points',
    'Divide by the number of points n.',
    ofRows((xs) => columnSums(xs)),
  ),
  wrongFunction(
    'n-minus-one',
    'divided by n − 1',
    'The mean divides by n; n − 1 belongs to the variance.',
    ofRows((xs) => times(xs.length / (xs.length - 1), xs)),
  ),
  wrongFunction(
    'factor-two',
    'twice the mean',
    'The 2 of the square cancels when the gradient is set to zero.',
    ofRows((xs) => times(2, xs)),
  ),
  wrongFunction(
    'half',
    'half of the mean',
    'The 2 of the square cancels when the gradient is set to zero.',
    ofRows((xs) => times(0.5, xs)),
  ),
  wrongFunction(
    'sign',
    'minus the mean',
    'Σ (x_i − μ) = 0 gives nμ = Σ x_i, without a minus.',
    ofRows((xs) => times(-1, xs)),
  ),
  wrongFunction(
    'median',
    'the median',
    'The median belongs to Σ |x_i − μ|; squares lead to the mean.',
    ofRows((xs) => columns(xs).map(median)),
  ),
  wrongFunction(
    'mid-range',
    'the middle of the range',
    'Every point counts, not only the outermost: take the mean.',
    ofRows((xs) => columns(xs).map((sorted) => (sorted[0]! + sorted.at(-1)!) / 2)),
  ),
  wrongFunction(
    'first-point',
    'the first point',
    'Go through all points.',
    ofRows((xs) => [...xs[0]!]),
  ),
  wrongFunction(
    'one-number',
    'one mean for all coordinates',
    'Average every coordinate by itself: μ is a vector.',
    ofRows((xs) => {
      const all = bestConstant(xs);
      return all.map(() => all.reduce((sum, v) => sum + v, 0) / all.length);
    }),
  ),
  wrongFunction(
    'by-dimension',
    'divided by d',
    'Divide by the number of points, not of coordinates.',
    ofRows((xs) => columnSums(scaleMat(xs, 1 / xs[0]!.length))),
  ),
];
