/** What goes wrong between activation and weights on the way back through a whole layer. */
import { sigmoidPrime } from '../../../reference/oracles/activations.ts';
import { columnSums, mapMat, matmul, scaleMat, transpose, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import type { BackMistake } from './layer-rules.ts';
import { mistake } from './layer-rules.ts';
import { softmaxRowMistakes } from './softmax-backward.ts';

const onDPre = (id: string, title: string, advice: string, f: (error: Mat, z: Mat, a: Mat) => Mat): BackMistake =>
  mistake(id, title, advice, () => ({ dPre: ({ error }, z, a) => f(error, z, a) }));

/** Mistakes of composition: what the layer does with its two halves. */
const composition: readonly BackMistake[] = [
  mistake(
    'input-of-activation',
    'dInput is computed from the error signal',
    'Pass the error signal through the activation first; dInput uses ∂L/∂z like dW.',
    () => ({ dInput: (_, p) => matmul(p.error, transpose(p.W)) }),
  ),
  mistake(
    'weights-of-activation',
    'dW is computed from the error signal',
    'Pass the error signal through the activation first; dW uses ∂L/∂z like dInput.',
    () => ({ dW: (x, _, p) => matmul(transpose(x), p.error) }),
  ),
  mistake(
    'bias-of-activation',
    'dB is computed from the error signal',
    'Sum ∂L/∂z over the examples, not the error signal.',
    () => ({ dB: (_d, _x, p) => columnSums(p.error) }),
  ),
  mistake('dB-zero', 'dB is zero', 'The bias has a gradient too: ∂L/∂z summed over the examples.', () => ({
    dB: (d) => d[0]!.map(() => 0),
  })),
  mistake('sign', 'the sign is turned round', 'Return gradients; the minus belongs to the update.', (right) => ({
    dPre: (p, z, a) => scaleMat(right.dPre(p, z, a), -1),
  })),
];

export const sigmoidMistakes: readonly BackMistake[] = [
  ...composition,
  onDPre(
    'slope-missing',
    'the derivative of the activation is left out',
    'Pass the error signal through activation.backward first.',
    (error) => error,
  ),
  onDPre(
    'slope-of-activation',
    "σ' evaluated at the activation",
    'Hand pre-activation and activation over in the right order: the derivative is a(1 − a).',
    (error, _, a) => zipMat(error, mapMat(a, sigmoidPrime), (g, s) => g * s),
  ),
  onDPre(
    'slope-z',
    'z(1 − z)',
    'Hand pre-activation and activation over in the right order: the derivative is a(1 − a).',
    (error, z) => zipMat(error, z, (g, v) => g * v * (1 - v)),
  ),
  onDPre(
    'slope-twice',
    'the derivative is applied twice',
    'Pass the error signal through activation.backward once.',
    (error, z) => zipMat(error, mapMat(z, sigmoidPrime), (g, s) => g * s * s),
  ),
  onDPre(
    'slope-is-activation',
    'the activation instead of its derivative',
    'Multiply by a(1 − a), not by a.',
    (error, _, a) => zipMat(error, a, (g, v) => g * v),
  ),
  onDPre('error-ignored', 'the error signal is not used', 'Multiply the derivative by the error signal.', (_, z) =>
    mapMat(z, sigmoidPrime),
  ),
];

export const softmaxMistakes: readonly BackMistake[] = [
  ...composition,
  ...softmaxRowMistakes
    .map(({ row, id, title, advice }) => onDPre(id, title, advice, (error, _, a) => a.map((p, i) => row(p, error[i]!))))
    .filter(({ id }) => id !== 'negative'),
  onDPre(
    'sigmoid-slope',
    'the derivative of the sigmoid',
    'A softmax layer needs the derivative of the softmax: use activation.backward.',
    (error, z) => zipMat(error, mapMat(z, sigmoidPrime), (g, s) => g * s),
  ),
  mistake(
    'declared-only',
    'combined is set, but the layer applies the softmax derivative',
    'With `combined = true` the loss has gone through the softmax already: hand the error signal on.',
    () => ({ combined: true }),
  ),
];
