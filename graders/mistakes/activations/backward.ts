/** What is computed in place of the gradient before an activation, from pre-activations z, activations a and the error signal g. */
import { reluPrime, sigmoidPrime, softmaxVjp, tanhPrime } from '../../../reference/oracles/activations.ts';
import { activationBackward } from '../../../reference/oracles/layers.ts';
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, ofRows } from '../wrong-function.ts';

const mean = (values: readonly number[]) => sum([...values]) / values.length;

/** In place of g · a(1 − a) for the sigmoid. */
export const sigmoidBackwards: readonly WrongFunction[] = [
  everywhere(
    'slope-of-activation',
    "σ' evaluated at the activation",
    'Evaluate the derivative at the pre-activation, a(1 − a): the sigmoid is applied once too often.',
    (_, a, g) => g * sigmoidPrime(a),
  ),
  everywhere(
    'error-ignored',
    'the error signal is not used',
    'Multiply the derivative by the error signal that arrives from above.',
    (z) => sigmoidPrime(z),
  ),
  everywhere(
    'slope-missing',
    'the derivative is left out',
    'Multiply the error signal by σ′ = a(1 − a).',
    (_z, _a, g) => g,
  ),
  everywhere(
    'slope-is-activation',
    'the activation instead of its derivative',
    'Multiply by a(1 − a), not by a.',
    (_, a, g) => g * a,
  ),
  everywhere(
    'slope-z',
    'z(1 − z)',
    'Put the activation into a(1 − a): you used the pre-activation.',
    (z, _, g) => g * z * (1 - z),
  ),
  everywhere('slope-one-minus', '1 − a', 'The factor a is missing in a(1 − a).', (_, a, g) => g * (1 - a)),
  everywhere('slope-plus', 'a(1 + a)', 'The second factor is 1 − a.', (_, a, g) => g * a * (1 + a)),
  everywhere(
    'slope-negative',
    'the sign is turned round',
    'The sigmoid rises: its derivative is positive.',
    (z, _, g) => -g * sigmoidPrime(z),
  ),
  everywhere(
    'slope-tanh',
    '1 − a²',
    'That is the rule for tanh; for the sigmoid it is a(1 − a).',
    (_, a, g) => g * (1 - a * a),
  ),
  everywhere(
    'slope-tanh-z',
    'the derivative of tanh',
    'Use the derivative of the sigmoid, a(1 − a).',
    (z, _, g) => g * tanhPrime(z),
  ),
  everywhere(
    'slope-relu',
    'the derivative of ReLU',
    'Use a(1 − a): zeros and ones belong to ReLU.',
    (z, _, g) => g * reluPrime(z),
  ),
  everywhere(
    'slope-squared',
    'the derivative twice',
    'Multiply by a(1 − a) once.',
    (z, _, g) => g * sigmoidPrime(z) ** 2,
  ),
  everywhere(
    'added',
    'added instead of multiplied',
    'The chain rule is a product: multiply error signal and derivative.',
    (z, _, g) => g + sigmoidPrime(z),
  ),
  everywhere('divided', 'divided by the derivative', 'Multiply by the derivative.', (z, _, g) => g / sigmoidPrime(z)),
  ofRows(
    'jacobian-rows',
    'the error signals of a row are added up',
    'Every unit has its own error signal: the Jacobian of the sigmoid is diagonal, so use an entrywise product.',
    (z, _, error) => z.map((row, i) => row.map((value) => sigmoidPrime(value) * sum(error[i]!))),
  ),
  ofRows(
    'jacobian-columns',
    'the error signals of a column are added up',
    'Every example has its own error signal: use an entrywise product.',
    (z, _, error) => z.map((row) => row.map((value, j) => sigmoidPrime(value) * sum(error.map((g) => g[j]!)))),
  ),
  ofRows(
    'slopes-added',
    'the derivatives of a row are added up',
    'Multiply every error signal by the derivative of its own unit: the Jacobian is diagonal.',
    (z, _, error) => error.map((row, i) => row.map((g) => g * sum(z[i]!.map(sigmoidPrime)))),
  ),
  ofRows(
    'batch-mean',
    'the derivative averaged over the mini-batch',
    'Keep one derivative for each example.',
    (z, _, error) => error.map((row) => row.map((g, j) => g * mean(z.map((other) => sigmoidPrime(other[j]!))))),
  ),
  ofRows(
    'averaged',
    'divided by the number of examples',
    'Nothing is averaged in an activation: that belongs to the loss.',
    (z, _, error) => activationBackward('sigmoid', z, error).map((row) => row.map((v) => v / z.length)),
  ),
];

/** A wrong rule for one row of a softmax: activations p, error signal g. */
export interface RowMistake {
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
