/**
 * Known mistakes of an update θ ← θ − η·g where all that is seen is the step that it takes, divided by the learning rate:
 * each multiplies the right gradients by factors. They stand beside the mistakes in the gradients themselves, which may
 * give the same numbers.
 */
import { mapArray } from '../../numerics/arrays.ts';
import type { Variant, VariantFamily } from '../../key.ts';
import { mistakeMaker, wrongly } from '../../key.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { Answer } from '../../question.ts';

interface Step<Probe> {
  /** The gradients that a right step uses, named W1, b1, W2, b2 … from the first layer on. */
  right(probe: Probe): Answer;
  /** The learning rate of the probe. Of several probes it should differ, or a fixed rate looks like a factor. */
  rate(probe: Probe): number;
}

/** The slips of an update as mistakes of the gradients that are read off it. */
export function stepMistakes<Probe>({ right, rate }: Step<Probe>): Variant<Probe>[] {
  const times = mistakeMaker((factor: (name: string, layers: number, rate: number) => number) => ({
    compute: (probe: Probe) => {
      const gradients = right(probe);
      const layers = Math.max(...Object.keys(gradients).map(layerOf));
      return scaled(gradients, (name) => factor(name, layers, rate(probe)));
    },
  }));
  const isBias = (name: string) => name.startsWith('b');
  return [
    times('ascent', 'the gradient is added', `${uphill} The gradient points uphill.`, () => -1),
    times(
      'no-rate',
      'the learning rate is missing',
      'Multiply the gradients by the learning rate.',
      (_, __, r) => 1 / r,
    ),
    times(
      'rate-twice',
      'the learning rate is applied twice',
      'Multiply the gradients by the learning rate once.',
      (_, __, r) => r,
    ),
    times('nothing', 'nothing is updated', 'Assign the new weights and biases to the layers.', () => 0),
    times('no-bias', 'the biases are not updated', 'Biases are learned too: update them like the weights.', (name) =>
      isBias(name) ? 0 : 1,
    ),
    times('no-weights', 'the weights are not updated', 'Update the weights like the biases.', (name) =>
      isBias(name) ? 1 : 0,
    ),
    times('last-layer-only', 'only the last layer is updated', 'Update every layer.', (name, layers) =>
      layerOf(name) === layers ? 1 : 0,
    ),
    times('first-layer-only', 'only the first layer is updated', 'Update every layer.', (name) =>
      layerOf(name) === 1 ? 1 : 0,
    ),
    times('bias-ascent', 'the biases move uphill', `${uphill} This holds for the biases too.`, (name) =>
      isBias(name) ? -1 : 1,
    ),
    times('weights-ascent', 'the weights move uphill', `${uphill} This holds for the weights too.`, (name) =>
      isBias(name) ? 1 : -1,
    ),
    times('double', 'the step is taken twice', 'Update once for each call.', () => 2),
  ];
}

/** Steps that are taken where this holds; elsewhere nothing moves. */
export const stepsWhere =
  <Probe>({ right }: Pick<Step<Probe>, 'right'>, where: (probe: Probe) => boolean) =>
  (probe: Probe): Answer => {
    const gradients = right(probe);
    return where(probe)
      ? gradients
      : Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, still(g)]));
  };

const still = (array: NdArray): NdArray => mapArray(array, () => 0);

/** Steps of single samples that hang on whether the sample is guessed rightly. */
export const stepsByGuess = <Probe>(
  step: Pick<Step<Probe>, 'right'>,
  isRightGuess: (probe: Probe) => boolean,
): Variant<Probe>[] => [
  wrongly(
    'only-when-wrong',
    'no step where the guess is right',
    'Take a step for every sample, also where the guess is right already: the loss is not zero there.',
    stepsWhere(step, (probe) => !isRightGuess(probe)),
  ),
  wrongly(
    'only-when-right',
    'no step where the guess is wrong',
    'Take a step for every sample, also where the guess is wrong.',
    stepsWhere(step, isRightGuess),
  ),
];

/** A learning rate of one's own in place of the one that is passed in. */
export const fixedRate = <Probe>({ right, rate }: Step<Probe>): VariantFamily<Probe> => ({
  id: 'fixed-rate',
  title: 'the learning rate that is passed in is ignored',
  advice: (value) =>
    `The step uses the learning rate ${value} whatever is passed in: use the learning rate of the call.`,
  values: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 1],
  compute: (probe, value) => scaled(right(probe), () => value / rate(probe)),
});

const uphill = 'The update should subtract learning rate × gradient, not add it.';

const layerOf = (name: string): number => Number(name.slice(1));

const scaled = (gradients: Answer, factor: (name: string) => number): Answer =>
  Object.fromEntries(
    Object.entries(gradients).map(([name, array]) => [name, mapArray(array, (v) => v * factor(name))]),
  );
