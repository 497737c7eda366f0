/** What is computed in place of the gradient before a softmax from the one behind it. */
import { softmaxVjp } from '../../../reference/oracles/activations.ts';
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { ofRows, wrongFunction } from '../wrong-function.ts';

/** A wrong rule for one row of a softmax: activations p, error signal g. */
interface RowMistake {
  id: string;
  title: string;
  advice: string;
  row(p: Vec, g: Vec): Vec;
}

/** Also used for whole layers, where a wrong softmax shows in every gradient. */
export const softmaxRowMistakes: readonly RowMistake[] = [
  {
    id: 'diagonal',
    title: 'only the diagonal of the Jacobian',
    advice:
      'Every probability depends on every input of its row: p_j (g_j − Σ_k g_k p_k), not p_j (1 − p_j) g_j alone.',
    row: (p, g) => p.map((pj, j) => pj * (1 - pj) * g[j]!),
  },
  {
    id: 'jacobian-sign',
    title: 'the entries beside the diagonal have the wrong sign',
    advice: 'For j ≠ k the derivative of p_j is −p_j p_k: raising one input lowers the other outputs.',
    row: (p, g) => p.map((pj, j) => pj * (1 - pj) * g[j]! + sum(p.map((pk, k) => (k === j ? 0 : pj * pk * g[k]!)))),
  },
  {
    id: 'diagonal-everywhere',
    title: 'the formula of the diagonal is used for every entry of the Jacobian',
    advice: 'For j = k the derivative is p_j (1 − p_j), for j ≠ k it is −p_j p_k: it is not p_j (1 − p_k) for both.',
    row: (p, g) => p.map((pk) => (1 - pk) * sum(p.map((pj, j) => pj * g[j]!))),
  },
  {
    id: 'no-mean',
    title: 'the sum over the classes is missing',
    advice: 'Subtract Σ_k g_k p_k from every error signal before you multiply by p_j.',
    row: (p, g) => p.map((pj, j) => pj * g[j]!),
  },
  {
    id: 'off-diagonal-only',
    title: 'the diagonal of the Jacobian is missing',
    advice: 'For j = k the derivative is p_j (1 − p_j): do not leave it out.',
    row: (p, g) => p.map((pj, j) => -sum(p.map((pk, k) => (k === j ? 0 : pj * pk * g[k]!)))),
  },
  {
    id: 'passed-on',
    title: 'the error signal is passed on as it is',
    advice:
      'Apply the derivative of the softmax; or, if your CCE returns prediction − target, say so with `combined = true`.',
    row: (_, g) => [...g],
  },
  {
    id: 'jacobian-rows-summed',
    title: 'the Jacobian is summed before the error signal is used',
    advice: 'Multiply the Jacobian by the error signal as a vector, Σ_k ∂p_k/∂z_j g_k: its own rows sum to 0.',
    row: (p) => p.map(() => 0),
  },
  {
    id: 'negative',
    title: 'the sign is turned round',
    advice: 'The derivative is p_j (g_j − Σ_k g_k p_k): check the sign.',
    row: (p, g) => softmaxVjp(p, g).map((v) => -v),
  },
  {
    id: 'twice',
    title: 'the Jacobian is applied twice',
    advice: 'Apply the derivative of the softmax once.',
    row: (p, g) => softmaxVjp(p, softmaxVjp(p, g)),
  },
  {
    id: 'plain-mean',
    title: 'the plain mean of the error signals is subtracted',
    advice: 'Weight the error signals with the probabilities: Σ_k g_k p_k, not their mean.',
    row: (p, g) => p.map((pj, j) => pj * (g[j]! - sum(g) / g.length)),
  },
];

/** Of an activation object, told the activations and the error signals; `combined` where its program says that the loss is. */
export const softmaxBackwards: readonly (WrongFunction & { combined?: boolean })[] = [
  ...softmaxRowMistakes.map(({ row, id, title, advice }) =>
    wrongFunction(
      id,
      title,
      advice,
      ofRows((a, error) => a.map((p, i) => row(p, error![i]!))),
    ),
  ),
  {
    ...wrongFunction(
      'declared-only',
      'combined is set, but the derivative of the softmax is applied as well',
      'prediction − target holds the derivative of the softmax already: apply it there or here, not twice.',
      ofRows((a, error) => a.map((p, i) => softmaxVjp(p, error![i]!))),
    ),
    combined: true,
  },
];
