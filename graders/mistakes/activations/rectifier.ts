/** What is computed in place of the rectifier and of its derivative. */
import { relu, reluPrime, sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, wrongFunction } from '../wrong-function.ts';

/** In place of max(x, 0), of a function that takes single numbers as well as arrays. */
export const rectifiers: readonly WrongFunction[] = [
  wrongFunction('absolute', '|x|', 'Negative numbers become 0, not positive.', everywhere(Math.abs)),
  wrongFunction(
    'identity',
    'x itself',
    'Negative numbers become 0.',
    everywhere((x) => x),
  ),
  wrongFunction(
    'minimum',
    'min(x, 0)',
    'Take the larger of x and 0.',
    everywhere((x) => Math.min(x, 0)),
  ),
  wrongFunction(
    'step',
    '1 and 0 instead of x and 0',
    'For positive x the result is x, not 1.',
    everywhere((x) => (x > 0 ? 1 : 0)),
  ),
  wrongFunction(
    'leaky',
    'a slope of 0.01 on the left',
    'That is the leaky rectifier: here negative numbers become 0.',
    everywhere((x) => (x > 0 ? x : 0.01 * x)),
  ),
  wrongFunction(
    'capped',
    'cut off at 1',
    'Positive numbers stay as they are.',
    everywhere((x) => Math.min(1, Math.max(0, x))),
  ),
  wrongFunction(
    'truncated',
    'without what follows the point',
    'The result is made of whole numbers: keep real ones.',
    everywhere((x) => Math.trunc(relu(x))),
  ),
];

/** In place of its derivative, of such a function. */
export const rectifierSlopes: readonly WrongFunction[] = [
  wrongFunction('relu', 'relu itself', 'The slope of x is 1, not x.', everywhere(relu)),
  wrongFunction('sign', '−1 for negative x', 'Left of 0 relu is constant: its slope is 0.', everywhere(Math.sign)),
  wrongFunction(
    'reversed',
    'the two cases are exchanged',
    'The slope is 1 for positive x and 0 for negative x.',
    everywhere((x) => (x > 0 ? 0 : 1)),
  ),
  wrongFunction(
    'one',
    '1 everywhere',
    'Left of 0 relu is constant: its slope is 0.',
    everywhere(() => 1),
  ),
  wrongFunction(
    'leaky',
    'a slope of 0.01 on the left',
    'Left of 0 relu is constant: its slope is 0.',
    everywhere((x) => (x > 0 ? 1 : 0.01)),
  ),
];

/** In place of max(0, x), where a sigmoid stood before, of a function that gives the derivative as well when it is told to. */
export const rectifiersOfMatrices: readonly WrongFunction[] = [
  wrongFunction('sigmoid', 'the sigmoid', 'Return max(0, x): this is still the sigmoid.', everywhere(sigmoid)),
  wrongFunction('absolute', '|x|', 'Negative numbers become 0, not positive.', everywhere(Math.abs)),
  wrongFunction(
    'minimum',
    'min(0, x)',
    'Take the larger of x and 0.',
    everywhere((x) => Math.min(0, x)),
  ),
  wrongFunction(
    'identity',
    'x itself',
    'Negative numbers become 0.',
    everywhere((x) => x),
  ),
  wrongFunction(
    'step',
    '1 and 0',
    'For positive x the result is x, not 1; the step is the derivative.',
    everywhere(reluPrime),
  ),
  wrongFunction(
    'leaky',
    'a slope of 0.01 on the left',
    'That is the leaky rectifier: negative x gives 0 here.',
    everywhere((x) => (x > 0 ? x : 0.01 * x)),
  ),
  wrongFunction(
    'softplus',
    'log(1 + e^x)',
    'That is softplus, a smooth cousin: return max(0, x).',
    everywhere((x) => Math.log1p(Math.exp(x))),
  ),
  wrongFunction(
    'six',
    'cut off at 6',
    'Positive numbers stay as they are: ReLU6 is another function.',
    everywhere((x) => Math.min(6, relu(x))),
  ),
  wrongFunction(
    'capped',
    'cut off at 1',
    'Positive numbers stay as they are.',
    everywhere((x) => Math.min(1, relu(x))),
  ),
];

/** In place of its derivative, of such a function. */
export const rectifierSlopesOfMatrices: readonly WrongFunction[] = [
  wrongFunction(
    'deriv-ignored',
    'deriv is ignored',
    'With deriv = true return the slope: 1 for positive x.',
    everywhere(relu),
  ),
  wrongFunction(
    'one',
    '1 everywhere',
    'Left of 0 the rectifier is constant: its slope is 0.',
    everywhere(() => 1),
  ),
  wrongFunction(
    'zero',
    '0 everywhere',
    'The slope is 1 for positive x.',
    everywhere(() => 0),
  ),
  wrongFunction(
    'sign',
    '−1 for negative x',
    'Left of 0 the rectifier is constant: its slope is 0.',
    everywhere(Math.sign),
  ),
  wrongFunction(
    'reversed',
    'the two cases are exchanged',
    'The slope is 1 for positive and 0 for negative x.',
    everywhere((x) => (x > 0 ? 0 : 1)),
  ),
  wrongFunction('sigmoid-slope', "σ'(x)", 'This is still the derivative of the sigmoid.', everywhere(sigmoidPrime)),
  wrongFunction(
    'product',
    'f(1 − f)',
    'f(1 − f) belongs to the sigmoid: the slope is 1 or 0 here.',
    everywhere((x) => relu(x) * (1 - relu(x))),
  ),
  wrongFunction(
    'leaky',
    '0.01 for negative x',
    'Left of 0 the slope is 0.',
    everywhere((x) => (x > 0 ? 1 : 0.01)),
  ),
  wrongFunction('softplus', 'the sigmoid', 'That is the slope of softplus: here it is 1 or 0.', everywhere(sigmoid)),
];
