/** Question 1b: what the regression network should predict, where three steps should lead, and when training should stop. */
import { stoppingProblemOf } from '../../kinds/early-stopping.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { hidden, missingIn, output, predictionsAs } from '../../mistakes/mlp/other-activations.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import { rightSteps, stepFamilies, stepMistakes } from '../../mistakes/training/compiled-steps.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { asked, units } from './q1b-question.ts';

/** A network features–32–16–1 with a batch; weights keep the pre-activations where swish bends. */
function drawRegression(random: Random, features: number, batch: number, targetScale: number): MlpCase {
  const sizes = [features, ...units];
  const table = (rows: number, cols: number, sd: number) =>
    Array.from({ length: rows }, () => Array.from({ length: cols }, () => Math.fround(random.normal(0, sd))));
  return {
    hidden: 'swish',
    output: 'linear-mse',
    W: units.map((count, l) => table(sizes[l]!, count, 1.4 / Math.sqrt(sizes[l]!))),
    b: units.map((count) => table(1, count, 0.4)[0]!),
    X: table(batch, features, 1),
    Y: table(batch, 1, targetScale),
  };
}

const predictions = adapt(
  predictionsAs('prices'),
  (net: MlpCase) => net,
  ({ prices }) => ({ prices: makeArray([prices!.data.length], prices!.data) }),
);
const swish = 'The sheet asks for swish in both hidden layers.';
const none = 'A price can be any number: the output layer has no activation.';

export const modelProblem: Problem<MlpCase> = {
  ...asked.model,
  probes: (random) => [drawRegression(random.fork('13'), 13, 6, 1), drawRegression(random.fork('5'), 5, 4, 1)],
  oracle: (net) => predictions.run(net, predictions.right),
  mistakes: variantsOf(predictions, [
    hidden('relu', swish),
    hidden('tanh', swish),
    hidden('sigmoid', swish),
    hidden('linear', swish),
    missingIn('first-only', 'activation missing on the second hidden layer', swish, 1),
    missingIn('second-only', 'activation missing on the first hidden layer', swish, 0),
    output('sigmoid', none),
    output('relu', none),
    output('swish', none),
    output('tanh', none),
    { ...output('softmax', none), title: 'softmax at the single output' },
  ]),
};

export const stepsProblem: Problem<MlpCase> = {
  ...asked.steps,
  twins: [
    {
      ids: ['no-momentum', 'rate-squared'],
      because: 'With a step size of 0.001 a velocity that holds its square moves nothing.',
    },
  ],
  probes: (random) => [drawRegression(random.fork('4'), 4, 6, 4), drawRegression(random.fork('3'), 3, 5, 4)],
  oracle: rightSteps,
  mistakes: stepMistakes,
  clues: { families: stepFamilies, order: ['mse', 'mae', 'path'] },
};

export const stoppingProblem = stoppingProblemOf(asked.stopping);
