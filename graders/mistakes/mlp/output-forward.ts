/** Mistakes of the output activation: the gradient is then right for other predictions. */
import { activations, logSoftmax, sigmoid, softmax, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, scaleMat, transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import type { MlpKind, MlpMistake } from './kind.ts';
import { isSoftmax } from './kind.ts';
import { total } from './matrix.ts';

/** Another output, where δ stays prediction minus target. */
const outputIs =
  (output: (z: Mat, net: MlpCase) => Mat) =>
  (right: MlpRules): MlpRules => ({ ...right, output });

const isSigmoidBce = (kind: MlpKind): boolean => kind.output === 'sigmoid-bce';

export const outputMistakes: readonly MlpMistake[] = [
  {
    id: 'softmax-missing',
    title: 'output activation replaced by normalised values without exponentials',
    advice: 'Take exponentials before you normalise: softmax is e^z divided by the sum of e^z.',
    where: isSoftmax,
    apply: outputIs((z) => z.map((row) => row.map((v) => v / row.reduce((sum, u) => sum + u, 0)))),
  },
  {
    id: 'softmax-twice',
    title: 'softmax applied twice',
    advice: 'Apply the softmax once: the model already returns probabilities.',
    where: isSoftmax,
    apply: outputIs((z) => softmaxRows(softmaxRows(z))),
  },
  {
    id: 'softmax-over-batch',
    title: 'softmax over the samples instead of the classes',
    advice: 'Normalise over the classes (last axis), so that every row sums to 1.',
    where: isSoftmax,
    apply: outputIs((z) => transpose(softmaxRows(transpose(z)))),
  },
  {
    id: 'softmax-over-everything',
    title: 'softmax normalised over the whole batch',
    advice: 'Sum the exponentials of each row separately (keep the axis), so that every row sums to 1.',
    where: isSoftmax,
    apply: outputIs((z) => {
      const powers = mapMat(z, Math.exp);
      return scaleMat(powers, 1 / total(powers));
    }),
  },
  {
    id: 'softmax-base-two',
    title: 'powers of 2 instead of e in the softmax',
    advice: 'Use exp in the softmax: powers of 2 give flatter probabilities.',
    where: isSoftmax,
    apply: outputIs((z) => softmaxRows(scaleMat(z, Math.LN2))),
  },
  {
    id: 'softmax-negative',
    title: 'softmax of −z',
    advice: 'Use exp(z) in the softmax, not exp(−z).',
    where: isSoftmax,
    apply: outputIs((z) => softmaxRows(scaleMat(z, -1))),
  },
  {
    id: 'softmax-not-normalised',
    title: 'exponentials that are not normalised',
    advice: 'Divide the exponentials by their sum, so that every row sums to 1.',
    where: isSoftmax,
    apply: outputIs((z) => mapMat(z, Math.exp)),
  },
  {
    id: 'softmax-log',
    title: 'logarithm of the softmax as prediction',
    advice: 'Use softmax, not log-softmax, in the gradient.',
    where: isSoftmax,
    apply: outputIs((z) => z.map(logSoftmax)),
  },
  {
    id: 'sigmoid-output',
    title: 'sigmoid outputs instead of softmax',
    advice: 'Use softmax at the output: separate sigmoids do not sum to 1.',
    where: isSoftmax,
    apply: outputIs((z) => mapMat(z, sigmoid)),
  },
  {
    id: 'relu-output',
    title: 'rectified outputs instead of softmax',
    advice: 'Keep the softmax at the output: rectified values are no probabilities and do not sum to 1.',
    where: (kind) => isSoftmax(kind) && kind.hidden === 'relu',
    apply: outputIs((z) => mapMat(z, activations.relu.f)),
  },
  {
    id: 'activation-before-softmax',
    title: 'hidden activation applied before the softmax',
    advice: 'Give the softmax the pre-activations of the output layer: no other activation comes before it.',
    where: isSoftmax,
    apply: outputIs((z, net) => softmaxRows(mapMat(z, activations[net.hidden].f))),
  },
  {
    id: 'softmax-shifted',
    title: 'an offset added to the sum of the softmax',
    advice: 'Divide by the sum of the exponentials alone: with 1 added to it the rows do not sum to 1.',
    where: isSoftmax,
    apply: outputIs((z) =>
      z.map((row) => {
        const powers = row.map(Math.exp);
        return powers.map((v) => v / (1 + powers.reduce((sum, u) => sum + u, 0)));
      }),
    ),
  },
  {
    id: 'sigmoid-twice',
    title: 'sigmoid applied twice at the output',
    advice: 'Apply the sigmoid at the output once.',
    where: isSigmoidBce,
    apply: outputIs((z) => mapMat(z, (v) => sigmoid(sigmoid(v)))),
  },
  {
    id: 'sigmoid-mirrored',
    title: 'sigmoid of −z at the output',
    advice: 'Check the sign in the exponent of the sigmoid: it is e to the power of minus z.',
    where: isSigmoidBce,
    apply: outputIs((z) => mapMat(z, (v) => sigmoid(-v))),
  },
  {
    id: 'output-tanh',
    title: 'tanh at the output',
    advice: 'Use the sigmoid at the output: tanh gives values between −1 and 1, which are no probabilities.',
    where: isSigmoidBce,
    apply: outputIs((z) => mapMat(z, Math.tanh)),
  },
  {
    id: 'output-softmax-of-one',
    title: 'softmax over a single output',
    advice: 'Use the sigmoid for a single output: a softmax over one value is always 1.',
    where: (kind) => isSigmoidBce(kind) && kind.outputs === 'one',
    apply: outputIs((z) => z.map(softmax)),
  },
];
