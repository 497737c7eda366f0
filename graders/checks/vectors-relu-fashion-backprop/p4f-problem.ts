/** What samples of a test set have to say, where every image of the set is asked for. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import type { Guest, Value } from '../../model.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Reading } from '../../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../../values.ts';
import { classes, drawImages, drawReluNet, modelArg, ownOutput, reluMlp, rowsOf, setArg } from './fashion-net.ts';
import type { ImageSet } from './fashion-net.ts';
import { mistake } from './plain.ts';
import type { Net } from '../../kinds/listed-net.ts';

export interface SamplesProbe {
  net: Net;
  set: ImageSet;
}

export const drawSamplesProbe = (random: Random, count: number, scale: number): SamplesProbe => ({
  net: drawReluNet(random.fork('net'), [9, 7], scale),
  set: drawImages(random.fork('images'), count),
});

/** Images among which the first and the last class are the likeliest once: loops over classes go wrong at their ends. */
function drawWithBothEnds(random: Random, count: number, scale: number): SamplesProbe {
  for (let i = 0; i < 500; i++) {
    const probe = drawSamplesProbe(random.fork(`${i}`), count, scale);
    const winners = forward(reluMlp(probe.net), rowsOf(probe.set)).z.at(-1)!.map(argmax);
    if (winners.includes(0) && winners.includes(classes - 1)) return probe;
  }
  throw new Error('No draw has an image of the first and one of the last class.');
}

/** Calls sampleProbs with a model of the grader whose outputs are as the student's. */
export async function callSampleProbs(
  guest: Guest,
  { net, set }: SamplesProbe,
  k: number,
  seed: number,
): Promise<Value> {
  const model = await guest.make(modelArg(net, await ownOutput(guest)));
  const target = { module: 'p4f.ts', name: 'sampleProbs' };
  return (await guest.call(target, [model, setArg(set), k, seed])).value;
}

/** What may differ: the pixels that are sent, the probabilities, the prediction and the label. */
interface Sampling {
  pixels(rows: Mat): Mat;
  probabilities(logits: Mat): Mat;
  pred(row: number[]): number;
  label(labels: Uint8Array, i: number): number;
}

const right: Sampling = {
  pixels: (rows) => rows,
  probabilities: softmaxRows,
  pred: argmax,
  label: (labels, i) => labels[i]!,
};

function sampled({ net, set }: SamplesProbe, changed: Partial<Sampling> = {}): Answer {
  const rules = { ...right, ...changed };
  const probs = rules.probabilities(forward(reluMlp(net), rules.pixels(rowsOf(set))).z.at(-1)!);
  return {
    probs: arrayOf(probs),
    pred: arrayOf(probs.map(rules.pred)),
    label: arrayOf(Array.from(set.labels, (_, i) => rules.label(set.labels, i))),
  };
}

const wrong = (id: string, title: string, advice: string, changed: Partial<Sampling>) =>
  mistake<SamplesProbe>(id, title, advice, (probe) => sampled(probe, changed));

export const samplesProblem: Problem<SamplesProbe> = {
  id: 'P4f.samples',
  title: 'Probabilities of all images of a small set',
  precision: 'single',
  probes: (random) => [drawWithBothEnds(random.fork('a'), 6, 1), drawWithBothEnds(random.fork('b'), 9, 1.3)],
  describe: ({ set }) => `sampleProbs with k = ${set.labels.length}, all images of the set`,
  ask: async (guest, probe) => ({ value: await callSampleProbs(guest, probe, probe.set.labels.length, 3) }),
  read: ({ value }, { set }) => readAll(value, set.labels.length),
  write: (answer) => ({
    kind: 'list',
    items: Array.from(answer['pred']!.data, (pred, index) => ({
      kind: 'record',
      entries: {
        index,
        label: answer['label']!.data[index]!,
        pred,
        probs: arrayOf(Array.from(answer['probs']!.data.subarray(index * classes, (index + 1) * classes))),
      },
    })),
  }),
  oracle: (probe) => sampled(probe),
  mistakes: [
    wrong('logits', 'logits instead of probabilities', 'Apply softmax to the outputs of the model.', {
      probabilities: (z) => z,
    }),
    wrong('softmax-twice', 'softmax twice', 'Your model (or your code) has applied softmax already.', {
      probabilities: (z) => softmaxRows(softmaxRows(z)),
    }),
    wrong('sigmoid', 'a sigmoid of every output', 'The ten classes exclude each other: softmax.', {
      probabilities: (z) => z.map((row) => row.map((v) => 1 / (1 + Math.exp(-v)))),
    }),
    wrong('over-samples', 'softmax over the samples', 'Softmax runs over the ten classes of one image.', {
      probabilities: (z) => {
        const columns = softmaxRows(z[0]!.map((_, j) => z.map((row) => row[j]!)));
        return z.map((_, i) => columns.map((column) => column[i]!));
      },
    }),
    wrong('shares', 'outputs divided by their sum', 'Take the exponential first: softmax.', {
      probabilities: (z) => z.map((row) => row.map((v) => v / row.reduce((a, b) => a + b, 0))),
    }),
    wrong('not-scaled', 'pixels from 0 to 255', 'The model was trained on pixels from 0 to 1: divide by 255.', {
      pixels: (rows) => rows.map((row) => row.map((v) => v * 255)),
    }),
    wrong('least-likely', 'the least likely class', 'pred is the class with the largest probability.', {
      pred: (row) => argmax(row.map((v) => -v)),
    }),
    wrong('pred-from-one', 'classes counted from 1', 'The first class is 0.', { pred: (row) => argmax(row) + 1 }),
    wrong('next-label', 'the label of the next image', 'label belongs to the image at index.', {
      label: (labels, i) => labels[(i + 1) % labels.length]!,
    }),
  ],
};

export interface SampleRow {
  index: number;
  label: number;
  pred: number;
  probs: number[];
}

/** The samples as they came, or undefined where a field is missing. */
export function samplesIn(value: Value): SampleRow[] | undefined {
  const items = itemsOf(value) ?? [];
  const rows = items.map((item) => {
    const [index, label, pred] = ['index', 'label', 'pred'].map((name) => numberOf(fieldOf(item, name)));
    const probs = arrayFrom(fieldOf(item, 'probs'));
    if (index === undefined || label === undefined || pred === undefined || probs?.data.length !== classes)
      return undefined;
    return { index, label, pred, probs: Array.from(probs.data) };
  });
  return rows.length > 0 && rows.every((row) => row !== undefined) ? rows : undefined;
}

/** All images in the order of the set. */
function readAll(value: Value, count: number): Reading {
  const rows = samplesIn(value);
  if (rows === undefined) {
    const says = 'sampleProbs should return a list of { index, label, pred, probs }, with ten probabilities each.';
    return { misread: { says, yours: inWords(value) } };
  }
  const sorted = [...rows].sort((a, b) => a.index - b.index);
  if (sorted.length !== count || sorted.some((row, i) => row.index !== i)) {
    return {
      misread: {
        says: `Of ${count} images, ${count} different ones are all of them.`,
        yours: `indices ${rows.map(({ index }) => index).join(', ')}`,
      },
    };
  }
  return {
    answer: {
      probs: arrayOf(sorted.map(({ probs }) => probs)),
      pred: arrayOf(sorted.map(({ pred }) => pred)),
      label: arrayOf(sorted.map(({ label }) => label)),
    },
    notes: [],
  };
}
