/** The step that MLP.backward takes, and the steps that are taken in its place. */
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { NdArray } from '../../model.ts';
import type { Problem, Variant } from '../../problem.ts';
import { arrayOf, mapArray, zipArrays } from '../../numerics/arrays.ts';
import { common, learningRate, libraryOf, stepOf, summed } from './mlp-step.ts';
import { joined, readOne, record } from './reading.ts';

const right = libraryOf(2);
const factor = (id: string, title: string, advice: string, f: (name: string) => number): Variant<MlpCase> => ({
  id,
  title,
  advice,
  compute: (net) =>
    Object.fromEntries(
      Object.entries(right.program.run(net, right.program.right)).map(([name, array]) => [
        name,
        mapArray(array, (v) => v * f(name)),
      ]),
    ),
});

export const update: Problem<MlpCase> = {
  ...common(2),
  id: '3.5.update',
  title: 'The step that backward takes, divided by the learning rate',
  read: ({ value }, net) =>
    joined(
      Object.entries(stepOf(value, net)).map(([name, array]) => ({
        name,
        read: readOne(name, array, array.shape, name),
      })),
    ),
  write: (answer, net) => {
    const moved = (rows: NdArray, name: string) =>
      zipArrays(rows, answer[name]!, (old, slope) => old - learningRate * slope);
    const items = net.W.map((W, l) =>
      record({ W: moved(arrayOf(W), `W${l + 1}`), b: moved(arrayOf(net.b[l]!), `b${l + 1}`) }),
    );
    return record({ after: { kind: 'list', items } });
  },
  oracle: (net) => right.program.run(net, right.program.right),
  accepts: right.accepts.map((variant) => ({ ...variant, title: summed })),
  mistakes: [
    factor(
      'ascent',
      'the gradient is added',
      'Subtract learning rate × gradient: the gradient points uphill.',
      () => -1,
    ),
    factor(
      'no-rate',
      'the learning rate is missing',
      'Multiply the gradients by the learning rate.',
      () => 1 / learningRate,
    ),
    factor(
      'rate-twice',
      'the learning rate is applied twice',
      'Multiply the gradients by the learning rate once.',
      () => learningRate,
    ),
    factor('nothing', 'nothing is updated', 'Assign the new weights and biases to the layers.', () => 0),
    factor('no-bias', 'the biases are not updated', 'Biases are learned too: update them like the weights.', (name) =>
      name.startsWith('b') ? 0 : 1,
    ),
    factor('no-weights', 'the weights are not updated', 'Update the weights like the biases.', (name) =>
      name.startsWith('W') ? 0 : 1,
    ),
    factor('last-layer-only', 'only the last layer is updated', 'Update every layer.', (name) =>
      name.endsWith('2') ? 1 : 0,
    ),
    factor('first-layer-only', 'only the first layer is updated', 'Update every layer.', (name) =>
      name.endsWith('1') ? 1 : 0,
    ),
    factor('bias-ascent', 'the biases move uphill', 'Subtract learning rate × gradient for the biases too.', (name) =>
      name.startsWith('b') ? -1 : 1,
    ),
    factor('double', 'the step is taken twice', 'Update once for each call of backward.', () => 2),
  ],
};
