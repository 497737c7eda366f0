/**
 * A function `(model, set, k, seed)` that draws k images of a set and returns `{ index, label, pred, probs }` for each of them:
 * asked for all images of a small set.
 */
import type { ImageSet } from './image-set.ts';
import { classes, drawImages, setArg } from './image-set.ts';
import type { Net } from './listed-net.ts';
import { drawReluNet, modelArg } from './relu-classifier.ts';
import type { Guest, Value } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import type { Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../values.ts';
import type { OwnClassifier } from './own-classifier.ts';
import { ownOutput } from './own-classifier.ts';

/** Where the function stands, and the parts that it belongs to. */
export interface AskedSamples {
  task: string;
  unit: string;
  name: string;
  own: OwnClassifier;
}

export interface SamplesProbe {
  net: Net;
  set: ImageSet;
}

export const drawSamplesProbe = (random: Random, count: number, scale: number): SamplesProbe => ({
  net: drawReluNet(random.fork('net'), [9, 7], scale),
  set: drawImages(random.fork('images'), count),
});

/** Calls the function with a model of the grader whose outputs are as the student's. */
export async function callSamples(
  guest: Guest,
  { unit, name, own }: AskedSamples,
  { net, set }: SamplesProbe,
  k: number,
  seed: number,
): Promise<Value> {
  const model = await guest.make(modelArg(net, await ownOutput(guest, own)));
  return (await guest.call({ module: unit, name }, [model, setArg(set), k, seed])).value;
}

export const samplesQuestion = traced('kinds/sample-probabilities-question#samplesQuestion')(
  (asked: AskedSamples): Question<SamplesProbe> => ({
    id: `${asked.task}.samples`,
    title: 'Probabilities of all images of a small set',
    precision: 'single',
    describe: ({ set }) => `${asked.name} with k = ${set.labels.length}, all images of the set`,
    ask: async (guest, probe) => ({ value: await callSamples(guest, asked, probe, probe.set.labels.length, 3) }),
    read: ({ value }, { set }) => readAll(value, set.labels.length, asked.name),
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
  }),
);

interface SampleRow {
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
function readAll(value: Value, count: number, name: string): Reading {
  const rows = samplesIn(value);
  if (rows === undefined) {
    const says = `${name} should return a list of { index, label, pred, probs }, with ten probabilities each.`;
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
