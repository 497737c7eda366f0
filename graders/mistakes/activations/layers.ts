/** What the layers Sigmoid and ReLU hand back in place of dy times the slope at x, from x and dy. */
import { relu, reluPrime, sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, wrongFunction } from '../wrong-function.ts';

const noDy = 'Multiply by dy, the gradient that arrives from the layers behind: that is the chain rule.';

export const sigmoidLayers: readonly WrongFunction[] = [
  wrongFunction(
    'no-dy',
    'dy is not used',
    noDy,
    everywhere((x) => sigmoidPrime(x)),
  ),
  wrongFunction(
    'sigma-twice',
    "σ' at the output instead of the input",
    "backward gets the input x: use σ'(x), not σ'(σ(x)).",
    everywhere((x, dy) => dy * sigmoidPrime(sigmoid(x))),
  ),
  wrongFunction(
    'forward-again',
    'dy times σ(x)',
    "Multiply dy by the derivative σ'(x).",
    everywhere((x, dy) => dy * sigmoid(x)),
  ),
  wrongFunction(
    'x-for-sigma',
    'dy times x(1 − x)',
    'x is the input: apply the sigmoid before you use σ(1 − σ).',
    everywhere((x, dy) => dy * x * (1 - x)),
  ),
  wrongFunction(
    'slope-at-dy',
    "σ' at dy",
    'The derivative is taken at x, not at dy.',
    everywhere((x, dy) => x * sigmoidPrime(dy)),
  ),
  wrongFunction(
    'dy-only',
    'dy is handed on unchanged',
    "Multiply dy by σ'(x).",
    everywhere((_, dy) => dy),
  ),
];

export const rectifierLayers: readonly WrongFunction[] = [
  wrongFunction(
    'no-dy',
    'dy is not used',
    noDy,
    everywhere((x) => reluPrime(x)),
  ),
  wrongFunction(
    'mask-of-dy',
    'relu is applied to dy',
    'Where x is positive dy passes, whatever its sign: the mask belongs to x.',
    everywhere((_, dy) => relu(dy)),
  ),
  wrongFunction(
    'both-masks',
    'only positive dy passes',
    'Where x is positive dy passes, whatever its sign.',
    everywhere((x, dy) => (x > 0 ? relu(dy) : 0)),
  ),
  wrongFunction(
    'output',
    'dy times relu(x)',
    'The slope is 1 for positive x, not x.',
    everywhere((x, dy) => dy * relu(x)),
  ),
  wrongFunction(
    'reversed',
    'dy passes where x is negative',
    'Where x is positive the slope is 1.',
    everywhere((x, dy) => (x > 0 ? 0 : dy)),
  ),
  wrongFunction(
    'dy-only',
    'dy is handed on unchanged',
    'Where x is negative the slope is 0.',
    everywhere((_, dy) => dy),
  ),
];
