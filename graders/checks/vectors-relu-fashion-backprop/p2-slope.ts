/** What `l1Subgrad` has to compute. */
import { residuals, l1Subgradient } from '../../../reference/oracles/l1.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { dot, matmul, sum, transpose } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { describe, meanNote, probes, sent } from './p2-data.ts';
import type { Data } from './p2-data.ts';
import { mistake } from './plain.ts';

const slope = (id: string, title: string, advice: string, f: (r: Vec, data: Data) => Vec): Variant<Data> =>
  mistake(id, title, advice, (data) => ({ gradient: arrayOf(f(residuals(data.X, data.w, data.y), data)) }));
const back = (X: Mat, g: Vec): Vec => matmul([g], X)[0]!;

export const l1SubgradProblem: Problem<Data> = {
  id: 'P2B.l1Subgrad',
  title: 'The gradient of the sum of absolute deviations',
  precision: 'double',
  band: plainNumbers,
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
