import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '../../graders/numerics/arrays.ts';
import { arrayOf, rowsOf } from '../../graders/numerics/arrays.ts';
import { compareTensor, judge } from '../../graders/numerics/compare.ts';
import { gradientOf, ridders } from '../../graders/numerics/finite-difference.ts';
import { createRandom } from '../../graders/numerics/random.ts';
import { float64 } from '../../graders/numerics/tolerance.ts';
import { softmaxRows } from './activations.ts';
import { activationBackward, activationForward, linearBackward, linearForward, softmaxBackward } from './layers.ts';
import type { Mat } from './linear-algebra.ts';
import { sum, zipMat } from './linear-algebra.ts';
import { oneLayer } from './one-layer.ts';

const random = createRandom(31, 'layers');
const matrix = (rows: number, cols: number): Mat =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => random.normal()));
const inner = (A: Mat, B: Mat) => sum(zipMat(A, B, (a, b) => a * b).map(sum));

/** Ours must agree with differences in every tensor, and must not when one entry is 0.1 % too large. */
function prove(f: (at: NamedArrays) => number, at: NamedArrays, ours: NamedArrays) {
  const { gradient } = gradientOf(f, at);
  for (const [name, expected] of Object.entries(gradient)) {
    expect(judge(compareTensor(name, ours[name]!, expected, float64), float64), name).toBe('accept');
    const data = Float64Array.from(ours[name]!.data);
    const largest = data.reduce((best, v, i) => (Math.abs(v) > Math.abs(data[best]!) ? i : best), 0);
    data[largest]! *= 1.001;
    expect(judge(compareTensor(name, { ...ours[name]!, data }, expected, float64), float64), name).toBe('reject');
  }
}

describe('the linear layer', () => {
  const [X, W, b, dY] = [matrix(4, 3), matrix(3, 5), matrix(1, 5)[0]!, matrix(4, 5)];

  it('its gradients belong to ⟨dY, XW + b⟩ for an arbitrary dY', () => {
    const { dX, dW, db } = linearBackward(X, W, dY);
    const f = ({ X, W, b }: NamedArrays) => inner(dY, linearForward(rowsOf(X!), rowsOf(W!), [...b!.data]));
    prove(f, { X: arrayOf(X), W: arrayOf(W), b: arrayOf(b) }, { X: arrayOf(dX), W: arrayOf(dW), b: arrayOf(db) });
  });
});

describe('activation layers', () => {
  it.each(['sigmoid', 'relu', 'tanh', 'swish'] as const)('%s: the gradient belongs to ⟨dY, f(Z)⟩', (name) => {
    const Z = matrix(4, 5).map((row) => row.map((z) => z + 0.2 * Math.sign(z)));
    const dY = matrix(4, 5);
    const f = ({ Z }: NamedArrays) => inner(dY, activationForward(name, rowsOf(Z!)));
    prove(f, { Z: arrayOf(Z) }, { Z: arrayOf(activationBackward(name, Z, dY)) });
  });

  it('softmax: the gradient belongs to ⟨G, softmax(Z)⟩', () => {
    const [Z, G] = [matrix(4, 5), matrix(4, 5)];
    const f = ({ Z }: NamedArrays) => inner(G, softmaxRows(rowsOf(Z!)));
    prove(f, { Z: arrayOf(Z) }, { Z: arrayOf(softmaxBackward(softmaxRows(Z), G)) });
  });
});

describe('one layer with the binary cross-entropy', () => {
  const w = [-1.423825036454631, 1.26372845812911, -0.8706617379590857, -0.2591732349343976, -0.07534330701052097];
  const b = -0.740884652085609;
  const x = [0.5983087535871898, 0.1867341856037134, 0.6727560440146213, 0.9418028652699372, 0.248245714629571];

  it('has the known loss and gradient', () => {
    const made = oneLayer(w, b, x, 1);
    expect(made.loss).toBeCloseTo(2.309880244091049, 14);
    expect(made.gradX[0]).toBeCloseTo(1.282477455139634, 14);
    expect(made.gradX[4]).toBeCloseTo(0.0678637403913469, 14);
  });

  it.each([0, 1, 0.4])('its gradients agree with differences for y = %d', (y) => {
    const made = oneLayer(w, b, x, y);
    const f = ({ x, w }: NamedArrays) => oneLayer([...w!.data], b, [...x!.data], y).loss;
    prove(f, { x: arrayOf(x), w: arrayOf(w) }, { x: arrayOf(made.gradX), w: arrayOf(made.gradW) });
    expect(Math.abs(ridders((v) => oneLayer(w, v, x, y).loss, b).value - made.gradB)).toBeLessThan(1e-11);
  });
});
