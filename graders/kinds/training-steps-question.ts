/** Training steps of the student's compiled model on one batch, from weights of the grader's: what moves, and what is reported. */
import { addedTo } from '../added-layers.ts';
import type { Finding } from '../model/finding.ts';
import type { Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Answer, Question } from '../question.ts';
import { traced } from '../question.ts';
import { ProgramStopped } from '../stopped.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, list, record } from '../values.ts';
import { isMeanAbsoluteError } from './metric-names.ts';
import { tensorOf, weightTensors } from './pixel-net.ts';
import { builtBy, giveWeights } from './predictions-question.ts';

/** Weights and biases of the dense layers, and a batch of rows with prices. */
export interface Regression {
  W: number[][][];
  b: number[][];
  X: number[][];
  Y: number[][];
}

interface StepsTable {
  id: string;
  unit: string;
  /** The function that builds a model for so many features. */
  builds: string;
  /** What is said of a model that does not take the weights. */
  refused: string;
}

const steps = 3;

/** How far the weights have moved after each step, and what the model reports before the first. */
export const stepsQuestion = traced('kinds/training-steps-question#stepsQuestion')(
  ({ id, unit, builds, refused }: StepsTable): Question<Regression> => ({
    id,
    once: true,
    title: 'Three training steps',
    precision: 'single',
    describe: ({ X }) =>
      `three steps of your compiled model for ${X[0]!.length} features on a batch of ${X.length} rows`,
    async ask(guest, net) {
      const model = await builtBy(guest, unit, builds, [net.W[0]!.length]);
      await giveWeights(guest, model, weightTensors(net).flat(), refused);
      const weights: Value[] = [];
      const added = addedTo(await guest.describe(model, { weights: false })).join(', ');
      let report: Value;
      for (let t = 0; t < steps; t++) {
        const sent = [tensorOf(net.X), tensorOf(net.Y)];
        const { value } = await guest.call({ handle: model, method: 'trainOnBatch' }, sent);
        if (t === 0) report = value;
        weights.push(await flatWeights(guest, model, flatten(net).length));
      }
      const names = await guest.get(model, 'metricsNames');
      return { value: record({ weights: list(weights), report, names, added }) };
    },
    read({ value }, net) {
      const start = flatten(net);
      const path = (itemsOf(fieldOf(value, 'weights')) ?? []).flatMap((w) =>
        [...(w as NdArray).data].map((x, i) => x - start[i]!),
      );
      const names = itemsOf(fieldOf(value, 'names')) ?? [];
      const report = arrayFrom(fieldOf(value, 'report'))?.data ?? [];
      const place = names.findIndex(isMeanAbsoluteError);
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
  }),
);

/** All weights and biases as one vector. */
const flatten = (net: Regression): number[] => net.W.flatMap((W, l) => [...W.flat(), ...net.b[l]!]);

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
