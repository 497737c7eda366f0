/** Standard deviations that are taken in place of √(1 / max(inputs, outputs)). */
import { glorotVariance, heVariance } from '../../../reference/oracles/initialisers.ts';
import type { Named } from '../../key.ts';
import { mistakeMaker } from '../../key.ts';

interface SpreadMistake extends Named {
  sd(inputs: number, outputs: number): number;
}

const wrong = mistakeMaker((sd: SpreadMistake['sd']) => ({ sd }));
const larger = 'Take the larger of inputs and outputs.';
const asked = 'The sheet asks for 1/max(inputs, outputs).';

export const oneOverMaxMistakes: readonly SpreadMistake[] = [
  wrong(
    'variance-as-sd',
    'the variance used as standard deviation',
    'normal(mean, sd) takes the standard deviation: the square root of 1/max.',
    (inputs, outputs) => 1 / Math.max(inputs, outputs),
  ),
  wrong('inputs-only', 'variance 1/inputs', larger, (inputs) => 1 / Math.sqrt(inputs)),
  wrong('outputs-only', 'variance 1/outputs', larger, (_, outputs) => 1 / Math.sqrt(outputs)),
  wrong('smaller', 'variance 1/min', 'Take the larger of inputs and outputs, not the smaller.', (inputs, outputs) =>
    Math.sqrt(1 / Math.min(inputs, outputs)),
  ),
  wrong('glorot', 'the variance of Glorot and Bengio', asked, (inputs, outputs) =>
    Math.sqrt(glorotVariance(inputs, outputs)),
  ),
  wrong('he', 'the variance of He', asked, (inputs) => Math.sqrt(heVariance(inputs))),
  wrong('standard', 'variance 1', 'Divide the variance by max(inputs, outputs).', () => 1),
  wrong('root-inverted', 'multiplied by √max', 'Larger layers need smaller weights: divide.', (inputs, outputs) =>
    Math.sqrt(Math.max(inputs, outputs)),
  ),
];
