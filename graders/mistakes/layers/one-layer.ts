/** A model of one layer, h = x·w + b, ŷ = σ(h), L = BCE(y, ŷ), with every debatable step exchangeable. */
import { sigmoid } from '../../../reference/oracles/activations.ts';
import { dot } from '../../../reference/oracles/linear-algebra.ts';
import { binaryCrossEntropy } from '../../../reference/oracles/losses.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';
import { arrayOf } from '../../numerics/arrays.ts';

interface OneLayerCase {
  w: number[];
  b: number;
  x: number[];
  y: number;
}

interface Pass {
  h: number;
  p: number;
}

interface OneLayerRules {
  affine(probe: OneLayerCase): number;
  loss(y: number, at: Pass): number;
  /** ∂L/∂h. */
  backToH(y: number, at: Pass): number;
  /** ∂L/∂x from ∂L/∂h. */
  backToX(gradH: number, probe: OneLayerCase): number[];
}

export const oneLayer: Program<OneLayerCase, OneLayerRules> = {
  right: {
    affine: ({ w, b, x }) => dot(x, w) + b,
    loss: (y, { p }) => binaryCrossEntropy(p, y),
    backToH: (y, { p }) => p - y,
    backToX: (gradH, { w }) => w.map((weight) => gradH * weight),
  },
  run(probe, rules) {
    const h = rules.affine(probe);
    const at = { h, p: sigmoid(h) };
    return {
      loss: arrayOf(rules.loss(probe.y, at)),
      gradX: arrayOf(rules.backToX(rules.backToH(probe.y, at), probe)),
    };
  },
};

/** ∂L/∂ŷ and σ'(h), whose product is ŷ − y. */
const bceSlope = (y: number, p: number) => (p - y) / (p * (1 - p));
const slope = (p: number) => p * (1 - p);

const wrong = mistake<OneLayerRules>;

export const oneLayerMistakes: readonly Mistake<OneLayerRules>[] = [
  wrong(
    'gradient-of-h',
    'the gradient with respect to h, without the factor w',
    'Go one step further: ∂h/∂x_i = w_i, so multiply by the weights.',
    { backToX: (gradH, { w }) => w.map(() => gradH) },
  ),
  wrong(
    'gradient-of-w',
    'the gradient with respect to the weights',
    'The sheet asks for the gradient with respect to x: ∂h/∂x_i = w_i, not x_i.',
    { backToX: (gradH, { x }) => x.map((value) => gradH * value) },
  ),
  wrong('no-sigmoid-slope', 'the derivative of the sigmoid is missing', "Chain rule: ∂L/∂h = ∂L/∂ŷ · σ'(h).", {
    backToH: (y, { p }) => bceSlope(y, p),
  }),
  wrong(
    'slope-at-prediction',
    "σ' is taken at ŷ instead of h",
    "The sigmoid was applied to h: multiply by σ'(h), not by σ'(ŷ).",
    { backToH: (y, { p }) => bceSlope(y, p) * slope(sigmoid(p)) },
  ),
  wrong(
    'slope-twice',
    "σ'(h) is multiplied twice",
    "ŷ − y holds the derivative of the sigmoid already; multiply by σ'(h) only if you start from ∂L/∂ŷ.",
    { backToH: (y, { p }) => (p - y) * slope(p) },
  ),
  wrong(
    'no-loss-slope',
    'the derivative of the loss is missing',
    "Chain rule: begin with ∂L/∂ŷ, then multiply by σ'(h) and by the weights.",
    { backToH: (_, { p }) => slope(p) },
  ),
  wrong('sign', 'the sign of the gradient is turned round', '∂L/∂h is ŷ − y: for y = 1 a larger h lowers the loss.', {
    backToH: (y, { p }) => y - p,
  }),
  wrong(
    'class-one-only',
    'the gradient holds for y = 1 only',
    'Keep the term of the class 0: try your function with y = 0.',
    { backToH: (_, { p }) => p - 1 },
  ),
  wrong(
    'loss-class-one-only',
    'the loss holds for y = 1 only',
    'Keep the term −(1 − y) log(1 − ŷ): try your function with y = 0.',
    { loss: (_, { p }) => -Math.log(p) },
  ),
  wrong('loss-sign', 'the minus of the loss is missing', 'The logarithms are negative: put a minus in front.', {
    loss: (y, { p }) => -binaryCrossEntropy(p, y),
  }),
  wrong('squared-loss', 'the squared error as loss', 'The loss is the binary cross-entropy.', {
    loss: (y, { p }) => (p - y) ** 2,
  }),
  wrong('no-bias', 'the bias is missing', 'h = x·w + b: add the bias.', { affine: ({ w, x }) => dot(x, w) }),
  wrong('bias-subtracted', 'the bias is subtracted', 'h = x·w + b: add the bias.', {
    affine: ({ w, b, x }) => dot(x, w) - b,
  }),
  wrong(
    'bias-for-every-input',
    'the bias is added once for every input',
    'Add the bias once, after the sum over the inputs.',
    { affine: ({ w, b, x }) => dot(x, w) + b * x.length },
  ),
];
