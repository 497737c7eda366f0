/** What is computed in place of the rectifier and of its derivative. */
import { relu, reluPrime, sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere } from '../wrong-function.ts';

/** In place of max(x, 0), of a function that takes single numbers as well as arrays. */
export const rectifiers: readonly WrongFunction[] = [
  everywhere('absolute', '|x|', 'Negative numbers become 0, not positive.', Math.abs),
  everywhere('identity', 'x itself', 'Negative numbers become 0.', (x) => x),
  everywhere('minimum', 'min(x, 0)', 'Take the larger of x and 0.', (x) => Math.min(x, 0)),
  everywhere('step', '1 and 0 instead of x and 0', 'For positive x the result is x, not 1.', (x) => (x > 0 ? 1 : 0)),
  everywhere(
    'leaky',
    'a slope of 0.01 on the left',
    'That is the leaky rectifier: here negative numbers become 0.',
    (x) => (x > 0 ? x : 0.01 * x),
  ),
  everywhere('capped', 'cut off at 1', 'Positive numbers stay as they are.', (x) => Math.min(1, Math.max(0, x))),
];

/** In place of its derivative, of such a function. */
export const rectifierSlopes: readonly WrongFunction[] = [
  everywhere('relu', 'relu itself', 'The slope of x is 1, not x.', relu),
  everywhere('sign', '−1 for negative x', 'Left of 0 relu is constant: its slope is 0.', Math.sign),
  everywhere('reversed', 'the two cases are exchanged', 'The slope is 1 for positive x and 0 for negative x.', (x) =>
    x > 0 ? 0 : 1,
  ),
  everywhere('one', '1 everywhere', 'Left of 0 relu is constant: its slope is 0.', () => 1),
  everywhere('leaky', 'a slope of 0.01 on the left', 'Left of 0 relu is constant: its slope is 0.', (x) =>
    x > 0 ? 1 : 0.01,
  ),
];

/** In place of max(0, x), where a sigmoid stood before, of a function that gives the derivative as well when it is told to. */
export const rectifiersOfMatrices: readonly WrongFunction[] = [
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
];

/** In place of its derivative, of such a function. */
export const rectifierSlopesOfMatrices: readonly WrongFunction[] = [
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
];
