/** What the layers Sigmoid and ReLU hand back in place of dy times the slope at x, from x and dy. */
import { relu, reluPrime, sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere } from '../wrong-function.ts';

const noDy = 'Multiply by dy, the gradient that arrives from the layers behind: that is the chain rule.';

export const sigmoidLayers: readonly WrongFunction[] = [
  everywhere('no-dy', 'dy is not used', noDy, (x) => sigmoidPrime(x)),
  everywhere(
    'sigma-twice',
    "σ' at the output instead of the input",
    "backward gets the input x: use σ'(x), not σ'(σ(x)).",
    (x, dy) => dy * sigmoidPrime(sigmoid(x)),
  ),
  everywhere('forward-again', 'dy times σ(x)', "Multiply dy by the derivative σ'(x).", (x, dy) => dy * sigmoid(x)),
  everywhere(
    'x-for-sigma',
    'dy times x(1 − x)',
    'x is the input: apply the sigmoid before you use σ(1 − σ).',
    (x, dy) => dy * x * (1 - x),
  ),
  everywhere('slope-at-dy', "σ' at dy", 'The derivative is taken at x, not at dy.', (x, dy) => x * sigmoidPrime(dy)),
  everywhere('dy-only', 'dy is handed on unchanged', "Multiply dy by σ'(x).", (_, dy) => dy),
];

export const rectifierLayers: readonly WrongFunction[] = [
  everywhere('no-dy', 'dy is not used', noDy, (x) => reluPrime(x)),
  everywhere(
    'mask-of-dy',
    'relu is applied to dy',
    'Where x is positive dy passes, whatever its sign: the mask belongs to x.',
    (_, dy) => relu(dy),
  ),
  everywhere('both-masks', 'only positive dy passes', 'Where x is positive dy passes, whatever its sign.', (x, dy) =>
    x > 0 ? relu(dy) : 0,
  ),
  everywhere('output', 'dy times relu(x)', 'The slope is 1 for positive x, not x.', (x, dy) => dy * relu(x)),
  everywhere('reversed', 'dy passes where x is negative', 'Where x is positive the slope is 1.', (x, dy) =>
    x > 0 ? 0 : dy,
  ),
  everywhere('dy-only', 'dy is handed on unchanged', 'Where x is negative the slope is 0.', (_, dy) => dy),
];
