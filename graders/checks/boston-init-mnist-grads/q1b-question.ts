/** Question 1b: predictions of the regression network with weights of the grader's, and three steps of it on one batch. */
import type { Finding } from '../../model/finding.ts';
import type { Guest, Value } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { Answer, Answered, Question } from '../../question.ts';
import { addedTo } from '../../added-layers.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { ProgramStopped } from '../../stopped.ts';
import { arrayFrom, fieldOf, inWords, isArray, isHandle, itemsOf, list, record } from '../../values.ts';

/** Units of the three dense layers. */
export const units = [32, 16, 1] as const;

/** Weights and biases of the dense layers, and a batch of rows with prices. */
interface Regression {
  W: number[][][];
  b: number[][];
  X: number[][];
  Y: number[][];
}

export const modelQuestion: Question<Regression> = {
  id: 'q1b.model',
  title: 'Predictions of the regression network',
  precision: 'single',
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
};

/** The untrained model of the student, kept inside, with these weights. */
async function modelWith(guest: Guest, net: Regression): Promise<number> {
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

const tensor = (rows: number[][], shape: number[]): NdArray =>
  makeArray(shape, rows.flat(), { container: 'tensor', dtype: 'float32' });
export const matrixOf = (rows: number[][]): NdArray => tensor(rows, [rows.length, rows[0]!.length]);
const weightsOf = (net: Regression): NdArray[] =>
  net.W.flatMap((W, l) => [matrixOf(W), tensor([net.b[l]!], [net.b[l]!.length])]);

export const steps = 3;

/** All weights and biases as one vector. */
export const flatten = (net: Pick<Regression, 'W' | 'b'>): number[] =>
  net.W.flatMap((W, l) => [...W.flat(), ...net.b[l]!]);

/** How far the weights have moved after each step, and what the model reports before the first. */
export const stepsQuestion: Question<Regression> = {
  id: 'q1b.steps',
  once: true,
  title: 'Three training steps',
  precision: 'single',
  describe: ({ X }) => `three steps of your compiled model for ${X[0]!.length} features on a batch of ${X.length} rows`,
  async ask(guest, net): Promise<Answered> {
    const id = await modelWith(guest, net);
    const weights: Value[] = [];
    const added = addedTo(await guest.describe(id)).join(', ');
    let report: Value;
    for (let t = 0; t < steps; t++) {
      const sent = [matrixOf(net.X), matrixOf(net.Y)];
      const { value } = await guest.call({ handle: id, method: 'trainOnBatch' }, sent);
      if (t === 0) report = value;
      weights.push(await flatWeights(guest, id, flatten(net).length));
    }
    const names = await guest.get(id, 'metricsNames');
    return { value: record({ weights: list(weights), report, names, added }) };
  },
  read({ value }, net) {
    const start = flatten(net);
    const path = (itemsOf(fieldOf(value, 'weights')) ?? []).flatMap((w) =>
      [...(w as NdArray).data].map((x, i) => x - start[i]!),
    );
    const names = itemsOf(fieldOf(value, 'names')) ?? [];
    const report = arrayFrom(fieldOf(value, 'report'))?.data ?? [];
    const place = names.findIndex((name) => typeof name === 'string' && /^(mae|meanAbsoluteError)[$\d]*$/i.test(name));
    const misreads: Record<string, Finding> = {};
    const answer: Record<string, NdArray> = {
      path: makeArray([steps, start.length], path),
      mse: makeArray([], [report[0] ?? NaN]),
    };
    if (place > 0) answer['mae'] = makeArray([], [report[place] ?? NaN]);
    else
      misreads['mae'] = {
        says: 'The model is compiled without the mean absolute error as metric.',
        yours: names.map((name) => (typeof name === 'string' ? name : inWords(name))).join(', '),
      };
    return place > 0 ? { answer, notes: [] } : { answer, notes: [], misreads };
  },
  write: writeSteps,
};

/** All weights of the model, layer after layer, as one vector of the length that the grader's weights have. */
async function flatWeights(guest: Guest, id: number, length: number): Promise<NdArray> {
  const { layers } = await guest.describe(id);
  const data = layers.flatMap((layer) => layer.weights).flatMap((weights) => [...weights.data]);
  if (data.length === length) return makeArray([length], data);
  throw new ProgramStopped('crash', `After a step the model holds ${data.length} weights instead of ${length}.`);
}

function writeSteps(answer: Answer, net: Regression): Value {
  const start = flatten(net);
  const moved = answer['path']!.data;
  const weights = Array.from({ length: steps }, (_, t) =>
    makeArray(
      [start.length],
      start.map((x, i) => x + moved[t * start.length + i]!),
    ),
  );
  const report = makeArray([2], [answer['mse']!.data[0]!, answer['mae']!.data[0]!]);
  return record({ weights: list(weights), report, names: list(['loss', 'mae']) });
}
