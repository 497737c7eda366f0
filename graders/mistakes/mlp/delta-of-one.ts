/** The error at a sigmoid output with binary cross-entropy, and at a linear output with squared error. */
import { sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import { sum, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { deltaBy, entries, isLinear, isSigmoid } from './delta-rules.ts';
import type { MlpMistake } from './kind.ts';

export const binaryDeltas: readonly MlpMistake[] = [
  {
    id: 'delta-missing-negative-term',
    title: 'term with 1 − y missing from the binary cross-entropy',
    advice: 'Keep both terms of the binary cross-entropy: samples with y = 0 contribute through (1 − y) log(1 − p).',
    where: isSigmoid,
    apply: entries((p, y) => -y * (1 - p)),
  },
  {
    id: 'delta-missing-positive-term',
    title: 'term with y missing from the binary cross-entropy',
    advice: 'Keep both terms of the binary cross-entropy: samples with y = 1 contribute through y log p.',
    where: isSigmoid,
    apply: entries((p, y) => (1 - y) * p),
  },
  {
    id: 'delta-ratio',
    title: 'only −y / p as error',
    advice: 'Differentiate both terms of the binary cross-entropy, and multiply by p (1 − p) of the sigmoid.',
    where: isSigmoid,
    apply: entries((p, y) => -y / p),
  },
  {
    id: 'delta-sign-between-terms',
    title: 'wrong sign between the terms of the binary cross-entropy',
    advice: 'Check the sign of the second term: the derivative of log(1 − p) is −1 / (1 − p).',
    where: isSigmoid,
    apply: entries((p, y) => -y * (1 - p) - (1 - y) * p),
  },
  {
    id: 'delta-sign-only',
    title: 'only the sign of the error',
    advice: 'Use the size of prediction minus target, not only its sign: that is the derivative of an absolute error.',
    apply: deltaBy((_, { p, y }) => zipMat(p, y, (pj, yj) => Math.sign(pj - yj) / p[0]!.length)),
    where: isLinear,
  },
  {
    id: 'delta-log',
    title: 'logarithm of the prediction in the error',
    advice: 'Use the probabilities in the error: the logarithm of the loss is gone after differentiating.',
    where: isSigmoid,
    apply: entries((p, y) => Math.log(p) - y),
  },
  {
    id: 'delta-sigmoid-on-linear',
    title: 'sigmoid slope applied at a linear output',
    advice: 'A linear output has derivative 1: do not multiply the error by a sigmoid slope there.',
    where: isLinear,
    apply: deltaBy((delta, { z }) => zipMat(delta, z, (d, zj) => d * sigmoidPrime(zj))),
  },
  {
    id: 'sigmoid-on-linear',
    title: 'sigmoid at a linear output',
    advice: 'Leave the output linear: a sigmoid there limits predictions to values between 0 and 1.',
    where: isLinear,
    apply: (right) => ({ ...right, output: (z) => z.map((row) => row.map(sigmoid)) }),
  },
  {
    id: 'delta-not-averaged-over-outputs',
    title: 'squared error summed over outputs',
    advice: 'Average the squared error over the outputs too, or say that you sum: the gradient differs by that factor.',
    family: 'scale',
    where: (kind) => isLinear(kind) && kind.outputs === 'many',
    apply: deltaBy((_, { p, y }) => zipMat(p, y, (pj, yj) => 2 * (pj - yj))),
  },
  {
    id: 'delta-broadcast',
    title: 'predictions and targets broadcast against each other',
    advice:
      'Give predictions and targets the same shape: (N, 1) minus (N) subtracts every target from every prediction.',
    where: (kind) => kind.outputs === 'one',
    apply: deltaBy((_, { p, y }, net) => {
      const mean = sum(y.map((row) => row[0]!)) / y.length;
      return p.map((row) => row.map((pj) => (pj - mean) * (net.output === 'linear-mse' ? 2 : 1)));
    }),
  },
];
