/** What is computed in place of the sigmoid and of its derivative. */
import { sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, ofRows, together } from '../wrong-function.ts';

/** Every exponential as a share of all of them: a softmax, where none is asked for. */
const shares = (numbers: readonly number[]): number[] => {
  const e = numbers.map(Math.exp);
  const total = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / total);
};

/** In place of σ, of a function that takes single numbers as well as arrays. */
export const sigmoids: readonly WrongFunction[] = [
  everywhere('sign', 'σ(−x)', 'The exponent has a minus, and the numerator is 1: 1 / (1 + exp(−x)).', (x) =>
    sigmoid(-x),
  ),
  everywhere(
    'tanh',
    'tanh instead of the sigmoid',
    'The sigmoid is 1 / (1 + exp(−x)); tanh runs from −1 to 1.',
    Math.tanh,
  ),
  everywhere('no-one', '1 is missing in the denominator', 'The denominator is 1 + exp(−x).', (x) => 1 / Math.exp(-x)),
  everywhere('base-two', 'powers of 2', 'Use the exponential function with base e.', (x) => 1 / (1 + 2 ** -x)),
  everywhere(
    'minus-one',
    'a minus in the denominator',
    'The denominator is 1 + exp(−x).',
    (x) => 1 / (1 - Math.exp(-x)),
  ),
  together(
    'softmax',
    'softmax over the numbers',
    'Every number is treated on its own: nothing is summed over the array.',
    (x) => shares([...x.data]),
  ),
];

/** In place of σ', of such a function. */
export const sigmoidSlopes: readonly WrongFunction[] = [
  everywhere(
    'x-for-sigma',
    'x(1 − x)',
    'Apply the sigmoid first: σ(x)(1 − σ(x)). The argument is x, not σ(x).',
    (x) => x * (1 - x),
  ),
  everywhere('sigma-twice', "σ' at σ(x)", 'The argument is x already: apply the sigmoid once.', (x) =>
    sigmoidPrime(sigmoid(x)),
  ),
  everywhere(
    'sign',
    'the sign is turned round',
    'The sigmoid rises: its derivative is positive.',
    (x) => -sigmoidPrime(x),
  ),
  everywhere('sigma', 'the sigmoid itself', 'The derivative is σ(x)(1 − σ(x)).', sigmoid),
  everywhere('one-minus', '1 − σ(x)', 'The factor σ(x) is missing.', (x) => 1 - sigmoid(x)),
  everywhere('plus', 'σ(x)(1 + σ(x))', 'The second factor is 1 − σ(x).', (x) => sigmoid(x) * (1 + sigmoid(x))),
  everywhere(
    'tanh',
    '1 − σ(x)²',
    'That is the rule for tanh; for the sigmoid it is σ(1 − σ).',
    (x) => 1 - sigmoid(x) ** 2,
  ),
  everywhere('squared', 'σ(x)²(1 − σ(x))', 'There is one factor σ(x).', (x) => sigmoid(x) ** 2 * (1 - sigmoid(x))),
];

/** In place of σ, of a function that gives the derivative as well when it is told to. */
export const sigmoidsOfMatrices: readonly WrongFunction[] = [
  everywhere('mirrored', 'the sign in the exponent is turned round', 'σ(x) is 1/(1 + e^−x): mind the minus.', (x) =>
    sigmoid(-x),
  ),
  everywhere('exp', 'only the exponential', 'Divide: σ(x) = 1/(1 + e^−x).', (x) => Math.exp(-x)),
  everywhere('tanh', 'tanh', 'tanh goes from −1 to 1; the sigmoid is 1/(1 + e^−x).', Math.tanh),
  everywhere('derivative', 'the derivative', 'Without deriv the function itself is asked for.', sigmoidPrime),
];

/** In place of σ', of such a function. */
export const sigmoidSlopesOfMatrices: readonly WrongFunction[] = [
  everywhere('deriv-ignored', 'deriv is ignored', 'With deriv = true return σ(x)(1 − σ(x)).', sigmoid),
  everywhere('of-x', 'x(1 − x)', 'Apply σ before you multiply: σ(x)(1 − σ(x)).', (x) => x * (1 - x)),
  everywhere('one-minus', 'only 1 − σ(x)', 'Both factors are needed: σ(x)(1 − σ(x)).', (x) => 1 - sigmoid(x)),
  everywhere('of-sigmoid', "σ'(σ(x))", 'The argument is x already: apply σ once.', (x) => sigmoidPrime(sigmoid(x))),
  everywhere('sign', 'the opposite sign', 'σ rises everywhere: its derivative is positive.', (x) => -sigmoidPrime(x)),
];

/** In place of σ, of an object whose `backward` gives the gradient. */
export const sigmoidsOfObjects: readonly WrongFunction[] = [
  everywhere('mirrored', 'σ(−x)', 'The exponent has a minus: 1 / (1 + exp(−x)).', (z) => sigmoid(-z)),
  everywhere('tanh', 'tanh instead of the sigmoid', 'The sigmoid runs from 0 to 1; tanh runs from −1 to 1.', Math.tanh),
  everywhere('no-one', '1 is missing in the denominator', 'The denominator is 1 + exp(−x).', (z) => Math.exp(z)),
  everywhere('minus', 'a minus in the denominator', 'The denominator is 1 + exp(−x).', (z) => 1 / (1 - Math.exp(-z))),
  everywhere(
    'base-two',
    'powers of 2',
    'Use the exponential function with base e, Math.exp.',
    (z) => 1 / (1 + 2 ** -z),
  ),
  everywhere('relu', 'ReLU instead of the sigmoid', 'The sheet asks for the sigmoid in this object.', (z) =>
    Math.max(0, z),
  ),
  everywhere('hard', 'a straight line cut at 0 and 1', 'Use 1 / (1 + exp(−x)), not its straight approximation.', (z) =>
    Math.min(1, Math.max(0, 0.2 * z + 0.5)),
  ),
  everywhere('step', 'only 0 and 1', 'The sigmoid is smooth: no rounding, no comparison.', (z) => (z > 0 ? 1 : 0)),
  everywhere(
    'derivative',
    'the derivative',
    'call returns σ(x); its derivative belongs to backward.',
    (z) => sigmoid(z) * sigmoid(-z),
  ),
  everywhere('identity', 'the argument itself', 'Apply 1 / (1 + exp(−x)) to every entry.', (z) => z),
  everywhere('twice', 'the sigmoid of the sigmoid', 'Apply the sigmoid once.', (z) => sigmoid(sigmoid(z))),
  everywhere('log', 'the logarithm of the sigmoid', 'Leave out the logarithm.', (z) => Math.log(sigmoid(z))),
  ofRows('softmax', 'softmax over the row', 'Every entry is treated on its own: nothing is summed over the row.', (z) =>
    z.map(shares),
  ),
];
