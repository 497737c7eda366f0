/** A model of one layer, h = x·w + b, ŷ = σ(h), L = BCE(y, ŷ), with every debatable step exchangeable. */
import { sigmoid } from '../../../reference/oracles/activations.ts';
import { dot } from '../../../reference/oracles/linear-algebra.ts';
import { binaryCrossEntropy } from '../../../reference/oracles/losses.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';

export interface OneLayerProbe {
  w: number[];
  b: number;
  x: number[];
  y: number;
}

interface Pass {
  h: number;
  p: number;
}

export interface OneLayerRules {
  affine(probe: OneLayerProbe): number;
  loss(y: number, at: Pass): number;
  /** ∂L/∂h. */
  backToH(y: number, at: Pass): number;
  /** ∂L/∂x from ∂L/∂h. */
  backToX(gradH: number, probe: OneLayerProbe): number[];
}

export const oneLayer: Program<OneLayerProbe, OneLayerRules> = {
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

const change =
  (changed: Partial<OneLayerRules>) =>
  (right: OneLayerRules): OneLayerRules => ({ ...right, ...changed });

export const oneLayerMistakes: readonly Mistake<OneLayerRules>[] = [
  {
    id: 'gradient-of-h',
    title: 'the gradient with respect to h, without the factor w',
    advice: 'Go one step further: ∂h/∂x_i = w_i, so multiply by the weights.',
    apply: change({ backToX: (gradH, { w }) => w.map(() => gradH) }),
  },
  {
    id: 'gradient-of-w',
    title: 'the gradient with respect to the weights',
    advice: 'The sheet asks for the gradient with respect to x: ∂h/∂x_i = w_i, not x_i.',
    apply: change({ backToX: (gradH, { x }) => x.map((value) => gradH * value) }),
  },
  {
    id: 'no-sigmoid-slope',
    title: 'the derivative of the sigmoid is missing',
    advice: "Chain rule: ∂L/∂h = ∂L/∂ŷ · σ'(h).",
    apply: change({ backToH: (y, { p }) => bceSlope(y, p) }),
  },
  {
    id: 'slope-at-prediction',
    title: "σ' is taken at ŷ instead of h",
    advice: "The sigmoid was applied to h: multiply by σ'(h), not by σ'(ŷ).",
    apply: change({ backToH: (y, { p }) => bceSlope(y, p) * slope(sigmoid(p)) }),
  },
  {
    id: 'slope-twice',
    title: "σ'(h) is multiplied twice",
    advice: "ŷ − y holds the derivative of the sigmoid already; multiply by σ'(h) only if you start from ∂L/∂ŷ.",
    apply: change({ backToH: (y, { p }) => (p - y) * slope(p) }),
  },
  {
    id: 'no-loss-slope',
    title: 'the derivative of the loss is missing',
    advice: "Chain rule: begin with ∂L/∂ŷ, then multiply by σ'(h) and by the weights.",
    apply: change({ backToH: (_, { p }) => slope(p) }),
  },
  {
    id: 'sign',
    title: 'the sign of the gradient is turned round',
    advice: '∂L/∂h is ŷ − y: for y = 1 a larger h lowers the loss.',
    apply: change({ backToH: (y, { p }) => y - p }),
  },
  {
    id: 'class-one-only',
    title: 'the gradient holds for y = 1 only',
    advice: 'Keep the term of the class 0: try your function with y = 0.',
    apply: change({ backToH: (_, { p }) => p - 1 }),
  },
  {
    id: 'loss-class-one-only',
    title: 'the loss holds for y = 1 only',
    advice: 'Keep the term −(1 − y) log(1 − ŷ): try your function with y = 0.',
    apply: change({ loss: (_, { p }) => -Math.log(p) }),
  },
  {
    id: 'loss-sign',
    title: 'the minus of the loss is missing',
    advice: 'The logarithms are negative: put a minus in front.',
    apply: change({ loss: (y, { p }) => -binaryCrossEntropy(p, y) }),
  },
  {
    id: 'squared-loss',
    title: 'the squared error as loss',
    advice: 'The loss is the binary cross-entropy.',
    apply: change({ loss: (y, { p }) => (p - y) ** 2 }),
  },
  {
    id: 'no-bias',
    title: 'the bias is missing',
    advice: 'h = x·w + b: add the bias.',
    apply: change({ affine: ({ w, x }) => dot(x, w) }),
  },
  {
    id: 'bias-subtracted',
    title: 'the bias is subtracted',
    advice: 'h = x·w + b: add the bias.',
    apply: change({ affine: ({ w, b, x }) => dot(x, w) - b }),
  },
  {
    id: 'bias-for-every-input',
    title: 'the bias is added once for every input',
    advice: 'Add the bias once, after the sum over the inputs.',
    apply: change({ affine: ({ w, b, x }) => dot(x, w) + b * x.length }),
  },
];
