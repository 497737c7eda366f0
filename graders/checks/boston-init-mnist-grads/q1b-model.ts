/** What the model of Question 1b predicts when the grader sets its weights. */
import type { NdArray } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered } from '../../question.ts';
import { inWords, isArray, isHandle } from '../../values.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Guest } from '../../model.ts';
import type { Random } from '../../numerics/random.ts';
import type { MlpCase, MlpRules } from '../../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import { relu, sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import { ProgramStopped } from '../../stopped.ts';

/** Units of the three dense layers. */
export const units = [32, 16, 1] as const;

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

/** The untrained model of the student, kept inside, with these weights. */
export async function modelWith(guest: Guest, net: MlpCase): Promise<number> {
  const { value } = await guest.call({ module: 'q1b', name: 'buildModel' }, [net.W[0]!.length], { keep: 'handle' });
  if (!isHandle(value)) throw new ProgramStopped('crash', `buildModel returned ${inWords(value)}, not a model.`);
  try {
    await guest.call({ handle: value.id, method: 'setWeights' }, [{ kind: 'list', items: weightsOf(net) }]);
  } catch (error) {
    if (!(error instanceof ProgramStopped && error.kind === 'crash')) throw error;
    const says = `The model does not take the weights of dense layers of ${units.join(', ')} units: ${error.message}`;
    throw new ProgramStopped('crash', says, error.place);
  }
  return value.id;
}

const tensor = (rows: Mat, shape: number[]): NdArray =>
  makeArray(shape, rows.flat(), { container: 'tensor', dtype: 'float32' });
export const matrixOf = (rows: Mat): NdArray => tensor(rows, [rows.length, rows[0]!.length]);
const weightsOf = (net: MlpCase): NdArray[] =>
  net.W.flatMap((W, l) => [matrixOf(W), tensor([net.b[l]!], [net.b[l]!.length])]);

const predict = (net: MlpCase, changed: Partial<MlpRules> = {}): Answer => ({
  prices: makeArray(
    [net.X.length],
    forwardPass(net, { ...rightRules, ...changed })
      .a.at(-1)!
      .flat(),
  ),
});
const mistake = (id: string, title: string, advice: string, changed: Partial<MlpRules>): Variant<MlpCase> => ({
  id,
  title,
  advice,
  compute: (net) => predict(net, changed),
});
const swish = rightRules.activate;
const hidden = 'The sheet asks for swish in both hidden layers.';
const linear = 'A price can be any number: the output layer has no activation.';

export const modelProblem: Problem<MlpCase> = {
  id: 'q1b.model',
  title: 'Predictions of the regression network',
  precision: 'single',
  probes: (random) => [drawRegression(random.fork('13'), 13, 6, 1), drawRegression(random.fork('5'), 5, 4, 1)],
  describe: ({ X }) =>
    `your model for ${X[0]!.length} features with weights set by the grader, ${X.length} random rows`,
  async ask(guest, net): Promise<Answered> {
    const id = await modelWith(guest, net);
    return { value: (await guest.call({ handle: id, method: 'predict' }, [matrixOf(net.X)])).value };
  },
  read({ value }, net) {
    if (!isArray(value)) return { misread: { says: 'predict should give one tensor.', yours: inWords(value) } };
    const read = canonicalise('the output', value, [net.X.length]);
    return 'misread' in read ? read : { answer: { prices: read.array }, notes: [] };
  },
  write: (answer) => answer['prices'],
  oracle: (net) => predict(net),
  mistakes: [
    mistake('relu-hidden', 'ReLU in the hidden layers', hidden, { activate: (z) => mapMat(z, relu) }),
    mistake('tanh-hidden', 'tanh in the hidden layers', hidden, { activate: (z) => mapMat(z, Math.tanh) }),
    mistake('sigmoid-hidden', 'sigmoid in the hidden layers', hidden, { activate: (z) => mapMat(z, sigmoid) }),
    mistake('linear-hidden', 'no activation in the hidden layers', hidden, { activate: (z) => z }),
    mistake('first-only', 'activation missing on the second hidden layer', hidden, {
      activate: (z, net, index) => (index === 0 ? swish(z, net, index) : z),
    }),
    mistake('second-only', 'activation missing on the first hidden layer', hidden, {
      activate: (z, net, index) => (index === 1 ? swish(z, net, index) : z),
    }),
    mistake('sigmoid-output', 'sigmoid at the output', linear, { output: (z) => mapMat(z, sigmoid) }),
    mistake('relu-output', 'ReLU at the output', linear, { output: (z) => mapMat(z, relu) }),
    mistake('swish-output', 'swish at the output', linear, { output: (z) => mapMat(z, (v) => v * sigmoid(v)) }),
    mistake('tanh-output', 'tanh at the output', linear, { output: (z) => mapMat(z, Math.tanh) }),
    mistake('softmax-output', 'softmax at the single output', linear, { output: (z) => softmaxRows(z) }),
  ],
};
