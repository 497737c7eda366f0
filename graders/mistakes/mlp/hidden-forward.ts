/** Mistakes of the forward pass through the hidden layers: the gradient is then right for another network. */
import type { ActivationName } from '../../../reference/oracles/activations.ts';
import { activations, sigmoid } from '../../../reference/oracles/activations.ts';
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { addRow, mapMat, matmul } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import type { MlpKind, MlpMistake } from './kind.ts';
import { hasHidden, isDeep } from './kind.ts';

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

const isDeepRelu = (kind: MlpKind): boolean => kind.hidden === 'relu' && kind.layers > 2;

/** The sigmoid in the hidden layers that are not rectified, forward and backward. */
const rectifiedWhere =
  (isRectified: (index: number, last: number) => boolean) =>
  (right: MlpRules): MlpRules => ({
    ...right,
    activate: (z, net, index) =>
      isRectified(index, net.W.length - 2) ? right.activate(z, net, index) : mapMat(z, sigmoid),
    slope: (layer, net) =>
      isRectified(layer.index, net.W.length - 2)
        ? right.slope(layer, net)
        : mapMat(layer.z, activations.sigmoid.derivative),
  });

export const hiddenMistakes: readonly MlpMistake[] = [
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
    id: 'hidden-relu-first-only',
    title: 'rectified units in the first hidden layer only, sigmoids in the others',
    advice: 'Rectify every hidden layer: only your first one is, the others keep the sigmoid.',
    where: isDeepRelu,
    apply: rectifiedWhere((index) => index === 0),
  },
  {
    id: 'hidden-relu-last-only',
    title: 'rectified units in the last hidden layer only, sigmoids in the others',
    advice: 'Rectify every hidden layer: only your last one is, the others keep the sigmoid.',
    where: isDeepRelu,
    apply: rectifiedWhere((index, last) => index === last),
  },
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
