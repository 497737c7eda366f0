/** The forward pass of a sigmoid network and its score, with every debatable step exchangeable. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { relu, sigmoid, softmax } from '../../../reference/oracles/activations.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { matmul } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';
import { arrayOf } from '../../numerics/arrays.ts';

interface ScoreCase {
  net: { weights: Mat[]; biases: Vec[] };
  X: Mat;
  Y: number[];
}

export interface ScoreRules {
  affine(a: Vec, W: Mat, b: Vec): Vec;
  hidden(z: Vec): Vec;
  output(z: Vec): Vec;
  loss(p: Vec, y: number): number;
  guess(p: Vec, y: number): number;
  average(losses: Vec): number;
  count(right: number, total: number): number;
}

/** Losses and guesses of every sample, then the score of all of them. */
export const scoreProgram: Program<ScoreCase, ScoreRules> = {
  right: {
    affine: (a, W, b) => matmul([a], W)[0]!.map((v, j) => v + b[j]!),
    hidden: (z) => z.map(sigmoid),
    output: softmax,
    loss: (p, y) => -Math.log(p[y]!),
    guess: argmax,
    average: (losses) => losses.reduce((sum, v) => sum + v, 0) / losses.length,
    count: (right) => right,
  },
  run({ net, X, Y }, rules) {
    const last = net.weights.length - 1;
    const outputs = X.map((x) =>
      net.weights.reduce((a, W, l) => {
        const z = rules.affine(a, W, net.biases[l]!);
        return l < last ? rules.hidden(z) : rules.output(z);
      }, x),
    );
    const losses = outputs.map((p, i) => rules.loss(p, Y[i]!));
    const guesses = outputs.map((p, i) => rules.guess(p, Y[i]!));
    const right = guesses.filter((guess, i) => guess === Y[i]).length;
    return {
      loss: arrayOf(losses),
      guess: arrayOf(guesses),
      averageLoss: arrayOf(rules.average(losses)),
      correct: arrayOf(rules.count(right, Y.length)),
      total: arrayOf(Y.length),
    };
  },
};

const m = mistake<ScoreRules>;

const argmin = (p: Vec) => argmax(p.map((v) => -v));

export const lossMistakes: readonly Mistake<ScoreRules>[] = [
  m('no-bias', 'no biases', 'u = a W + b: add the bias of every layer.', { affine: (a, W) => matmul([a], W)[0]! }),
  m('bias-subtracted', 'the biases are subtracted', 'u = a W + b: add the bias.', {
    affine: (a, W, b) => matmul([a], W)[0]!.map((v, j) => v - b[j]!),
  }),
  m('no-activation', 'no activation in the hidden layers', 'Apply the sigmoid in every hidden layer.', {
    hidden: (z) => z,
  }),
  m('relu', 'ReLU in the hidden layers', 'The sheet asks for the sigmoid.', { hidden: (z) => z.map(relu) }),
  m('tanh', 'tanh in the hidden layers', 'The sheet asks for the sigmoid.', { hidden: (z) => z.map(Math.tanh) }),
  m('softmax-hidden', 'softmax in the hidden layers', 'Softmax belongs to the output only.', { hidden: softmax }),
  m('sigmoid-output', 'sigmoid at the output', 'Ten classes exclude each other: softmax.', {
    output: (z) => z.map(sigmoid),
  }),
  m(
    'sigmoid-before-softmax',
    'a sigmoid before the softmax',
    'The output layer has no sigmoid: softmax takes u itself.',
    {
      output: (z) => softmax(z.map(sigmoid)),
    },
  ),
  m('squared-loss', 'the squared error as loss', 'The loss is the cross-entropy, −ln p of the label.', {
    loss: (p, y) => p.reduce((sum, v, k) => sum + (v - (k === y ? 1 : 0)) ** 2, 0),
  }),
  m('log2', 'logarithm to base 2', 'Take the natural logarithm, Math.log.', { loss: (p, y) => -Math.log2(p[y]!) }),
  m('log10', 'logarithm to base 10', 'Take the natural logarithm, Math.log.', { loss: (p, y) => -Math.log10(p[y]!) }),
  m(
    'loss-sign',
    'the minus of the loss is missing',
    'Logarithms of probabilities are negative: put a minus in front.',
    {
      loss: (p, y) => Math.log(p[y]!),
    },
  ),
  m(
    'loss-over-classes',
    'the loss is divided by the number of classes',
    'The cross-entropy is a sum over the classes.',
    {
      loss: (p, y) => -Math.log(p[y]!) / p.length,
    },
  ),
  ...[1e-2, 1e-3].map((least) =>
    m(
      `clipped-at-${least}`,
      `the probability is not let below ${least}`,
      'Nothing has to be clipped here: the loss is −ln p of the label, however small p is.',
      { loss: (p, y) => -Math.log(Math.max(p[y]!, least)) },
    ),
  ),
  m('one-minus-p', '1 − p of the label as loss', 'The loss is −ln p of the label.', { loss: (p, y) => 1 - p[y]! }),
  m('binary', 'the binary cross-entropy of every output', 'For softmax the loss has only the term of the label.', {
    loss: (p, y) => -p.reduce((sum, v, k) => sum + (k === y ? Math.log(v) : Math.log1p(-v)), 0),
  }),
];

/** A number so small that it changes nothing but −ln 0 is no mistake. */
export const tinyAdditions: readonly Mistake<ScoreRules>[] = [1e-7, 1e-8, 1e-9, 1e-10].map((added) =>
  m(`plus-${added}`, `${added} is added to the probability, which keeps the logarithm finite: accepted`, '', {
    loss: (p, y) => -Math.log(p[y]! + added),
  }),
);

export const guessMistakes: readonly Mistake<ScoreRules>[] = [
  m('least-likely', 'the least likely class', 'Take the class with the largest probability.', { guess: argmin }),
  m('label-as-guess', 'the label as guess', 'The guess comes from the outputs, not from the label.', {
    guess: (_, y) => y,
  }),
  m('first-never', 'class 0 is never guessed', 'Compare all outputs, the first one too.', {
    guess: (p) => 1 + argmax(p.slice(1)),
  }),
  m('last-never', 'the last class is never guessed', 'Compare all outputs, the last one too.', {
    guess: (p) => argmax(p.slice(0, -1)),
  }),
  m('from-one', 'classes counted from 1', 'Class 0 is the first output.', { guess: (p) => argmax(p) + 1 }),
];

export const scoreMistakes: readonly Mistake<ScoreRules>[] = [
  m('sum-of-losses', 'the sum of the losses', 'Divide by the number of samples.', {
    average: (losses) => losses.reduce((sum, v) => sum + v, 0),
  }),
  m('last-loss', 'the loss of the last sample', 'Add the losses of all samples.', {
    average: (losses) => losses.at(-1)!,
  }),
  m('n-minus-one', 'divided by n − 1', 'Divide by the number of samples.', {
    average: (losses) => losses.reduce((sum, v) => sum + v, 0) / (losses.length - 1),
  }),
  m('share', 'the share instead of the number', 'correct is a number of samples.', {
    count: (right, total) => right / total,
  }),
  m('wrong-ones', 'the wrong ones are counted', 'Count the samples whose guess is the label.', {
    count: (right, total) => total - right,
  }),
];
