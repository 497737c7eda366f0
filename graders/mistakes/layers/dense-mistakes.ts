/** What goes wrong on the way back through a layer with weights, bias and activation. */
import { sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, scaleMat, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { mistakeMaker } from '../../key.ts';
import { softmaxRowMistakes } from '../activations/softmax-backward.ts';
import type { Mistake } from '../program.ts';
import { mistake, replacing } from '../program.ts';
import type { DenseRules } from './dense-layer.ts';
import { arriving, levelled, linearSlips, rightLinear } from './linear.ts';

type DenseMistake = Mistake<DenseRules>;
const m = mistake<DenseRules>;

const pairwise = 'The gradient of a weight is its input times dPre of its unit.';
const alike = 'Treat dW and dB alike: both are sums over the mini-batch, or both are means.';
const overAll = 'Sum dPre over all examples.';

/** In the gradients of weights, bias and input, from ∂L/∂z. */
export const weightsMistakes: readonly DenseMistake[] = [
  m(
    'dW-first-example',
    'dW comes from the first example',
    'Sum input × dPre over all examples.',
    linearSlips.firstExampleOfW,
  ),
  m(
    'dW-last-example',
    'dW comes from the last example',
    'Add up what every example contributes: each one overwrites the one before.',
    linearSlips.lastExampleOfW,
  ),
  m(
    'dW-means',
    'mean input times mean dPre',
    'Multiply input and dPre example by example and add up then.',
    linearSlips.meansOfW,
  ),
  m('dW-no-input', 'the input is left out of dW', pairwise, linearSlips.noInput),
  m('dW-no-error', 'dPre is left out of dW', pairwise, linearSlips.noErrorInW),
  m(
    'dW-weights',
    'the weights are multiplied in',
    'dW is inputᵀ · dPre: the weights do not occur in it.',
    linearSlips.timesW,
  ),
  m(
    'dW-unpaired',
    'input and dPre of different examples are multiplied',
    'Multiply input and dPre of the same example.',
    linearSlips.unpaired,
  ),
  m(
    'dW-sign',
    'dW has the opposite sign',
    'Return the gradient; the minus belongs to the update.',
    linearSlips.signOfW,
  ),
  m('dW-averaged', 'dW is a mean, dB a sum', alike, linearSlips.averagedW),
  m('dB-zero', 'dB is zero', 'The bias has a gradient too: dPre summed over the examples.', linearSlips.zeroB),
  m('dB-averaged', 'dB is a mean, dW a sum', alike, linearSlips.averagedB),
  m('dB-first-example', 'dB comes from the first example', overAll, linearSlips.firstExampleOfB),
  m('dB-last-example', 'dB comes from the last example', overAll, linearSlips.lastExampleOfB),
  m(
    'dB-total',
    'dB sums over examples and units',
    'Sum over the examples only: every unit has a bias of its own.',
    linearSlips.totalB,
  ),
  m('dB-from-dW', 'dB is the column sum of dW', 'The bias has the input 1: sum dPre itself.', linearSlips.bFromW),
  m(
    'dB-with-bias',
    'the bias is multiplied in',
    'dB is the sum of dPre: the bias does not occur in it.',
    linearSlips.timesB,
  ),
  m(
    'dInput-absolute',
    'dInput uses absolute weights',
    'Multiply dPre by the transposed weights, with their signs.',
    linearSlips.absoluteWeights,
  ),
  m(
    'dInput-no-weights',
    'the weights are left out of dInput',
    'Multiply dPre by the transposed weights.',
    linearSlips.noWeights,
  ),
  m(
    'dInput-bias',
    'the bias is added to the weights',
    'dInput is dPre · weightsᵀ: the bias does not occur in it.',
    linearSlips.weightsAndBias,
  ),
  m(
    'dInput-averaged',
    'dInput is divided by the number of examples',
    'Every example keeps its own gradient: nothing is averaged in dInput.',
    linearSlips.averagedX,
  ),
  m(
    'dInput-batch-mean',
    'every example gets the mean dInput',
    'Keep one row for each example.',
    linearSlips.batchMeanX,
  ),
  m('dInput-sign', 'dInput has the opposite sign', 'Return the gradient itself.', linearSlips.signOfX),
  m(
    'dInput-times-input',
    'the input is multiplied in',
    'dInput is dPre · weightsᵀ: the input does not occur in it.',
    linearSlips.timesX,
  ),
  m('error-mean', 'the mean of dPre is used', 'Use every entry of dPre at its own place.', arriving(levelled)),
  m(
    'slope-applied',
    'the derivative of the sigmoid is applied here too',
    'dPre already lies before the activation: its derivative belongs to activation.backward.',
    (right) => ({
      dPre: (p, z, a) => timesSlope(right.dPre(p, z, a), z),
    }),
  ),
];

const timesSlope = (rows: Mat, z: Mat): Mat => zipMat(rows, mapMat(z, sigmoidPrime), (g, s) => g * s);

/** A slip in ∂L/∂z, from the error signal, the pre-activations and the activations. */
const inActivation = mistakeMaker((f: (error: Mat, z: Mat, a: Mat) => Mat) =>
  replacing<DenseRules>({ dPre: ({ error }, z, a) => f(error, z, a) }),
);

/** Of a whole layer: what it does with its two halves. */
const composition: readonly DenseMistake[] = [
  m(
    'input-of-activation',
    'dInput is computed from the error signal',
    'Pass the error signal through the activation first; dInput uses ∂L/∂z like dW.',
    { dx: (_, p) => rightLinear.dx(p.error, p) },
  ),
  m(
    'weights-of-activation',
    'dW is computed from the error signal',
    'Pass the error signal through the activation first; dW uses ∂L/∂z like dInput.',
    { dW: (x, _, p) => rightLinear.dW(x, p.error, p) },
  ),
  m(
    'bias-of-activation',
    'dB is computed from the error signal',
    'Sum ∂L/∂z over the examples, not the error signal.',
    { db: (_, x, p) => rightLinear.db(p.error, x, p) },
  ),
  m('dB-zero', 'dB is zero', 'The bias has a gradient too: ∂L/∂z summed over the examples.', linearSlips.zeroB),
  m('sign', 'the sign is turned round', 'Return gradients; the minus belongs to the update.', (right) => ({
    dPre: (p, z, a) => scaleMat(right.dPre(p, z, a), -1),
  })),
];

const inOrder = 'Hand pre-activation and activation over in the right order: the derivative is a(1 − a).';

/** Of a whole sigmoid layer. */
export const sigmoidLayerMistakes: readonly DenseMistake[] = [
  ...composition,
  inActivation(
    'slope-missing',
    'the derivative of the activation is left out',
    'Pass the error signal through activation.backward first.',
    (error) => error,
  ),
  inActivation('slope-of-activation', "σ' evaluated at the activation", inOrder, (error, _, a) => timesSlope(error, a)),
  inActivation('slope-z', 'z(1 − z)', inOrder, (error, z) => zipMat(error, z, (g, v) => g * v * (1 - v))),
  inActivation(
    'slope-twice',
    'the derivative is applied twice',
    'Pass the error signal through activation.backward once.',
    (error, z) => timesSlope(timesSlope(error, z), z),
  ),
  inActivation(
    'slope-is-activation',
    'the activation instead of its derivative',
    'Multiply by a(1 − a), not by a.',
    (error, _, a) => zipMat(error, a, (g, v) => g * v),
  ),
  inActivation(
    'error-ignored',
    'the error signal is not used',
    'Multiply the derivative by the error signal.',
    (_, z) => mapMat(z, sigmoidPrime),
  ),
];

/** Of a whole softmax layer, with those of the softmax itself: they show in every gradient. */
export const softmaxLayerMistakes: readonly DenseMistake[] = [
  ...composition,
  ...softmaxRowMistakes
    .filter(({ id }) => id !== 'negative')
    .map(({ row, id, title, advice }) =>
      inActivation(id, title, advice, (error, _, a) => a.map((p, i) => row(p, error[i]!))),
    ),
  inActivation(
    'sigmoid-slope',
    'the derivative of the sigmoid',
    'A softmax layer needs the derivative of the softmax: use activation.backward.',
    timesSlope,
  ),
  m(
    'declared-only',
    'combined is set, but the layer applies the softmax derivative',
    'With `combined = true` the loss has gone through the softmax already: hand the error signal on.',
    { combined: true },
  ),
];
