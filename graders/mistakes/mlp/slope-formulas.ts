/** Which formula is taken for the derivative of the hidden activation: of another function, or of the wrong quantity. */
import { reluPrime, sigmoid, sigmoidPrime, tanhPrime } from '../../../reference/oracles/activations.ts';
import type { MlpMistake } from './kind.ts';
import { hasHidden } from './kind.ts';
import { joinBy, ofActivation, ofPreActivation, ofSlope } from './slope-rules.ts';

const isSigmoid = hasHidden('sigmoid');
const isTanh = hasHidden('tanh');
const isRelu = hasHidden('relu');

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

export const slopeFormulas: readonly MlpMistake[] = [...forSigmoid, ...forTanh, ...forRelu];
