/** What the model of Question 1b predicts when the grader sets its weights, and how it is got wrong. */
import type { Variant } from '../../key.ts';
import { wrongly } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { MlpCase, MlpRules } from '../../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import { relu, sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import { modelQuestion, units } from './q1b-question.ts';

/** A network features–32–16–1 with a batch; weights keep the pre-activations where swish bends. */
export function drawRegression(random: Random, features: number, batch: number, targetScale: number): MlpCase {
  const sizes = [features, ...units];
  const table = (rows: number, cols: number, sd: number): Mat =>
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

const predict = (net: MlpCase, changed: Partial<MlpRules> = {}): Answer => ({
  prices: makeArray(
    [net.X.length],
    forwardPass(net, { ...rightRules, ...changed })
      .a.at(-1)!
      .flat(),
  ),
});
const wrong = (id: string, title: string, advice: string, changed: Partial<MlpRules>): Variant<MlpCase> =>
  wrongly(id, title, advice, (net) => predict(net, changed));
const swish = rightRules.activate;
const hidden = 'The sheet asks for swish in both hidden layers.';
const linear = 'A price can be any number: the output layer has no activation.';

export const modelProblem: Problem<MlpCase> = {
  ...modelQuestion,
  probes: (random) => [drawRegression(random.fork('13'), 13, 6, 1), drawRegression(random.fork('5'), 5, 4, 1)],
  oracle: (net) => predict(net),
  mistakes: [
    wrong('relu-hidden', 'ReLU in the hidden layers', hidden, { activate: (z) => mapMat(z, relu) }),
    wrong('tanh-hidden', 'tanh in the hidden layers', hidden, { activate: (z) => mapMat(z, Math.tanh) }),
    wrong('sigmoid-hidden', 'sigmoid in the hidden layers', hidden, { activate: (z) => mapMat(z, sigmoid) }),
    wrong('linear-hidden', 'no activation in the hidden layers', hidden, { activate: (z) => z }),
    wrong('first-only', 'activation missing on the second hidden layer', hidden, {
      activate: (z, net, index) => (index === 0 ? swish(z, net, index) : z),
    }),
    wrong('second-only', 'activation missing on the first hidden layer', hidden, {
      activate: (z, net, index) => (index === 1 ? swish(z, net, index) : z),
    }),
    wrong('sigmoid-output', 'sigmoid at the output', linear, { output: (z) => mapMat(z, sigmoid) }),
    wrong('relu-output', 'ReLU at the output', linear, { output: (z) => mapMat(z, relu) }),
    wrong('swish-output', 'swish at the output', linear, { output: (z) => mapMat(z, (v) => v * sigmoid(v)) }),
    wrong('tanh-output', 'tanh at the output', linear, { output: (z) => mapMat(z, Math.tanh) }),
    wrong('softmax-output', 'softmax at the single output', linear, { output: (z) => softmaxRows(z) }),
  ],
};
