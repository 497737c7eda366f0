/** Problem 4 (f): what sampleProbs says of single images, where every image of the set is asked for. */
import type { ImageSet } from '../../kinds/image-set.ts';
import { classes, drawImages, setArg } from '../../kinds/image-set.ts';
import type { Net } from '../../kinds/listed-net.ts';
import { drawReluNet, modelArg } from '../../kinds/relu-classifier.ts';
import type { Guest, Value } from '../../model/guest.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Question, Reading } from '../../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../../values.ts';
import { ownOutput } from './fashion-net.ts';

export interface SamplesProbe {
  net: Net;
  set: ImageSet;
}

export const drawSamplesProbe = (random: Random, count: number, scale: number): SamplesProbe => ({
  net: drawReluNet(random.fork('net'), [9, 7], scale),
  set: drawImages(random.fork('images'), count),
});

/** Calls sampleProbs with a model of the grader whose outputs are as the student's. */
export async function callSampleProbs(
  guest: Guest,
  { net, set }: SamplesProbe,
  k: number,
  seed: number,
): Promise<Value> {
  const model = await guest.make(modelArg(net, await ownOutput(guest)));
  const target = { module: 'p4f', name: 'sampleProbs' };
  return (await guest.call(target, [model, setArg(set), k, seed])).value;
}

export const samplesQuestion: Question<SamplesProbe> = {
  id: 'P4f.samples',
  title: 'Probabilities of all images of a small set',
  precision: 'single',
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
};

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
