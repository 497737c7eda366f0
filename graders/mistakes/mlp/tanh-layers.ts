/** The activations of a deep tanh network, layer by layer, one sample: hᵏ = tanh(Wᵏ hᵏ⁻¹ + bᵏ). */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import type { NdArray } from '../../model/numbers.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';

/** W[k] has one row for each unit of layer k + 1. */
interface TanhCase {
  W: Mat[];
  b: Vec[];
  x: Vec;
}

interface Rules {
  affine(h: Vec, net: TanhCase, k: number): Vec;
  activate(z: Vec, net: TanhCase, k: number): Vec;
  /** What is stored and what the next layer receives. */
  stored(z: Vec, h: Vec): Vec;
  passed(z: Vec, h: Vec): Vec;
}

const product = (W: Mat, h: Vec): Vec => W.map((row) => row.reduce((sum, w, j) => sum + w * h[j]!, 0));
const tanh = (z: Vec): Vec => z.map(Math.tanh);

/** The answer is `{ h1, h2, … }`. */
export const tanhLayers: Program<TanhCase, Rules> = {
  right: {
    affine: (h, { W, b }, k) => product(W[k]!, h).map((value, i) => value + b[k]![i]!),
    activate: tanh,
    stored: (_, h) => h,
    passed: (_, h) => h,
  },
  run(net, rules) {
    const answer: Record<string, NdArray> = {};
    let h = net.x;
    net.W.forEach((_, k) => {
      const z = rules.affine(h, net, k);
      const a = rules.activate(z, net, k);
      answer[`h${k + 1}`] = makeArray([z.length], rules.stored(z, a));
      h = rules.passed(z, a);
    });
    return answer;
  },
};

const withoutBias: Rules['affine'] = (h, { W }, k) => product(W[k]!, h);
const wrong = mistake<Rules>;

export const tanhLayerMistakes: readonly Mistake<Rules>[] = [
  wrong('linear-last', 'tanh missing on the last layer', 'Apply tanh to the last layer too.', {
    activate: (z, { W }, k) => (k < W.length - 1 ? tanh(z) : z),
  }),
  wrong('before-tanh', 'stored before tanh', 'Store the values behind tanh, not the pre-activations.', {
    stored: (z) => z,
  }),
  wrong('no-tanh', 'no tanh at all', 'Apply tanh to every layer.', { activate: (z) => z }),
  wrong('tanh-twice', 'tanh applied twice', 'Apply tanh once: what you store has gone through it twice.', {
    stored: (_, h) => tanh(h),
  }),
  wrong(
    'tanh-not-passed',
    'next layer receives the pre-activation',
    'Pass the activation, not the pre-activation, on to the next layer.',
    { passed: (z) => z },
  ),
  wrong('no-bias', 'biases left out', 'Add the bias before tanh: it is zero only at the start.', {
    affine: withoutBias,
  }),
  wrong('bias-after', 'bias added after tanh', 'Add the bias before tanh.', {
    affine: withoutBias,
    activate: (z, { b }, k) => z.map((value, i) => Math.tanh(value) + b[k]![i]!),
  }),
  wrong('bias-subtracted', 'bias subtracted', 'Add the bias; you subtract it.', {
    affine: (h, { W, b }, k) => product(W[k]!, h).map((value, i) => value - b[k]![i]!),
  }),
  wrong('sigmoid', 'sigmoid instead of tanh', 'The network uses tanh.', {
    activate: (z) => z.map((value) => 1 / (1 + Math.exp(-value))),
  }),
  wrong('relu', 'ReLU instead of tanh', 'The network uses tanh.', { activate: (z) => z.map((v) => Math.max(0, v)) }),
];
