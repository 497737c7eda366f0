/** The error at the output, δ = ∂ℓ/∂z: where the derivative of loss and output activation goes wrong. */
import { softmaxVjp } from '../../../reference/oracles/activations.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { binaryDeltas } from './delta-of-one.ts';
import { deltaBy, entries, isLinear, isProbability, reshaped } from './delta-rules.ts';
import type { MlpMistake } from './kind.ts';
import { isSoftmax } from './kind.ts';
import { argmax, minus, oneHot, times } from './matrix.ts';

const anyDelta: readonly MlpMistake[] = [
  {
    id: 'delta-prediction',
    title: 'error without the target: δ = P',
    advice: 'Subtract the targets: the error at the output is prediction minus target.',
    apply: entries((p) => p),
  },
  {
    id: 'delta-target',
    title: 'error without the prediction: δ = −Y',
    advice: 'Add the prediction: the error at the output is prediction minus target, not the negative target alone.',
    apply: entries((_, y) => -y),
  },
  {
    id: 'delta-decision',
    title: 'decisions instead of probabilities in the error',
    advice: 'Use the predicted probabilities in the error, not the class that was decided (argmax or rounding).',
    where: isProbability,
    apply: deltaBy((_, { p, y }) =>
      minus(
        p.map((row) => (row.length === 1 ? row.map(Math.round) : oneHot(argmax(row), row.length))),
        y,
      ),
    ),
  },
  {
    id: 'delta-no-output-derivative',
    title: 'derivative of the output activation left out',
    advice:
      'Multiply by the derivative of the output activation: so far this is the derivative with respect to the probabilities.',
    where: isProbability,
    apply: deltaBy((_, { p, y }, net) =>
      zipMat(p, y, (pj, yj) => (net.output === 'sigmoid-bce' ? (pj - yj) / (pj * (1 - pj)) : -yj / pj)),
    ),
  },
  {
    id: 'delta-diagonal',
    title: 'softmax derivative taken as a diagonal only',
    advice: 'Use the whole Jacobian of the softmax: every probability depends on every z, not only on its own.',
    where: isSoftmax,
    apply: entries((p, y) => -y * (1 - p)),
  },
  {
    id: 'delta-off-diagonal-sign',
    title: 'entries of the softmax Jacobian beside the diagonal with the wrong sign',
    advice: 'For j ≠ k the derivative is −p_j p_k: raising one z lowers the other probabilities.',
    where: isSoftmax,
    apply: entries((p, y) => 2 * p * y - p - y),
  },
  {
    id: 'delta-diagonal-everywhere',
    title: 'the formula of the diagonal for every entry of the softmax Jacobian',
    advice:
      'For j = k the derivative is p_j (1 − p_j), for j ≠ k it is −p_j p_k. With p_k (1 − p_j) for both, 1 is subtracted from every output instead of the target.',
    where: isSoftmax,
    apply: entries((p) => p - 1),
  },
  {
    id: 'delta-wrong-classes-only',
    title: 'error of the true class left out',
    advice: 'Keep the entry of the true class: its error is its probability minus 1.',
    where: isSoftmax,
    apply: entries((p, y) => p * (1 - y)),
  },
  {
    id: 'delta-sigmoid-slope',
    title: 'error multiplied by P (1 − P) once more',
    advice:
      'Do not multiply by P (1 − P): in prediction minus target the derivative of the output is already included.',
    where: isProbability,
    apply: deltaBy((delta, { p }) => zipMat(delta, p, (d, pj) => d * pj * (1 - pj))),
  },
  {
    id: 'delta-softmax-twice',
    title: 'softmax Jacobian applied to prediction minus target',
    advice: 'Do not apply the derivative of the softmax to prediction minus target: it is already included.',
    where: isSoftmax,
    apply: deltaBy((delta, { p }) => delta.map((row, i) => softmaxVjp(p[i]!, row))),
  },
  {
    id: 'delta-binary',
    title: 'derivative of the binary cross-entropy used for several classes',
    advice: 'Use the categorical cross-entropy: the term with 1 − y does not belong to a softmax output.',
    where: (kind) => isSoftmax(kind) && kind.outputs === 'many',
    apply: entries((p, y) => (p - y) / (p * (1 - p))),
  },
  {
    id: 'delta-binary-vjp',
    title: 'binary cross-entropy derived through the softmax',
    advice: 'Use the categorical cross-entropy: only the term with the target y belongs to a softmax output.',
    where: isSoftmax,
    apply: deltaBy((_, { p, y }) =>
      p.map((row, i) =>
        softmaxVjp(
          row,
          row.map((pj, j) => (pj - y[i]![j]!) / (pj * (1 - pj))),
        ),
      ),
    ),
  },
  {
    id: 'delta-squared-loss',
    title: 'gradient of the squared error instead of the cross-entropy',
    advice: 'Differentiate the cross-entropy, not the squared error, through the output activation.',
    where: isProbability,
    apply: deltaBy((_, { p, y }, net) =>
      p.map((row, i) => {
        const outer = row.map((pj, j) => (2 / row.length) * (pj - y[i]![j]!));
        return net.output === 'sigmoid-bce' ? outer.map((d, j) => d * row[j]! * (1 - row[j]!)) : softmaxVjp(row, outer);
      }),
    ),
  },
  {
    id: 'delta-square',
    title: 'squared difference as error',
    advice: 'Do not square the difference: the square belongs to a loss, the error at the output is its derivative.',
    apply: reshaped((d) => d * d),
  },
  {
    id: 'delta-absolute',
    title: 'absolute difference as error',
    advice: 'Keep the sign of prediction minus target: it says in which direction to move.',
    apply: reshaped(Math.abs),
  },
  {
    id: 'delta-cubed',
    title: 'error multiplied by its own size',
    advice: 'Use the difference once: multiplying it by its own size is not the derivative of this loss.',
    apply: reshaped((d) => d * Math.abs(d)),
  },
  {
    id: 'delta-logits',
    title: 'pre-activations instead of probabilities in the error',
    advice: 'Apply the output activation first: the error uses probabilities, not the values before the activation.',
    where: isProbability,
    apply: deltaBy((_, { z, y }) => minus(z, y)),
  },
  {
    id: 'delta-loss-terms',
    title: 'the loss itself used as error',
    advice: 'Differentiate the loss: you propagate the terms −y log p themselves.',
    where: isProbability,
    apply: entries((p, y) => -y * Math.log(p)),
  },
  {
    id: 'delta-weighted',
    title: 'error multiplied by the prediction',
    advice: 'Do not multiply the error by the prediction.',
    apply: deltaBy((delta, { p }) => times(delta, p)),
  },
  {
    id: 'delta-one-factor',
    title: 'error multiplied by 1 − P',
    advice: 'Do not multiply the error by 1 − P.',
    where: isProbability,
    apply: deltaBy((delta, { p }) => zipMat(delta, p, (d, pj) => d * (1 - pj))),
  },
  {
    id: 'delta-relu',
    title: 'ReLU applied to the error',
    advice: 'Let negative errors through: they are as important as positive ones.',
    // With hard labels the negative errors are exactly those of the true class: a mistake of its own above.
    where: (kind) => isLinear(kind) || kind.softLabels === true,
    apply: reshaped((d) => Math.max(0, d)),
  },
];

export const deltaMistakes: readonly MlpMistake[] = [...anyDelta, ...binaryDeltas];
