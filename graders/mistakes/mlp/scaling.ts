/** Right directions, wrong lengths: what the gradient is divided by, its sign, and its factors. */
import { scaleMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Gradients, MlpCase, MlpRules } from './backprop.ts';
import type { MlpMistake } from './kind.ts';
import { isDeep } from './kind.ts';
import { scaleVec } from './matrix.ts';

const samples = (net: MlpCase): number => net.X.length;
const outputs = (net: MlpCase): number => net.Y[0]!.length;
const features = (net: MlpCase): number => net.X[0]!.length;

const dividedBy =
  (divisor: (net: MlpCase, index: number) => number) =>
  (right: MlpRules): MlpRules => ({ ...right, weightDivisor: divisor, biasDivisor: divisor });

const multipliedBy =
  (factor: (net: MlpCase) => number) =>
  (right: MlpRules): MlpRules => ({ ...right, finish: (gradients, net) => scaled(gradients, factor(net)) });

const scaled = ({ W, b }: Gradients, factor: number): Gradients => ({
  W: W.map((layer) => scaleMat(layer, factor)),
  b: b.map((layer) => scaleVec(layer, factor)),
});

const isMean = (kind: { reduction?: string }): boolean => kind.reduction !== 'sum';

export const scalingMistakes: readonly MlpMistake[] = [
  {
    id: 'sum',
    title: 'sum over the batch instead of the mean',
    advice: 'Divide by the number of samples: the loss is the mean over the batch, so its gradient is a mean too.',
    family: 'scale',
    where: isMean,
    apply: dividedBy(() => 1),
  },
  {
    id: 'mean',
    title: 'mean over the batch instead of the sum',
    advice: 'Do not divide by the number of samples: this task sums the gradient over the batch.',
    family: 'scale',
    where: (kind) => !isMean(kind),
    apply: dividedBy(samples),
  },
  {
    id: 'mean-over-entries',
    title: 'mean over samples and outputs',
    advice:
      'Average over the samples only: a mean without an axis also divides by the number of outputs, where the loss adds up.',
    family: 'scale',
    where: (kind) => isMean(kind) && kind.outputs === 'many',
    apply: dividedBy((net) => samples(net) * outputs(net)),
  },
  {
    id: 'mean-twice',
    title: 'divided by the batch size twice',
    advice: 'Divide by the number of samples once: you averaged over the batch and then divided by it again.',
    family: 'scale',
    where: isMean,
    apply: dividedBy((net) => samples(net) ** 2),
  },
  {
    id: 'n-minus-one',
    title: 'divided by N − 1',
    advice: 'Divide by the number of samples N, not by N − 1: this is a mean, not an estimate of a variance.',
    family: 'scale',
    where: isMean,
    apply: dividedBy((net) => samples(net) - 1),
  },
  {
    id: 'n-plus-one',
    title: 'divided by N + 1',
    advice: 'Count the samples again: you divide by one more than there are.',
    family: 'scale',
    where: isMean,
    apply: dividedBy((net) => samples(net) + 1),
  },
  {
    id: 'outputs-for-samples',
    title: 'divided by the number of outputs',
    advice: 'Divide by the number of samples (rows), not by the number of outputs (columns).',
    family: 'scale',
    where: (kind) => kind.outputs === 'many',
    apply: dividedBy(outputs),
  },
  {
    id: 'features-for-samples',
    title: 'divided by the number of input features',
    advice: 'Divide by the number of samples (rows), not by the number of input features (columns).',
    family: 'scale',
    apply: dividedBy(features),
  },
  {
    id: 'mean-at-every-layer',
    title: 'divided by the batch size once more at every layer',
    advice: 'Divide by the number of samples once, at the output: you divide again in every layer on the way down.',
    where: (kind) => isMean(kind) && isDeep(kind),
    apply: dividedBy((net, index) => samples(net) ** (net.W.length - index)),
  },
  {
    id: 'sign',
    title: 'sign reversed',
    advice: 'Reverse the sign: the error at the output is prediction minus target, not target minus prediction.',
    family: 'scale',
    apply: multipliedBy(() => -1),
  },
  {
    id: 'learning-rate',
    title: 'gradient times the learning rate',
    advice: 'Return the gradient itself: the learning rate belongs to the update of the weights.',
    family: 'scale',
    where: (kind) => kind.learningRate !== undefined,
    apply: multipliedBy((net) => net.learningRate!),
  },
  {
    id: 'update',
    title: 'the update instead of the gradient',
    advice: 'Return the gradient itself, without the minus sign and the learning rate of the update.',
    family: 'scale',
    where: (kind) => kind.learningRate !== undefined,
    apply: multipliedBy((net) => -net.learningRate!),
  },
  {
    id: 'factor-two',
    title: 'an extra factor 2',
    advice: 'Remove the factor 2: check from which loss the derivative was taken.',
    family: 'scale',
    apply: multipliedBy(() => 2),
  },
  {
    id: 'factor-half',
    title: 'half of the gradient',
    advice: 'The gradient is half as large as it should be: a factor 2 is missing, or a factor ½ was put in.',
    family: 'scale',
    apply: multipliedBy(() => 1 / 2),
  },
  {
    id: 'bias-not-averaged',
    title: 'weights averaged, biases summed',
    advice: 'Divide the gradient of the biases by the number of samples too, as you did for the weights.',
    where: isMean,
    apply: (right) => ({ ...right, biasDivisor: () => 1 }),
  },
  {
    id: 'weights-not-averaged',
    title: 'biases averaged, weights summed',
    advice: 'Divide the gradient of the weights by the number of samples too, as you did for the biases.',
    where: isMean,
    apply: (right) => ({ ...right, weightDivisor: () => 1 }),
  },
  {
    id: 'bias-averaged-twice',
    title: 'bias gradient averaged twice',
    advice: 'Sum the error over the batch for the biases: it was already divided by the number of samples.',
    where: isMean,
    apply: (right) => ({ ...right, biasDivisor: (net) => samples(net) ** 2 }),
  },
  {
    id: 'weights-averaged-twice',
    title: 'weight gradient averaged twice',
    advice: 'Divide the gradient of the weights by the number of samples once: its error was already averaged.',
    where: isMean,
    apply: (right) => ({ ...right, weightDivisor: (net) => samples(net) ** 2 }),
  },
  {
    id: 'bias-mean-in-sum',
    title: 'weights summed, biases averaged',
    advice: 'Sum the error over the batch for the biases too, as you did for the weights.',
    where: (kind) => !isMean(kind),
    apply: (right) => ({ ...right, biasDivisor: samples }),
  },
  {
    id: 'weights-mean-in-sum',
    title: 'biases summed, weights averaged',
    advice: 'Sum over the batch for the weights too, as you did for the biases.',
    where: (kind) => !isMean(kind),
    apply: (right) => ({ ...right, weightDivisor: samples }),
  },
];
