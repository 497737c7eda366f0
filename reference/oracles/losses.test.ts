import { describe, expect, it } from 'vitest';
import { arrayOf, rowsOf } from '../../graders/numerics/arrays.ts';
import { compareTensor, judge } from '../../graders/numerics/compare.ts';
import { gradientOf, ridders } from '../../graders/numerics/finite-difference.ts';
import { createRandom } from '../../graders/numerics/random.ts';
import { float64 } from '../../graders/numerics/tolerance.ts';
import { sigmoid, softmaxRows } from './activations.ts';
import type { Mat, Vec } from './linear-algebra.ts';
import { sum } from './linear-algebra.ts';
import {
  binaryCrossEntropy,
  binaryCrossEntropyGradient,
  binaryCrossEntropyOfLogit,
  binaryCrossEntropyOfLogitGradient,
  categoricalCrossEntropy,
  categoricalCrossEntropyGradient,
  categoricalCrossEntropyOfLogits,
  meanSquaredError,
  meanSquaredErrorGradient,
  reduce,
} from './losses.ts';

const random = createRandom(12, 'losses');
const matrix = (low: number, high: number): Mat =>
  Array.from({ length: 4 }, () => Array.from({ length: 3 }, () => random.uniform(low, high)));
const P = matrix(0.1, 0.9);
const softLabels = softmaxRows(matrix(-1, 1));

const losses: [string, (P: Mat, Y: Mat) => Vec, (P: Mat, Y: Mat) => Mat][] = [
  ['categorical cross-entropy', categoricalCrossEntropy, categoricalCrossEntropyGradient],
  ['mean squared error', meanSquaredError, meanSquaredErrorGradient],
];

describe('losses', () => {
  it.each(losses)('the gradient of %s agrees with differences, for soft labels', (_, loss, gradient) => {
    const truth = gradientOf(({ p }) => sum(loss(rowsOf(p!), softLabels)), { p: arrayOf(P) }).gradient.p!;
    const ours = arrayOf(gradient(P, softLabels));
    expect(judge(compareTensor('gradient', ours, truth, float64), float64)).toBe('accept');
    ours.data[5]! *= 1.001;
    expect(judge(compareTensor('gradient', ours, truth, float64), float64)).toBe('reject');
  });

  it('the binary cross-entropy and its gradient have the known values', () => {
    expect(binaryCrossEntropy(0.6762546707509746, 1)).toBeCloseTo(0.3911855420046701, 15);
    expect(binaryCrossEntropy(0.391109550601909, 0)).toBeCloseTo(0.496116913499503, 15);
    expect(binaryCrossEntropyGradient(0.3328139278663845, 1)).toBeCloseTo(-3.004681944685536, 14);
    expect(binaryCrossEntropyGradient(0.1867341856037134, 0)).toBeCloseTo(1.229610272924520, 14); // prettier-ignore
    expect(binaryCrossEntropy(1, 1)).toBeCloseTo(0, 15);
    expect(binaryCrossEntropy(0, 1)).toBe(Infinity);
  });

  it('the binary gradients agree with differences for fractional labels', () => {
    for (const y of [0, 0.3, 1])
      for (const z of [-3, 0.4, 2]) {
        const p = sigmoid(z);
        const byP = ridders((v) => binaryCrossEntropy(v, y), p, 0.02);
        expect(Math.abs(binaryCrossEntropyGradient(p, y) - byP.value)).toBeLessThan(1e-9);
        const byZ = ridders((v) => binaryCrossEntropyOfLogit(v, y), z);
        expect(Math.abs(binaryCrossEntropyOfLogitGradient(z, y) - byZ.value)).toBeLessThan(1e-11);
        expect(binaryCrossEntropyOfLogit(z, y)).toBeCloseTo(binaryCrossEntropy(p, y), 13);
      }
    expect(binaryCrossEntropyOfLogit(-800, 1)).toBe(800);
  });

  it('the cross-entropy of logits is that of their softmax, and finite where that is not', () => {
    const Z = matrix(-2, 2);
    categoricalCrossEntropyOfLogits(Z, softLabels).forEach((v, i) =>
      expect(v).toBeCloseTo(categoricalCrossEntropy(softmaxRows(Z), softLabels)[i]!, 14),
    );
    expect(categoricalCrossEntropyOfLogits([[1000, 0]], [[0, 1]])).toEqual([1000]);
    expect(categoricalCrossEntropy([[1, 0]], [[1, 0]])[0]! + 0).toBe(0);
  });

  it('reduces by mean or by sum', () => {
    expect([reduce([1, 2, 6], 'mean'), reduce([1, 2, 6], 'sum')]).toEqual([3, 9]);
  });
});
