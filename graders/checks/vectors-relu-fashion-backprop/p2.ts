/** Problem 2: least absolute deviations. 4 + 6 + 4 marks, 7 of them by a person. */
import { l1Loss, l1Subgradient, residuals } from '../../../reference/oracles/l1.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { dot, matmul, sum, transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { manualCheck } from '../../manual.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem, Variant } from '../../problem.ts';
import { arrayFrom, inWords, numberOf } from '../../values.ts';
import { judgeSizes } from './p2-sizes.ts';
import { inPlainNumbers, mistake, plainBand } from './plain.ts';

interface Data {
  X: Mat;
  w: Vec;
  y: Vec;
}

/** Residuals of both signs, none nearer to its kink than 0.05: there every subgradient is the gradient. */
function drawData(random: Random, n: number, d: number): Data {
  const normals = (count: number, sd = 1) => Array.from({ length: count }, () => random.normal(0.3, sd));
  const [X, w] = [Array.from({ length: n }, () => normals(d)), normals(d)];
  const y = X.map((x, i) => dot(x, w) + (i % 3 === 0 ? 1 : -1) * (0.05 + Math.abs(random.normal(0, 2))));
  return { X, w, y };
}

const designs = [
  [9, 4],
  [7, 3],
  [11, 6],
] as const;
const probes = (random: Random) => designs.map(([n, d], i) => drawData(random.fork(`${i}`), n, d));
const describe = ({ X, w }: Data) => `${X.length} rows, ${w.length} features`;
const sent = ({ X, w, y }: Data) => [arrayOf(X), arrayOf(w), arrayOf(y)];
const meanNote = 'The mean over the rows instead of the sum: a constant factor, which is accepted.';

const loss = (id: string, title: string, advice: string, f: (r: Vec, data: Data) => number): Variant<Data> =>
  mistake(id, title, advice, (data) => ({ loss: arrayOf(f(residuals(data.X, data.w, data.y), data)) }));

const totals = (f: (r: number) => number) => (r: Vec) => sum(r.map(f));

export const l1LossProblem: Problem<Data> = {
  id: 'P2A.l1Loss',
  title: 'The sum of absolute deviations',
  precision: 'double',
  band: plainBand,
  probes,
  describe,
  ask: async (guest, data) => ({ value: (await guest.call({ module: 'p2a.ts', name: 'l1Loss' }, sent(data))).value }),
  read({ value }) {
    const number = numberOf(value);
    return number === undefined
      ? { misread: { says: 'l1Loss should return one number.', yours: inWords(value) } }
      : { answer: { loss: arrayOf(number) }, notes: [] };
  },
  write: (answer) => answer['loss']!.data[0]!,
  oracle: ({ X, w, y }) => ({ loss: arrayOf(l1Loss(X, w, y)) }),
  accepts: [{ id: 'mean', title: meanNote, compute: ({ X, w, y }) => ({ loss: arrayOf(l1Loss(X, w, y) / y.length) }) }],
  mistakes: [
    loss(
      'squared',
      'the squares of the residuals',
      'The 1-norm adds absolute values, not squares.',
      totals((r) => r * r),
    ),
    loss('two-norm', 'the 2-norm of the residuals', 'The 1-norm adds absolute values; no squares, no root.', (r) =>
      Math.hypot(...r),
    ),
    loss('largest', 'the largest residual', 'That is the ∞-norm; the 1-norm adds all of them.', (r) =>
      Math.max(...r.map(Math.abs)),
    ),
    loss(
      'no-abs',
      'the residuals without absolute value',
      'Take the absolute value of every residual.',
      totals((r) => r),
    ),
    loss(
      'abs-of-sum',
      'the absolute value of the sum',
      'Take the absolute value of every residual before you add them.',
      (r) => Math.abs(sum(r)),
    ),
    loss(
      'mean-square',
      'the mean square',
      'The 1-norm adds absolute values, not squares.',
      (r) => sum(r.map((v) => v * v)) / r.length,
    ),
    loss('half', 'half of the sum', 'The definition of the 1-norm has no factor ½.', (r) => sum(r.map(Math.abs)) / 2),
    loss('plus', 'Xw + y instead of Xw − y', 'A residual is a difference: Xw − y.', (_, { X, w, y }) =>
      sum(X.map((x, i) => Math.abs(dot(x, w) + y[i]!))),
    ),
    loss('no-target', 'the target is missing', 'Subtract y before you take absolute values.', (_, { X, w }) =>
      sum(X.map((x) => Math.abs(dot(x, w)))),
    ),
    loss('sign', 'a negative loss', 'A norm is never negative.', (r) => -sum(r.map(Math.abs))),
  ],
};

const slope = (id: string, title: string, advice: string, f: (r: Vec, data: Data) => Vec): Variant<Data> =>
  mistake(id, title, advice, (data) => ({ gradient: arrayOf(f(residuals(data.X, data.w, data.y), data)) }));
const back = (X: Mat, g: Vec): Vec => matmul([g], X)[0]!;

export const l1SubgradProblem: Problem<Data> = {
  id: 'P2B.l1Subgrad',
  title: 'The gradient of the sum of absolute deviations',
  precision: 'double',
  band: plainBand,
  probes,
  describe,
  ask: async (guest, data) => ({
    value: (await guest.call({ module: 'p2b.ts', name: 'l1Subgrad' }, sent(data))).value,
  }),
  read({ value }, { w }) {
    const given = arrayFrom(value);
    if (given === undefined) {
      return { misread: { says: 'l1Subgrad should return a list of numbers.', yours: inWords(value) } };
    }
    const read = canonicalise('the gradient', given, [w.length], { transposed: 'refuse' });
    return 'misread' in read ? read : { answer: { gradient: read.array }, notes: read.note ? [read.note] : [] };
  },
  write: (answer) => answer['gradient'],
  oracle: ({ X, w, y }) => ({ gradient: arrayOf(l1Subgradient(X, w, y)) }),
  accepts: [
    {
      id: 'mean',
      title: meanNote,
      compute: ({ X, w, y }) => ({ gradient: arrayOf(l1Subgradient(X, w, y).map((v) => v / y.length)) }),
    },
  ],
  mistakes: [
    slope('sign', 'the sign turned round', 'With r = Xw − y the inner derivative is +X: Xᵀ sign(Xw − y).', (r, { X }) =>
      back(
        X,
        r.map((v) => -Math.sign(v)),
      ),
    ),
    slope('residuals', 'the residuals instead of their signs', 'The derivative of |r| is sign(r), not r.', (r, { X }) =>
      back(X, r),
    ),
    slope('squared-loss', 'the gradient of the squared loss', 'The derivative of |r| is sign(r), not 2r.', (r, { X }) =>
      back(
        X,
        r.map((v) => 2 * v),
      ),
    ),
    slope(
      'no-features',
      'the factor X is missing',
      'Chain rule: every sign is multiplied by its row of X.',
      (r, { w }) => w.map(() => sum(r.map(Math.sign))),
    ),
    slope('step', 'step instead of sign', 'For negative residuals the slope of |r| is −1, not 0.', (r, { X }) =>
      back(
        X,
        r.map((v) => (v > 0 ? 1 : 0)),
      ),
    ),
    slope('absolute', 'absolute values instead of signs', 'The derivative of |r| is sign(r).', (r, { X }) =>
      back(X, r.map(Math.abs)),
    ),
    slope('sign-last', 'the sign of the sum', 'Take the sign of every residual, then multiply and add.', (r, { X }) =>
      back(X, r).map(Math.sign),
    ),
    slope('plus', 'Xw + y instead of Xw − y', 'A residual is a difference: Xw − y.', (_, { X, w, y }) =>
      back(
        X,
        X.map((x, i) => Math.sign(dot(x, w) + y[i]!)),
      ),
    ),
    slope(
      'factor-two',
      'twice the gradient',
      'The factor 2 belongs to squares; |r| has the slope sign(r).',
      (r, { X }) =>
        back(
          X,
          r.map((v) => 2 * Math.sign(v)),
        ),
    ),
    slope(
      'absolute-features',
      'the signs of X are lost',
      'Multiply by X itself, not by its absolute values.',
      (r, { X }) => transpose(X).map((column) => sum(column.map((v, i) => Math.abs(v) * Math.sign(r[i]!)))),
    ),
  ],
};

export const checks: Check[] = [
  {
    id: 'p2a.loss',
    task: 'P2A',
    title: 'l1Loss is the sum of the absolute residuals',
    asks: 'l1Loss on 9×4, 7×3 and 11×6 random numbers.',
    points: 2.5,
    problems: [l1LossProblem],
    run: (desk) =>
      inPlainNumbers(desk, 'p2a.ts', async () => judgeTensor(await evaluate(desk, l1LossProblem), 'loss', 'The loss')),
  },
  {
    id: 'p2a.sizes',
    task: 'P2A',
    title: 'The sizes of X, W and Y fit together',
    asks: '"l1Sizes" in answers.json.',
    points: 1.5,
    run: async (desk) => judgeSizes(desk),
  },
  {
    id: 'p2b.gradient',
    task: 'P2B',
    title: 'l1Subgrad is the gradient where no residual is 0',
    asks: 'l1Subgrad on 9×4, 7×3 and 11×6 random numbers, all residuals larger than 0.05.',
    points: 3,
    problems: [l1SubgradProblem],
    run: (desk) =>
      inPlainNumbers(desk, 'p2b.ts', async () =>
        judgeTensor(await evaluate(desk, l1SubgradProblem), 'gradient', 'The gradient'),
      ),
  },
  manualCheck({ id: 'p2b.argument', task: 'P2B', title: 'Why there is no closed form', points: 3 }),
  manualCheck({ id: 'p2c.essay', task: 'P2C', title: 'Another way to the minimum', points: 4 }),
];
