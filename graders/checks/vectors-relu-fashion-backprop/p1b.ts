/** Problem 1: the gradient of the squared norm, and the constant nearest to a set of points. 4 + 6 marks. */
import { bestConstant } from '../../../reference/oracles/means.ts';
import { columnSums, scaleMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { FormulaProblem } from '../../formula/problem.ts';
import { formulaChecks } from '../../kinds/formulas.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { gradMu, gradNormSq, hessian } from './p1-formulas.ts';
import { inPlainNumbers, mistake } from './plain.ts';

interface Points {
  xs: Mat;
}

const vector = (mu: Vec) => ({ mu: arrayOf(mu) });
const times = (factor: number, xs: Mat) => bestConstant(xs).map((v) => factor * v);

/** The column's values in order. */
const columns = (xs: Mat): Vec[] => xs[0]!.map((_, j) => xs.map((x) => x[j]!).sort((a, b) => a - b));
const median = (sorted: Vec): number =>
  (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;

const mistakes: readonly Variant<Points>[] = [
  mistake('sum', 'the sum of the points', 'Divide by the number of points n.', ({ xs }) => vector(columnSums(xs))),
  mistake('n-minus-one', 'divided by n − 1', 'The mean divides by n; n − 1 belongs to the variance.', ({ xs }) =>
    vector(times(xs.length / (xs.length - 1), xs)),
  ),
  mistake('factor-two', 'twice the mean', 'The 2 of the square cancels when the gradient is set to zero.', ({ xs }) =>
    vector(times(2, xs)),
  ),
  mistake('half', 'half of the mean', 'The 2 of the square cancels when the gradient is set to zero.', ({ xs }) =>
    vector(times(0.5, xs)),
  ),
  mistake('sign', 'minus the mean', 'Σ (x_i − μ) = 0 gives nμ = Σ x_i, without a minus.', ({ xs }) =>
    vector(times(-1, xs)),
  ),
  mistake('median', 'the median', 'The median belongs to Σ |x_i − μ|; squares lead to the mean.', ({ xs }) =>
    vector(columns(xs).map(median)),
  ),
  mistake(
    'mid-range',
    'the middle of the range',
    'Every point counts, not only the outermost: take the mean.',
    ({ xs }) => vector(columns(xs).map((sorted) => (sorted[0]! + sorted.at(-1)!) / 2)),
  ),
  mistake('first-point', 'the first point', 'Go through all points.', ({ xs }) => vector([...xs[0]!])),
  mistake(
    'one-number',
    'one mean for all coordinates',
    'Average every coordinate by itself: μ is a vector.',
    ({ xs }) => {
      const all = bestConstant(xs);
      return vector(all.map(() => all.reduce((sum, v) => sum + v, 0) / all.length));
    },
  ),
  mistake('by-dimension', 'divided by d', 'Divide by the number of points, not of coordinates.', ({ xs }) =>
    vector(columnSums(scaleMat(xs, 1 / xs[0]!.length))),
  ),
];

export const bestConstantProblem: Problem<Points> = {
  id: 'P1B.bestConstant',
  title: 'The constant nearest to a set of points',
  names: { mu: 'μ' },
  precision: 'double',
  band: plainNumbers,
  probes: (random) =>
    (
      [
        [5, 3],
        [7, 1],
        [4, 6],
        // Again, with other points, for whoever remembers results by size; and so many that some might be left out.
        [5, 3],
        [31, 2],
      ] as const
    ).map(([n, d]) => ({
      // Away from zero and skewed, so that mean, median and sum are far apart.
      xs: Array.from({ length: n }, () => Array.from({ length: d }, () => 1 + random.normal(0, 1) ** 2 * 3)),
    })),
  describe: ({ xs }) => `${xs.length} points with ${xs[0]!.length} coordinates`,
  ask: async (guest, { xs }) => ({
    value: (await guest.call({ module: 'p1b.ts', name: 'bestConstant' }, [arrayOf(xs)])).value,
  }),
  read({ value }, { xs }) {
    const given = arrayFrom(value);
    if (given === undefined) {
      return { misread: { says: 'bestConstant should return a list of numbers.', yours: inWords(value) } };
    }
    const read = canonicalise('μ', given, [xs[0]!.length], { transposed: 'refuse' });
    return 'misread' in read ? read : { answer: { mu: read.array }, notes: read.note ? [read.note] : [] };
  },
  write: (answer) => answer['mu'],
  oracle: ({ xs }) => vector(bestConstant(xs)),
  mistakes,
};

const row = (id: string, task: string, points: number, title: string, formula: FormulaProblem) => ({
  id,
  task,
  points,
  title,
  formula,
});

export const checks: Check[] = [
  ...formulaChecks([
    row('p1a.gradient', 'P1A', 4, 'The gradient of ‖x‖² is right in every coordinate', gradNormSq),
    row('p1b.gradient', 'P1B', 2, 'The derivative of the sum of squares with respect to μ is right', gradMu),
    row('p1b.hessian', 'P1B', 1, 'The second derivative is right, and positive', hessian),
  ]),
  {
    id: 'p1b.value',
    task: 'P1B',
    title: 'bestConstant returns the minimiser',
    asks: 'bestConstant on 5, 7 and 4 points with 3, 1 and 6 coordinates.',
    points: 3,
    problems: [bestConstantProblem],
    run: (desk) =>
      inPlainNumbers(desk, 'p1b.ts', async () => judgeTensor(await evaluate(desk, bestConstantProblem), 'mu', 'μ')),
  },
];
