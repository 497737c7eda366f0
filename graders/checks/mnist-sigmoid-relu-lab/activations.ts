/** Sigmoid, softmax and rectifier as problems, with what is written in their place. */
import { relu, reluPrime, sigmoid, sigmoidPrime, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { NdArray } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { mapArray, arrayOf, rowsOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { MatrixProbe } from './matrix-function.ts';
import { everywhere, matrixFunction } from './matrix-function.ts';

/** Both signs in turn, never near the kink of the rectifier, where every slope from 0 to 1 is right. */
const bothSigns = (random: Random, place: number) => (place % 2 === 0 ? -1 : 1) * random.uniform(0.3, 4);

/** Now and then far out on either side, where a rectifier that is cut off or bent shows, and 0 itself, where x/|x| is no number. */
const bothSignsFarAndZero = (random: Random, place: number) =>
  place === 2 ? 0 : bothSigns(random, place) * (place % 5 >= 3 ? 5 : 1);

const elementwise = (f: (x: number) => number) => (X: NdArray) => mapArray(X, f);

export const sigmoidProblem: Problem<MatrixProbe> = matrixFunction({
  id: '0.sigmoid',
  title: 'The sigmoid',
  module: 'own.ts',
  name: 'fSigmoid',
  draw: bothSigns,
  truth: elementwise(sigmoid),
  mistakes: [
    everywhere('mirrored', 'the sign in the exponent is turned round', 'σ(x) is 1/(1 + e^−x): mind the minus.', (x) =>
      sigmoid(-x),
    ),
    everywhere('exp', 'only the exponential', 'Divide: σ(x) = 1/(1 + e^−x).', (x) => Math.exp(-x)),
    everywhere('tanh', 'tanh', 'tanh goes from −1 to 1; the sigmoid is 1/(1 + e^−x).', Math.tanh),
    everywhere('derivative', 'the derivative', 'Without deriv the function itself is asked for.', sigmoidPrime),
  ],
});

export const sigmoidSlopeProblem: Problem<MatrixProbe> = matrixFunction({
  id: '0.sigmoid-slope',
  title: 'The derivative of the sigmoid',
  module: 'own.ts',
  name: 'fSigmoid',
  deriv: true,
  draw: bothSigns,
  truth: elementwise(sigmoidPrime),
  mistakes: [
    everywhere('deriv-ignored', 'deriv is ignored', 'With deriv = true return σ(x)(1 − σ(x)).', sigmoid),
    everywhere('of-x', 'x(1 − x)', 'Apply σ before you multiply: σ(x)(1 − σ(x)).', (x) => x * (1 - x)),
    everywhere('one-minus', 'only 1 − σ(x)', 'Both factors are needed: σ(x)(1 − σ(x)).', (x) => 1 - sigmoid(x)),
    everywhere('of-sigmoid', "σ'(σ(x))", 'The argument is x already: apply σ once.', (x) => sigmoidPrime(sigmoid(x))),
    everywhere('sign', 'the opposite sign', 'σ rises everywhere: its derivative is positive.', (x) => -sigmoidPrime(x)),
  ],
});

const rowwise = (
  id: string,
  title: string,
  advice: string,
  compute: (rows: number[][]) => number[][],
): Variant<MatrixProbe> => ({ id, title, advice, compute: ({ X }) => ({ values: arrayOf(compute(rowsOf(X))) }) });

const normalised = (row: readonly number[]) => row.map((v) => v / row.reduce((sum, other) => sum + other, 0));
const turned = (rows: number[][]) => rows[0]!.map((_, j) => rows.map((row) => row[j]!));

export const softmaxProblem: Problem<MatrixProbe> = matrixFunction({
  id: '0.softmax',
  title: 'The softmax of every row',
  module: 'own.ts',
  name: 'fSoftmax',
  draw: bothSigns,
  truth: (X) => arrayOf(softmaxRows(rowsOf(X))),
  mistakes: [
    rowwise(
      'over-the-batch',
      'normalised over the batch',
      'Every row is an image: divide by the sum of its row.',
      (X) => turned(softmaxRows(turned(X))),
    ),
    rowwise('over-everything', 'normalised over all numbers', 'Every row sums to 1 by itself.', (X) => {
      const all = softmaxRows([X.flat()])[0]!;
      return X.map((row, i) => row.map((_, j) => all[i * row.length + j]!));
    }),
    rowwise('not-normalised', 'not normalised', 'Divide by the sum of the exponentials of the row.', (X) =>
      X.map((row) => row.map(Math.exp)),
    ),
    rowwise('no-exponential', 'no exponential', 'Take e^x first, then divide by the sum.', (X) => X.map(normalised)),
    rowwise('mirrored', 'e^−x instead of e^x', 'The largest x gets the largest probability.', (X) =>
      softmaxRows(X.map((row) => row.map((x) => -x))),
    ),
    rowwise('logarithm', 'its logarithm', 'Return the probabilities themselves.', (X) =>
      softmaxRows(X).map((row) => row.map(Math.log)),
    ),
    everywhere('sigmoid', 'sigmoids', 'Sigmoids do not sum to 1: divide e^x by the sum over the row.', sigmoid),
  ],
});

export const reluProblem: Problem<MatrixProbe> = matrixFunction({
  id: 'T4.relu',
  title: 'The rectifier',
  module: 't4.ts',
  name: 'fRelu',
  draw: bothSignsFarAndZero,
  truth: elementwise(relu),
  mistakes: [
    everywhere('sigmoid', 'the sigmoid', 'Return max(0, x): this is still the sigmoid.', sigmoid),
    everywhere('absolute', '|x|', 'Negative numbers become 0, not positive.', Math.abs),
    everywhere('minimum', 'min(0, x)', 'Take the larger of x and 0.', (x) => Math.min(0, x)),
    everywhere('identity', 'x itself', 'Negative numbers become 0.', (x) => x),
    everywhere('step', '1 and 0', 'For positive x the result is x, not 1; the step is the derivative.', reluPrime),
    everywhere('leaky', 'a slope of 0.01 on the left', 'That is the leaky rectifier: negative x gives 0 here.', (x) =>
      x > 0 ? x : 0.01 * x,
    ),
    everywhere('softplus', 'log(1 + e^x)', 'That is softplus, a smooth cousin: return max(0, x).', (x) =>
      Math.log1p(Math.exp(x)),
    ),
    everywhere('six', 'cut off at 6', 'Positive numbers stay as they are: ReLU6 is another function.', (x) =>
      Math.min(6, relu(x)),
    ),
    everywhere('capped', 'cut off at 1', 'Positive numbers stay as they are.', (x) => Math.min(1, relu(x))),
  ],
});

export const reluSlopeProblem: Problem<MatrixProbe> = matrixFunction({
  id: 'T4.slope',
  title: 'The derivative of the rectifier',
  module: 't4.ts',
  name: 'fRelu',
  deriv: true,
  draw: bothSigns,
  truth: elementwise(reluPrime),
  mistakes: [
    everywhere('deriv-ignored', 'deriv is ignored', 'With deriv = true return the slope: 1 for positive x.', relu),
    everywhere('one', '1 everywhere', 'Left of 0 the rectifier is constant: its slope is 0.', () => 1),
    everywhere('zero', '0 everywhere', 'The slope is 1 for positive x.', () => 0),
    everywhere('sign', '−1 for negative x', 'Left of 0 the rectifier is constant: its slope is 0.', Math.sign),
    everywhere('reversed', 'the two cases are exchanged', 'The slope is 1 for positive and 0 for negative x.', (x) =>
      x > 0 ? 0 : 1,
    ),
    everywhere('sigmoid-slope', "σ'(x)", 'This is still the derivative of the sigmoid.', sigmoidPrime),
    everywhere(
      'product',
      'f(1 − f)',
      'f(1 − f) belongs to the sigmoid: the slope is 1 or 0 here.',
      (x) => relu(x) * (1 - relu(x)),
    ),
    everywhere('leaky', '0.01 for negative x', 'Left of 0 the slope is 0.', (x) => (x > 0 ? 1 : 0.01)),
    everywhere('softplus', 'the sigmoid', 'That is the slope of softplus: here it is 1 or 0.', sigmoid),
  ],
});
