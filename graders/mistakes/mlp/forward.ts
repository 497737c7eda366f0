/** Mistakes of the forward pass and of the labels: the gradient is then right for another network or other targets. */
import { activations, logSoftmax, sigmoid, softmax, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { ActivationName } from '../../../reference/oracles/activations.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { addRow, mapMat, matmul, scaleMat, transpose } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import type { MlpKind, MlpMistake } from './kind.ts';
import { hasHidden, isDeep, isSoftmax } from './kind.ts';
import { total } from './matrix.ts';

const affineBy =
  (change: (bias: Vec, index: number, net: MlpCase) => Vec) =>
  (right: MlpRules): MlpRules => ({
    ...right,
    affine: (input, net, index) => addRow(matmul(input, net.W[index]!), change(net.b[index]!, index, net)),
  });

const none = (bias: Vec): Vec => bias.map(() => 0);

/** Another activation, forward and backward alike. */
const hiddenIs =
  (name: ActivationName) =>
  (right: MlpRules): MlpRules => ({
    ...right,
    activate: (z) => mapMat(z, activations[name].f),
    slope: ({ z }) => mapMat(z, activations[name].derivative),
  });

/** Another output, where δ stays prediction minus target. */
const outputIs =
  (output: (z: Mat, net: MlpCase) => Mat) =>
  (right: MlpRules): MlpRules => ({ ...right, output });

const isSigmoidBce = (kind: MlpKind): boolean => kind.output === 'sigmoid-bce';

const hiddenForward: readonly MlpMistake[] = [
  {
    id: 'bias-missing',
    title: 'biases missing in the forward pass',
    advice: 'Add the biases in the forward pass.',
    apply: affineBy(none),
  },
  {
    id: 'bias-missing-output',
    title: 'bias of the output layer missing in the forward pass',
    advice: 'Add the bias of the output layer too in the forward pass.',
    where: isDeep,
    apply: affineBy((bias, index, net) => (index === net.W.length - 1 ? none(bias) : bias)),
  },
  {
    id: 'bias-missing-hidden',
    title: 'biases of the hidden layers missing in the forward pass',
    advice: 'Add the biases of the hidden layers too in the forward pass.',
    where: isDeep,
    apply: affineBy((bias, index, net) => (index < net.W.length - 1 ? none(bias) : bias)),
  },
  {
    id: 'bias-subtracted',
    title: 'biases subtracted in the forward pass',
    advice: 'Add the biases in the forward pass instead of subtracting them.',
    apply: affineBy((bias) => bias.map((v) => -v)),
  },
  {
    id: 'bias-after-activation',
    title: 'biases added after the activation',
    advice: 'Add the bias before the activation function, not after it.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: (right) => ({
      ...right,
      affine: (input, net, index) => {
        const z = matmul(input, net.W[index]!);
        return index === net.W.length - 1 ? addRow(z, net.b[index]!) : z;
      },
      activate: (z, net, index) => addRow(mapMat(z, activations[net.hidden].f), net.b[index]!),
    }),
  },
  {
    id: 'activation-missing',
    title: 'hidden activation missing, forward and backward',
    advice: 'Apply the activation function in the hidden layers: without it the network is one linear map.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: hiddenIs('linear'),
  },
  {
    id: 'activation-missing-forward',
    title: 'hidden activation missing in the forward pass only',
    advice: 'Apply the activation function in the forward pass: only its derivative is used.',
    where: (kind) => !kind.lastLayerOnly && hasHidden('sigmoid', 'tanh', 'relu', 'swish')(kind),
    apply: (right) => ({ ...right, activate: (z) => z }),
  },
  ...(['sigmoid', 'tanh', 'relu'] as const).flatMap((name): MlpMistake[] => [
    {
      id: `hidden-${name}`,
      title: `${name} hidden units, forward and backward`,
      advice: `Use the hidden activation that the task asks for: yours behaves like ${name}.`,
      where: (kind) => isDeep(kind) && kind.hidden !== name && kind.hidden !== 'linear',
      apply: hiddenIs(name),
    },
    {
      id: `hidden-${name}-forward`,
      title: `${name} hidden units in the forward pass only`,
      advice: `Use the hidden activation that the task asks for: your forward pass behaves like ${name}.`,
      where: (kind) => !kind.lastLayerOnly && isDeep(kind) && kind.hidden !== name && kind.hidden !== 'linear',
      apply: (right) => ({ ...right, activate: (z) => mapMat(z, activations[name].f) }),
    },
  ]),
  {
    id: 'activation-mirrored',
    title: 'hidden activation of −z',
    advice: 'Check the sign in the exponent of the sigmoid: it is e to the power of minus z.',
    where: hasHidden('sigmoid'),
    apply: (right) => ({ ...right, activate: (z) => mapMat(z, (v) => sigmoid(-v)) }),
  },
  {
    id: 'activation-twice',
    title: 'hidden activation applied twice',
    advice: 'Apply the activation function once in every hidden layer.',
    where: hasHidden('sigmoid', 'tanh'),
    apply: (right) => ({
      ...right,
      activate: (z, net, index) => right.activate(right.activate(z, net, index), net, index),
    }),
  },
  {
    id: 'activation-missing-last',
    title: 'activation missing in the last hidden layer',
    advice: 'Apply the activation function in the last hidden layer too.',
    where: (kind) => hasHidden('sigmoid', 'tanh', 'relu', 'swish')(kind) && kind.layers > 2,
    apply: (right) => ({
      ...right,
      activate: (z, net, index) => (index === net.W.length - 2 ? z : right.activate(z, net, index)),
    }),
  },
];

const outputForward: readonly MlpMistake[] = [
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

export const forwardMistakes: readonly MlpMistake[] = [...hiddenForward, ...outputForward];
