/** The derivative of the hidden activation: left out, of the wrong function, at the wrong place, or wrongly joined. */
import { activations, reluPrime, sigmoid, sigmoidPrime, tanhPrime } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { LayerState, MlpCase, MlpRules } from './backprop.ts';
import type { MlpMistake } from './kind.ts';
import { hasHidden, isDeep } from './kind.ts';
import { meanRows } from './matrix.ts';

type SlopeRule = (layer: LayerState, right: Mat, net: MlpCase) => Mat;

const slopeBy =
  (rule: SlopeRule) =>
  (right: MlpRules): MlpRules => ({
    ...right,
    slope: (layer, net) => rule(layer, right.slope(layer, net), net),
  });

const ofActivation = (f: (a: number) => number): ((right: MlpRules) => MlpRules) => slopeBy(({ a }) => mapMat(a, f));
const ofPreActivation = (f: (z: number) => number): ((right: MlpRules) => MlpRules) => slopeBy(({ z }) => mapMat(z, f));
const ofSlope = (f: (slope: number) => number): ((right: MlpRules) => MlpRules) =>
  slopeBy((_, slope) => mapMat(slope, f));

const ones = (a: Mat): Mat => mapMat(a, () => 1);

const joinBy =
  (f: (up: number, slope: number) => number) =>
  (right: MlpRules): MlpRules => ({ ...right, join: (up, slope) => zipMat(up, slope, f) });

const isCurved = hasHidden('sigmoid', 'tanh', 'swish');
const isSigmoid = hasHidden('sigmoid');
const isTanh = hasHidden('tanh');
const isRelu = hasHidden('relu');

/** For every hidden activation. */
const common: readonly MlpMistake[] = [
  {
    id: 'slope-missing',
    title: 'derivative of the hidden activation left out',
    advice: 'Multiply by the derivative of the hidden activation when the error passes through it.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: slopeBy(({ a }) => ones(a)),
  },
  {
    id: 'slope-missing-first',
    title: 'derivative left out at the first hidden layer',
    advice:
      'Multiply by the derivative of the activation at the first hidden layer too: the loop stops one layer early.',
    where: (kind) => hasHidden('sigmoid', 'tanh', 'relu', 'swish')(kind) && kind.layers > 2,
    apply: slopeBy(({ index, a }, slope) => (index === 0 ? ones(a) : slope)),
  },
  {
    id: 'slope-missing-last',
    title: 'derivative left out at the last hidden layer',
    advice: 'Multiply by the derivative of the activation at the last hidden layer too, right below the output.',
    where: (kind) => hasHidden('sigmoid', 'tanh', 'relu', 'swish')(kind) && kind.layers > 2,
    apply: slopeBy(({ index, a }, slope, net) => (index === net.W.length - 2 ? ones(a) : slope)),
  },
  {
    id: 'slope-of-activation',
    title: 'derivative evaluated at the activation instead of the pre-activation',
    advice:
      'Evaluate the derivative at the pre-activation z: you pass it the activation, so the function is applied twice.',
    where: isCurved,
    apply: slopeBy(({ a }, _, net) => mapMat(a, activations[net.hidden].derivative)),
  },
  {
    id: 'slope-negative',
    title: 'derivative of the hidden activation with the wrong sign',
    advice: 'Check the sign of the derivative of the hidden activation: it is never negative here.',
    where: hasHidden('sigmoid', 'tanh', 'relu'),
    apply: ofSlope((s) => -s),
  },
  {
    id: 'slope-squared',
    title: 'derivative of the hidden activation applied twice',
    advice: 'Multiply by the derivative of the hidden activation once in every layer.',
    where: isCurved,
    apply: ofSlope((s) => s * s),
  },
  {
    id: 'slope-added',
    title: 'derivative added instead of multiplied',
    advice:
      'Multiply what comes back by the derivative of the activation, entry by entry; the chain rule is a product.',
    where: isDeep,
    apply: joinBy((up, slope) => up + slope),
  },
  {
    id: 'slope-divided',
    title: 'divided by the derivative of the hidden activation',
    advice: 'Multiply by the derivative of the hidden activation; you divide by it.',
    where: isCurved,
    apply: joinBy((up, slope) => up / slope),
  },
  {
    id: 'slope-batch-mean',
    title: 'derivative averaged over the batch',
    advice: 'Keep one derivative per sample: average over the batch only at the very end.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: slopeBy((_, slope) => meanRows(slope)),
  },
  {
    id: 'slope-only',
    title: 'derivative of the activation without the error from above',
    advice: 'Multiply the derivative of the activation by the error that comes back from the layer above.',
    where: isDeep,
    apply: joinBy((_, slope) => slope),
  },
  {
    id: 'slope-is-activation',
    title: 'activation instead of its derivative',
    advice: 'Multiply by the derivative of the hidden activation, not by the activation itself.',
    where: hasHidden('sigmoid', 'tanh', 'relu', 'swish'),
    apply: slopeBy(({ a }) => a),
  },
];

const forSigmoid: readonly MlpMistake[] = [
  {
    id: 'slope-z-one-minus-z',
    title: 'z (1 − z) as derivative of the sigmoid',
    advice: 'Put the activation into a (1 − a): you used the pre-activation z.',
    where: isSigmoid,
    apply: ofPreActivation((z) => z * (1 - z)),
  },
  {
    id: 'slope-plus',
    title: 'a (1 + a) as derivative of the sigmoid',
    advice: 'The derivative of the sigmoid is a (1 − a): check the sign in the bracket.',
    where: isSigmoid,
    apply: ofActivation((a) => a * (1 + a)),
  },
  {
    id: 'slope-one-minus-a',
    title: '1 − a as derivative of the sigmoid',
    advice: 'The derivative of the sigmoid is a (1 − a): the factor a is missing.',
    where: isSigmoid,
    apply: ofActivation((a) => 1 - a),
  },
  {
    id: 'slope-a-squared',
    title: 'a (1 − a)² as derivative of the sigmoid',
    advice: 'The derivative of the sigmoid is a (1 − a), without a square.',
    where: isSigmoid,
    apply: ofActivation((a) => a * (1 - a) * (1 - a)),
  },
  {
    id: 'slope-tanh-of-a',
    title: '1 − a² as derivative of the sigmoid',
    advice: 'Use the derivative of the sigmoid, a (1 − a): 1 − a² belongs to tanh.',
    where: isSigmoid,
    apply: ofActivation((a) => 1 - a * a),
  },
  {
    id: 'slope-tanh-of-z',
    title: 'derivative of tanh instead of the sigmoid',
    advice: 'Use the derivative of the sigmoid, a (1 − a), at hidden layers: they are no tanh units.',
    where: isSigmoid,
    apply: ofPreActivation(tanhPrime),
  },
  {
    id: 'slope-relu',
    title: 'ReLU mask as derivative of the sigmoid',
    advice: 'Use the derivative of the sigmoid, a (1 − a): zeros and ones belong to ReLU units.',
    where: hasHidden('sigmoid', 'tanh', 'swish'),
    apply: ofPreActivation(reluPrime),
  },
];

const forTanh: readonly MlpMistake[] = [
  {
    id: 'slope-a-one-minus-a',
    title: 'a (1 − a) as derivative of tanh',
    advice: 'Use the derivative of tanh, 1 − a²: a (1 − a) belongs to the sigmoid.',
    where: isTanh,
    apply: ofActivation((a) => a * (1 - a)),
  },
  {
    id: 'slope-one-minus-a',
    title: '1 − a as derivative of tanh',
    advice: 'The derivative of tanh is 1 − a²: the square is missing.',
    where: isTanh,
    apply: ofActivation((a) => 1 - a),
  },
  {
    id: 'slope-one-plus-square',
    title: '1 + a² as derivative of tanh',
    advice: 'The derivative of tanh is 1 − a²: check the sign.',
    where: isTanh,
    apply: ofActivation((a) => 1 + a * a),
  },
  {
    id: 'slope-z-squared',
    title: '1 − z² as derivative of tanh',
    advice: 'Put the activation into 1 − a²: you used the pre-activation z.',
    where: isTanh,
    apply: ofPreActivation((z) => 1 - z * z),
  },
  {
    id: 'slope-sigmoid',
    title: 'derivative of the sigmoid instead of tanh',
    advice: 'Use the derivative of tanh, 1 − a², at hidden layers: they are no sigmoid units.',
    where: isTanh,
    apply: ofPreActivation(sigmoidPrime),
  },
  {
    id: 'slope-square-only',
    title: 'a² as derivative of tanh',
    advice: 'The derivative of tanh is 1 − a²: subtract the square from 1.',
    where: isTanh,
    apply: ofActivation((a) => a * a),
  },
];

const forRelu: readonly MlpMistake[] = [
  {
    id: 'slope-a-one-minus-a',
    title: 'a (1 − a) as derivative of ReLU',
    advice: 'Use the derivative of ReLU, 1 where z is positive and 0 elsewhere: a (1 − a) belongs to the sigmoid.',
    where: isRelu,
    apply: ofActivation((a) => a * (1 - a)),
  },
  {
    id: 'slope-inverted',
    title: 'ReLU mask inverted',
    advice: 'Let the error pass where z is positive and stop it elsewhere: you do the opposite.',
    where: isRelu,
    apply: ofSlope((s) => 1 - s),
  },
  {
    id: 'slope-sign',
    title: 'sign of z as derivative of ReLU',
    advice: 'The derivative of ReLU is 0, not −1, where z is negative.',
    where: isRelu,
    apply: ofPreActivation(Math.sign),
  },
  {
    id: 'slope-sigmoid',
    title: 'derivative of the sigmoid instead of ReLU',
    advice:
      'Use the derivative of ReLU at hidden layers, 1 where z is positive and 0 elsewhere: they are no sigmoid units.',
    where: isRelu,
    apply: ofPreActivation(sigmoidPrime),
  },
  {
    id: 'slope-sigmoid-itself',
    title: 'sigmoid of z as derivative of ReLU',
    advice: 'The derivative of ReLU jumps from 0 to 1 at z = 0; the sigmoid is the derivative of another function.',
    where: isRelu,
    apply: ofPreActivation(sigmoid),
  },
  {
    id: 'slope-leaky',
    title: 'derivative of the leaky ReLU',
    advice: 'The derivative of ReLU is exactly 0 where z is negative; 0.01 belongs to the leaky ReLU.',
    where: isRelu,
    apply: ofPreActivation((z) => (z > 0 ? 1 : 0.01)),
  },
  {
    id: 'slope-of-error',
    title: 'ReLU applied to the error instead of the mask of z',
    advice: 'Decide by the sign of z, not of the error, where the error may pass.',
    where: isRelu,
    apply: joinBy((up) => Math.max(0, up)),
  },
  {
    id: 'slope-guided',
    title: 'negative errors stopped at ReLU units',
    advice: 'Let negative errors pass too wherever z is positive.',
    where: isRelu,
    apply: joinBy((up, slope) => Math.max(0, up) * slope),
  },
];

export const slopeMistakes: readonly MlpMistake[] = [...common, ...forSigmoid, ...forTanh, ...forRelu];
