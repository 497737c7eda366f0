/** What is computed in place of the sigmoid's derivative, and of the gradient before it. */
import { reluPrime, sigmoid, sigmoidPrime, tanhPrime } from '../../../reference/oracles/activations.ts';
import { activationBackward } from '../../../reference/oracles/layers.ts';
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import type { WrongFunction } from '../wrong-function.ts';
import { everywhere, ofRows, wrongFunction } from '../wrong-function.ts';

/** In place of σ', of a function that takes single numbers as well as arrays. */
export const sigmoidSlopes: readonly WrongFunction[] = [
  wrongFunction(
    'x-for-sigma',
    'x(1 − x)',
    'Apply the sigmoid first: σ(x)(1 − σ(x)). The argument is x, not σ(x).',
    everywhere((x) => x * (1 - x)),
  ),
  wrongFunction(
    'sigma-twice',
    "σ' at σ(x)",
    'The argument is x already: apply the sigmoid once.',
    everywhere((x) => sigmoidPrime(sigmoid(x))),
  ),
  wrongFunction(
    'sign',
    'the sign is turned round',
    'The sigmoid rises: its derivative is positive.',
    everywhere((x) => -sigmoidPrime(x)),
  ),
  wrongFunction('sigma', 'the sigmoid itself', 'The derivative is σ(x)(1 − σ(x)).', everywhere(sigmoid)),
  wrongFunction(
    'one-minus',
    '1 − σ(x)',
    'The factor σ(x) is missing.',
    everywhere((x) => 1 - sigmoid(x)),
  ),
  wrongFunction(
    'plus',
    'σ(x)(1 + σ(x))',
    'The second factor is 1 − σ(x).',
    everywhere((x) => sigmoid(x) * (1 + sigmoid(x))),
  ),
  wrongFunction(
    'tanh',
    '1 − σ(x)²',
    'That is the rule for tanh; for the sigmoid it is σ(1 − σ).',
    everywhere((x) => 1 - sigmoid(x) ** 2),
  ),
  wrongFunction(
    'squared',
    'σ(x)²(1 − σ(x))',
    'There is one factor σ(x).',
    everywhere((x) => sigmoid(x) ** 2 * (1 - sigmoid(x))),
  ),
];

/** In place of σ', of a function of matrices that gives it when it is told to. */
export const sigmoidSlopesOfMatrices: readonly WrongFunction[] = [
  wrongFunction('deriv-ignored', 'deriv is ignored', 'With deriv = true return σ(x)(1 − σ(x)).', everywhere(sigmoid)),
  wrongFunction(
    'of-x',
    'x(1 − x)',
    'Apply σ before you multiply: σ(x)(1 − σ(x)).',
    everywhere((x) => x * (1 - x)),
  ),
  wrongFunction(
    'one-minus',
    'only 1 − σ(x)',
    'Both factors are needed: σ(x)(1 − σ(x)).',
    everywhere((x) => 1 - sigmoid(x)),
  ),
  wrongFunction(
    'of-sigmoid',
    "σ'(σ(x))",
    'The argument is x already: apply σ once.',
    everywhere((x) => sigmoidPrime(sigmoid(x))),
  ),
  wrongFunction(
    'sign',
    'the opposite sign',
    'σ rises everywhere: its derivative is positive.',
    everywhere((x) => -sigmoidPrime(x)),
  ),
];

const mean = (values: readonly number[]) => sum([...values]) / values.length;

/** In place of g · a(1 − a), from pre-activations z, activations a and the error signal g. */
export const sigmoidBackwards: readonly WrongFunction[] = [
  wrongFunction(
    'slope-of-activation',
    "σ' evaluated at the activation",
    'Evaluate the derivative at the pre-activation, a(1 − a): the sigmoid is applied once too often.',
    everywhere((_, a, g) => g * sigmoidPrime(a)),
  ),
  wrongFunction(
    'error-ignored',
    'the error signal is not used',
    'Multiply the derivative by the error signal that arrives from above.',
    everywhere((z) => sigmoidPrime(z)),
  ),
  wrongFunction(
    'slope-missing',
    'the derivative is left out',
    'Multiply the error signal by σ′ = a(1 − a).',
    everywhere((_z, _a, g) => g),
  ),
  wrongFunction(
    'slope-is-activation',
    'the activation instead of its derivative',
    'Multiply by a(1 − a), not by a.',
    everywhere((_, a, g) => g * a),
  ),
  wrongFunction(
    'slope-z',
    'z(1 − z)',
    'Put the activation into a(1 − a): you used the pre-activation.',
    everywhere((z, _, g) => g * z * (1 - z)),
  ),
  wrongFunction(
    'slope-one-minus',
    '1 − a',
    'The factor a is missing in a(1 − a).',
    everywhere((_, a, g) => g * (1 - a)),
  ),
  wrongFunction(
    'slope-plus',
    'a(1 + a)',
    'The second factor is 1 − a.',
    everywhere((_, a, g) => g * a * (1 + a)),
  ),
  wrongFunction(
    'slope-negative',
    'the sign is turned round',
    'The sigmoid rises: its derivative is positive.',
    everywhere((z, _, g) => -g * sigmoidPrime(z)),
  ),
  wrongFunction(
    'slope-tanh',
    '1 − a²',
    'That is the rule for tanh; for the sigmoid it is a(1 − a).',
    everywhere((_, a, g) => g * (1 - a * a)),
  ),
  wrongFunction(
    'slope-tanh-z',
    'the derivative of tanh',
    'Use the derivative of the sigmoid, a(1 − a).',
    everywhere((z, _, g) => g * tanhPrime(z)),
  ),
  wrongFunction(
    'slope-relu',
    'the derivative of ReLU',
    'Use a(1 − a): zeros and ones belong to ReLU.',
    everywhere((z, _, g) => g * reluPrime(z)),
  ),
  wrongFunction(
    'slope-squared',
    'the derivative twice',
    'Multiply by a(1 − a) once.',
    everywhere((z, _, g) => g * sigmoidPrime(z) ** 2),
  ),
  wrongFunction(
    'added',
    'added instead of multiplied',
    'The chain rule is a product: multiply error signal and derivative.',
    everywhere((z, _, g) => g + sigmoidPrime(z)),
  ),
  wrongFunction(
    'divided',
    'divided by the derivative',
    'Multiply by the derivative.',
    everywhere((z, _, g) => g / sigmoidPrime(z)),
  ),
  wrongFunction(
    'jacobian-rows',
    'the error signals of a row are added up',
    'Every unit has its own error signal: the Jacobian of the sigmoid is diagonal, so use an entrywise product.',
    ofRows((z, _, error) => z.map((row, i) => row.map((value) => sigmoidPrime(value) * sum(error[i]!)))),
  ),
  wrongFunction(
    'jacobian-columns',
    'the error signals of a column are added up',
    'Every example has its own error signal: use an entrywise product.',
    ofRows((z, _, error) => z.map((row) => row.map((value, j) => sigmoidPrime(value) * sum(error.map((g) => g[j]!))))),
  ),
  wrongFunction(
    'slopes-added',
    'the derivatives of a row are added up',
    'Multiply every error signal by the derivative of its own unit: the Jacobian is diagonal.',
    ofRows((z, _, error) => error.map((row, i) => row.map((g) => g * sum(z[i]!.map(sigmoidPrime))))),
  ),
  wrongFunction(
    'batch-mean',
    'the derivative averaged over the mini-batch',
    'Keep one derivative for each example.',
    ofRows((z, _, error) => error.map((row) => row.map((g, j) => g * mean(z.map((other) => sigmoidPrime(other[j]!)))))),
  ),
  wrongFunction(
    'averaged',
    'divided by the number of examples',
    'Nothing is averaged in an activation: that belongs to the loss.',
    ofRows((z, _, error) => activationBackward('sigmoid', z, error).map((row) => row.map((v) => v / z.length))),
  ),
];
