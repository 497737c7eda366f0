/** What is computed in place of the sigmoid and of its derivative. */
import { sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, ofRows, together, wrongFunction } from '../wrong-function.ts';

/** Every exponential as a share of all of them: a softmax, where none is asked for. */
const shares = (numbers: readonly number[]): number[] => {
  const e = numbers.map(Math.exp);
  const total = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / total);
};

/** In place of σ, of a function that takes single numbers as well as arrays. */
export const sigmoids: readonly WrongFunction[] = [
  wrongFunction(
    'sign',
    'σ(−x)',
    'The exponent has a minus, and the numerator is 1: 1 / (1 + exp(−x)).',
    everywhere((x) => sigmoid(-x)),
  ),
  wrongFunction(
    'tanh',
    'tanh instead of the sigmoid',
    'The sigmoid is 1 / (1 + exp(−x)); tanh runs from −1 to 1.',
    everywhere(Math.tanh),
  ),
  wrongFunction(
    'no-one',
    '1 is missing in the denominator',
    'The denominator is 1 + exp(−x).',
    everywhere((x) => 1 / Math.exp(-x)),
  ),
  wrongFunction(
    'base-two',
    'powers of 2',
    'Use the exponential function with base e.',
    everywhere((x) => 1 / (1 + 2 ** -x)),
  ),
  wrongFunction(
    'minus-one',
    'a minus in the denominator',
    'The denominator is 1 + exp(−x).',
    everywhere((x) => 1 / (1 - Math.exp(-x))),
  ),
  wrongFunction(
    'softmax',
    'softmax over the numbers',
    'Every number is treated on its own: nothing is summed over the array.',
    together((x) => shares([...x.data])),
  ),
];

/** In place of σ, of a function that gives the derivative as well when it is told to. */
export const sigmoidsOfMatrices: readonly WrongFunction[] = [
  wrongFunction(
    'mirrored',
    'the sign in the exponent is turned round',
    'σ(x) is 1/(1 + e^−x): mind the minus.',
    everywhere((x) => sigmoid(-x)),
  ),
  wrongFunction(
    'exp',
    'only the exponential',
    'Divide: σ(x) = 1/(1 + e^−x).',
    everywhere((x) => Math.exp(-x)),
  ),
  wrongFunction('tanh', 'tanh', 'tanh goes from −1 to 1; the sigmoid is 1/(1 + e^−x).', everywhere(Math.tanh)),
  wrongFunction(
    'derivative',
    'the derivative',
    'Without deriv the function itself is asked for.',
    everywhere(sigmoidPrime),
  ),
];

/** In place of σ, of an object whose `backward` gives the gradient. */
export const sigmoidsOfObjects: readonly WrongFunction[] = [
  wrongFunction(
    'mirrored',
    'σ(−x)',
    'The exponent has a minus: 1 / (1 + exp(−x)).',
    everywhere((z) => sigmoid(-z)),
  ),
  wrongFunction(
    'tanh',
    'tanh instead of the sigmoid',
    'The sigmoid runs from 0 to 1; tanh runs from −1 to 1.',
    everywhere(Math.tanh),
  ),
  wrongFunction(
    'no-one',
    '1 is missing in the denominator',
    'The denominator is 1 + exp(−x).',
    everywhere((z) => Math.exp(z)),
  ),
  wrongFunction(
    'minus',
    'a minus in the denominator',
    'The denominator is 1 + exp(−x).',
    everywhere((z) => 1 / (1 - Math.exp(-z))),
  ),
  wrongFunction(
    'base-two',
    'powers of 2',
    'Use the exponential function with base e, Math.exp.',
    everywhere((z) => 1 / (1 + 2 ** -z)),
  ),
  wrongFunction(
    'relu',
    'ReLU instead of the sigmoid',
    'The sheet asks for the sigmoid in this object.',
    everywhere((z) => Math.max(0, z)),
  ),
  wrongFunction(
    'hard',
    'a straight line cut at 0 and 1',
    'Use 1 / (1 + exp(−x)), not its straight approximation.',
    everywhere((z) => Math.min(1, Math.max(0, 0.2 * z + 0.5))),
  ),
  wrongFunction(
    'step',
    'only 0 and 1',
    'The sigmoid is smooth: no rounding, no comparison.',
    everywhere((z) => (z > 0 ? 1 : 0)),
  ),
  wrongFunction(
    'derivative',
    'the derivative',
    'call returns σ(x); its derivative belongs to backward.',
    everywhere((z) => sigmoid(z) * sigmoid(-z)),
  ),
  wrongFunction(
    'identity',
    'the argument itself',
    'Apply 1 / (1 + exp(−x)) to every entry.',
    everywhere((z) => z),
  ),
  wrongFunction(
    'twice',
    'the sigmoid of the sigmoid',
    'Apply the sigmoid once.',
    everywhere((z) => sigmoid(sigmoid(z))),
  ),
  wrongFunction(
    'log',
    'the logarithm of the sigmoid',
    'Leave out the logarithm.',
    everywhere((z) => Math.log(sigmoid(z))),
  ),
  wrongFunction(
    'softmax',
    'softmax over the row',
    'Every entry is treated on its own: nothing is summed over the row.',
    ofRows((z) => z.map(shares)),
  ),
];
