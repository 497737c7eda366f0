/** What goes wrong in the gradients of weights, bias and input. */
import { sigmoidPrime } from '../../../reference/oracles/activations.ts';
import {
  columnSums,
  mapMat,
  matmul,
  scaleMat,
  sum,
  transpose,
  zipMat,
} from '../../../reference/oracles/linear-algebra.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import type { BackMistake } from './layer-rules.ts';
import { mistake } from './layer-rules.ts';

const meanRow = (rows: Mat): number[] => columnSums(rows).map((v) => v / rows.length);
const total = (rows: Mat): number => sum(rows.flat());

export const weightsMistakes: readonly BackMistake[] = [
  mistake('dW-first-example', 'dW comes from the first example', 'Sum input × dPre over all examples.', () => ({
    dW: (x, d) => matmul(transpose(x.slice(0, 1)), d.slice(0, 1)),
  })),
  mistake(
    'dW-last-example',
    'dW comes from the last example',
    'Add up what every example contributes: each one overwrites the one before.',
    () => ({ dW: (x, d) => matmul(transpose(x.slice(-1)), d.slice(-1)) }),
  ),
  mistake(
    'dW-means',
    'mean input times mean dPre',
    'Multiply input and dPre example by example and add up then.',
    () => ({ dW: (x, d) => matmul(transpose([columnSums(x)]), [meanRow(d)]) }),
  ),
  mistake(
    'dW-no-input',
    'the input is left out of dW',
    'The gradient of a weight is its input times dPre of its unit.',
    () => ({ dW: (x, d) => matmul(transpose(mapMat(x, () => 1)), d) }),
  ),
  mistake(
    'dW-no-error',
    'dPre is left out of dW',
    'The gradient of a weight is its input times dPre of its unit.',
    () => ({
      dW: (x, d) =>
        matmul(
          transpose(x),
          mapMat(d, () => 1),
        ),
    }),
  ),
  mistake(
    'dW-weights',
    'the weights are multiplied in',
    'dW is inputᵀ · dPre: the weights do not occur in it.',
    (right) => ({ dW: (x, d, p) => zipMat(right.dW(x, d, p), p.W, (g, w) => g * w) }),
  ),
  mistake(
    'dW-unpaired',
    'input and dPre of different examples are multiplied',
    'Multiply input and dPre of the same example.',
    () => ({ dW: (x, d) => matmul(transpose([...x].reverse()), d) }),
  ),
  mistake('dW-sign', 'dW has the opposite sign', 'Return the gradient; the minus belongs to the update.', (right) => ({
    dW: (x, d, p) => scaleMat(right.dW(x, d, p), -1),
  })),
  mistake(
    'dW-averaged',
    'dW is a mean, dB a sum',
    'Treat dW and dB alike: both are sums over the mini-batch, or both are means.',
    (right) => ({ dW: (x, d, p) => scaleMat(right.dW(x, d, p), 1 / x.length) }),
  ),
  mistake('dB-zero', 'dB is zero', 'The bias has a gradient too: dPre summed over the examples.', () => ({
    dB: (d) => d[0]!.map(() => 0),
  })),
  mistake(
    'dB-averaged',
    'dB is a mean, dW a sum',
    'Treat dW and dB alike: both are sums over the mini-batch, or both are means.',
    () => ({ dB: meanRow }),
  ),
  mistake('dB-first-example', 'dB comes from the first example', 'Sum dPre over all examples.', () => ({
    dB: (d) => d[0]!,
  })),
  mistake('dB-last-example', 'dB comes from the last example', 'Sum dPre over all examples.', () => ({
    dB: (d) => d.at(-1)!,
  })),
  mistake(
    'dB-total',
    'dB sums over examples and units',
    'Sum over the examples only: every unit has a bias of its own.',
    () => ({ dB: (d) => d[0]!.map(() => total(d)) }),
  ),
  mistake('dB-from-dW', 'dB is the column sum of dW', 'The bias has the input 1: sum dPre itself.', (right) => ({
    dB: (d, x, p) => columnSums(right.dW(x, d, p)),
  })),
  mistake(
    'dB-with-bias',
    'the bias is multiplied in',
    'dB is the sum of dPre: the bias does not occur in it.',
    (right) => ({ dB: (d, x, p) => right.dB(d, x, p).map((v, j) => v * p.b[j]!) }),
  ),
  mistake(
    'dInput-absolute',
    'dInput uses absolute weights',
    'Multiply dPre by the transposed weights, with their signs.',
    () => ({ dInput: (d, p) => matmul(d, transpose(mapMat(p.W, Math.abs))) }),
  ),
  mistake(
    'dInput-no-weights',
    'the weights are left out of dInput',
    'Multiply dPre by the transposed weights.',
    () => ({ dInput: (d, p) => d.map((row) => p.W.map(() => sum(row))) }),
  ),
  mistake(
    'dInput-bias',
    'the bias is added to the weights',
    'dInput is dPre · weightsᵀ: the bias does not occur in it.',
    () => ({ dInput: (d, p) => matmul(d, transpose(p.W.map((row) => row.map((w, j) => w + p.b[j]!)))) }),
  ),
  mistake(
    'dInput-averaged',
    'dInput is divided by the number of examples',
    'Every example keeps its own gradient: nothing is averaged in dInput.',
    (right) => ({ dInput: (d, p) => scaleMat(right.dInput(d, p), 1 / d.length) }),
  ),
  mistake('dInput-batch-mean', 'every example gets the mean dInput', 'Keep one row for each example.', (right) => ({
    dInput: (d, p) => {
      const mean = meanRow(right.dInput(d, p));
      return d.map(() => mean);
    },
  })),
  mistake('dInput-sign', 'dInput has the opposite sign', 'Return the gradient itself.', (right) => ({
    dInput: (d, p) => scaleMat(right.dInput(d, p), -1),
  })),
  mistake(
    'dInput-times-input',
    'the input is multiplied in',
    'dInput is dPre · weightsᵀ: the input does not occur in it.',
    (right) => ({ dInput: (d, p) => zipMat(right.dInput(d, p), p.x, (g, v) => g * v) }),
  ),
  mistake('error-mean', 'the mean of dPre is used', 'Use every entry of dPre at its own place.', (right) => ({
    dW: (x, d, p) => right.dW(x, levelled(d), p),
    dB: (d, x, p) => right.dB(levelled(d), x, p),
    dInput: (d, p) => right.dInput(levelled(d), p),
  })),
  mistake(
    'slope-applied',
    'the derivative of the sigmoid is applied here too',
    'dPre already lies before the activation: its derivative belongs to activation.backward.',
    (right) => ({
      dPre: (p, z, a) => zipMat(right.dPre(p, z, a), mapMat(z, sigmoidPrime), (g, s) => g * s),
    }),
  ),
];

const levelled = (d: Mat): Mat => d.map((row) => row.map(() => total(d) / d.flat().length));
