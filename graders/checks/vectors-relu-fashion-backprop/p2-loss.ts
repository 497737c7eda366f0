/** What `l1Loss` has to compute. */
import { residuals, l1Loss } from '../../../reference/oracles/l1.ts';
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { dot, sum } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { inWords, numberOf } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { describe, meanNote, probes, sent } from './p2-data.ts';
import type { Data } from './p2-data.ts';
import { mistake } from './plain.ts';

const loss = (id: string, title: string, advice: string, f: (r: Vec, data: Data) => number): Variant<Data> =>
  mistake(id, title, advice, (data) => ({ loss: arrayOf(f(residuals(data.X, data.w, data.y), data)) }));

const totals = (f: (r: number) => number) => (r: Vec) => sum(r.map(f));

export const l1LossProblem: Problem<Data> = {
  id: 'P2A.l1Loss',
  title: 'The sum of absolute deviations',
  precision: 'double',
  band: plainNumbers,
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
