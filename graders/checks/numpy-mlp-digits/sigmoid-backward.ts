/** What Sigmoid.backward computes, and what is computed in its place. */
import { reluPrime, sigmoid, sigmoidPrime, tanhPrime } from '../../../reference/oracles/activations.ts';
import { activationBackward } from '../../../reference/oracles/layers.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, sum } from '../../../reference/oracles/linear-algebra.ts';
import type { Guest, Value } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import type { ActivationName } from './objects.ts';
import { backwardNames, make } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { errorRows, otherRows, randomRows, shapeOf } from '../../kinds/drawn-rows.ts';
import { matAnswer, readOne } from '../../kinds/named-arrays.ts';

/** Pre-activations, their activations, and what arrives from above; all examples × units. */
export interface ActivationProbe {
  z: Mat;
  a: Mat;
  error: Mat;
}

/** The result from the three numbers at one place. */
const entries = (
  id: string,
  title: string,
  advice: string,
  f: (z: number, a: number, g: number) => number,
): Variant<ActivationProbe> => ({
  id,
  title,
  advice,
  compute: ({ z, a, error }) =>
    matAnswer(
      'dz',
      z.map((row, i) => row.map((value, j) => f(value, a[i]![j]!, error[i]![j]!))),
    ),
});

const mean = (values: readonly number[]) => sum([...values]) / values.length;

export const drawActivation = (
  random: Random,
  rows: number,
  cols: number,
  scale: number,
  f: (z: Mat) => Mat,
): ActivationProbe => {
  const z = randomRows(random.fork('z'), rows, cols, scale);
  return { z, a: f(z), error: errorRows(random.fork('error'), rows, cols) };
};

const problem: Omit<Problem<ActivationProbe>, 'ask'> = {
  id: '3.2.backward',
  title: 'The gradient before the sigmoid from the one behind it',
  precision: 'single',
  probes: (random) => [
    drawActivation(random.fork('a'), 5, 3, 1.5, (z) => mapMat(z, sigmoid)),
    drawActivation(random.fork('b'), 4, 7, 1, (z) => mapMat(z, sigmoid)),
  ],
  describe: ({ z }) => `${z.length} examples, ${z[0]!.length} units, a random error signal`,
  read: ({ value }, { z }) => readOne('dz', value, shapeOf(z), 'Sigmoid.backward'),
  write: (answer) => answer['dz'],
  oracle: ({ z, error }) => matAnswer('dz', activationBackward('sigmoid', z, error)),
  mistakes: [
    entries(
      'slope-of-activation',
      "σ' evaluated at the activation",
      'Evaluate the derivative at the pre-activation, a(1 − a): the sigmoid is applied once too often.',
      (_, a, g) => g * sigmoidPrime(a),
    ),
    entries(
      'error-ignored',
      'the error signal is not used',
      'Multiply the derivative by the error signal that arrives from above.',
      (z) => sigmoidPrime(z),
    ),
    entries(
      'slope-missing',
      'the derivative is left out',
      'Multiply the error signal by σ′ = a(1 − a).',
      (_z, _a, g) => g,
    ),
    entries(
      'slope-is-activation',
      'the activation instead of its derivative',
      'Multiply by a(1 − a), not by a.',
      (_, a, g) => g * a,
    ),
    entries(
      'slope-z',
      'z(1 − z)',
      'Put the activation into a(1 − a): you used the pre-activation.',
      (z, _, g) => g * z * (1 - z),
    ),
    entries('slope-one-minus', '1 − a', 'The factor a is missing in a(1 − a).', (_, a, g) => g * (1 - a)),
    entries('slope-plus', 'a(1 + a)', 'The second factor is 1 − a.', (_, a, g) => g * a * (1 + a)),
    entries(
      'slope-negative',
      'the sign is turned round',
      'The sigmoid rises: its derivative is positive.',
      (z, _, g) => -g * sigmoidPrime(z),
    ),
    entries(
      'slope-tanh',
      '1 − a²',
      'That is the rule for tanh; for the sigmoid it is a(1 − a).',
      (_, a, g) => g * (1 - a * a),
    ),
    entries(
      'slope-tanh-z',
      'the derivative of tanh',
      'Use the derivative of the sigmoid, a(1 − a).',
      (z, _, g) => g * tanhPrime(z),
    ),
    entries(
      'slope-relu',
      'the derivative of ReLU',
      'Use a(1 − a): zeros and ones belong to ReLU.',
      (z, _, g) => g * reluPrime(z),
    ),
    entries(
      'slope-squared',
      'the derivative twice',
      'Multiply by a(1 − a) once.',
      (z, _, g) => g * sigmoidPrime(z) ** 2,
    ),
    entries(
      'added',
      'added instead of multiplied',
      'The chain rule is a product: multiply error signal and derivative.',
      (z, _, g) => g + sigmoidPrime(z),
    ),
    entries('divided', 'divided by the derivative', 'Multiply by the derivative.', (z, _, g) => g / sigmoidPrime(z)),
    {
      id: 'jacobian-rows',
      title: 'the error signals of a row are added up',
      advice:
        'Every unit has its own error signal: the Jacobian of the sigmoid is diagonal, so use an entrywise product.',
      compute: ({ z, error }) =>
        matAnswer(
          'dz',
          z.map((row, i) => row.map((value) => sigmoidPrime(value) * sum(error[i]!))),
        ),
    },
    {
      id: 'jacobian-columns',
      title: 'the error signals of a column are added up',
      advice: 'Every example has its own error signal: use an entrywise product.',
      compute: ({ z, error }) =>
        matAnswer(
          'dz',
          z.map((row) => row.map((value, j) => sigmoidPrime(value) * sum(error.map((g) => g[j]!)))),
        ),
    },
    {
      id: 'slopes-added',
      title: 'the derivatives of a row are added up',
      advice: 'Multiply every error signal by the derivative of its own unit: the Jacobian is diagonal.',
      compute: ({ z, error }) =>
        matAnswer(
          'dz',
          error.map((row, i) => row.map((g) => g * sum(z[i]!.map(sigmoidPrime)))),
        ),
    },
    {
      id: 'batch-mean',
      title: 'the derivative averaged over the mini-batch',
      advice: 'Keep one derivative for each example.',
      compute: ({ z, error }) =>
        matAnswer(
          'dz',
          error.map((row) => row.map((g, j) => g * mean(z.map((other) => sigmoidPrime(other[j]!))))),
        ),
    },
    {
      id: 'averaged',
      title: 'divided by the number of examples',
      advice: 'Nothing is averaged in an activation: that belongs to the loss.',
      compute: ({ z, error }) =>
        matAnswer(
          'dz',
          activationBackward('sigmoid', z, error).map((row) => row.map((v) => v / z.length)),
        ),
    },
  ],
};

/** Other numbers at every place, of a network that is somewhere else. */
export const otherActivation = ({ z, a, error }: ActivationProbe): ActivationProbe => ({
  z: [...z].reverse(),
  a: [...a].reverse(),
  error: otherRows(error),
});

/** `backward` of an activation object that is kept: pre-activation, activation, error signal. */
export const activationObject =
  (name: ActivationName) =>
  async (guest: Guest): Promise<(probe: ActivationProbe) => Promise<Value>> => {
    const object = await make(guest, name);
    return ({ z, a, error }) =>
      callAny(
        guest,
        object,
        backwardNames,
        [z, a, error].map((rows) => arrayOf(rows)),
      );
  };

export const sigmoidBackward = askedAgain(
  problem,
  async (guest) => {
    const backward = await activationObject('Sigmoid')(guest);
    return async (probe) => ({ value: await backward(probe) });
  },
  otherActivation,
);
