/** Loaders of two sets of images: gone through, and read back as what became of every image, its pixels and its label. */
import type { Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';
import type { Answer, Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { ProgramStopped } from '../stopped.ts';
import { fieldOf, inWords, isHandle } from '../values.ts';
import type { Pass, Recogniser } from './image-passes.ts';
import { passOf, placedByLabels, recogniserOf } from './image-passes.ts';
import type { ImageSet } from './image-set.ts';
import { pixels, setArg, side } from './image-set.ts';
import type { Named } from './own-classifier.ts';

export interface LoadersProbe {
  train: ImageSet;
  test: ImageSet;
  /** Undefined: the default, 64. */
  batch: number | undefined;
}

/** Longer lists of batches are not looked at. */
export const mostBatches = 8;

const testsShuffled = 'test images in a random order: it changes nothing, and is accepted';

/** Sizes of the batches, as a list of one length; where among them a smaller one comes is left open. */
const padded = (sizes: readonly number[]): NdArray =>
  arrayOf(Array.from({ length: mostBatches }, (_, i) => sizes.toSorted((a, b) => b - a)[i] ?? 0));

/** Batches of the student's function `(train, test, batch) => { train, test }`. */
export const loadersQuestion = traced('kinds/loaders-question#loadersQuestion')(
  (task: string, loaders: Named): Question<LoadersProbe> => ({
    id: `${task}.loaders`,
    title: 'Batches of images',
    precision: 'single',
    once: true,
    names: {
      trainSizes: 'the list of sizes of the training batches',
      testSizes: 'the list of sizes of the test batches',
      missing: 'the number of images that do not come',
      train: 'the table of pixels for training',
      test: 'the table of pixels for testing',
      trainLabels: 'the list of training labels',
      testLabels: 'the list of test labels',
      shuffled: 'the order of the images',
    },
    describe: ({ train, test, batch }) =>
      `${train.labels.length} images for training, ${test.labels.length} for testing, batches of ${batch ?? '64 (the default)'}`,
    async ask(guest, probe) {
      const loaded = await callLoaders(guest, loaders, probe);
      const entries = {
        first: await passThrough(guest, loaders, loaded, 'train'),
        second: await passThrough(guest, loaders, loaded, 'train'),
        test: await passThrough(guest, loaders, loaded, 'test'),
      };
      return { value: { kind: 'record', entries } };
    },
    read: readerOfBatches(),
    write: writeBatches,
  }),
);

/** The student's loaders of two sets, kept inside. */
export async function callLoaders(guest: Guest, loaders: Named, { train, test, batch }: LoadersProbe): Promise<number> {
  const sent = [setArg(train), setArg(test), ...(batch === undefined ? [] : [batch])];
  const { value } = await guest.call(loaders, sent, { keep: 'handle' });
  if (!isHandle(value))
    throw new ProgramStopped('crash', `${loaders.name} returned ${inWords(value)}, not { train, test }.`);
  return value.id;
}

/** All batches of one part, gone through once. */
export async function passThrough(
  guest: Guest,
  { name }: Named,
  loaded: number,
  part: 'train' | 'test',
): Promise<Value> {
  const loader = await guest.get(loaded, part, { keep: 'handle' });
  if (!isHandle(loader)) throw new ProgramStopped('missing', `${name} returned no ${part}.`);
  return { kind: 'list', items: await guest.take(loader.id, 2 * mostBatches) };
}

/** Sets are looked through once, however many answers are read. */
function readerOfBatches(): (answered: Answered, probe: LoadersProbe) => Reading {
  const recognisers = new WeakMap<ImageSet, Recogniser>();
  const recognise = (pass: Pass, set: ImageSet) => {
    const known = recognisers.get(set) ?? recogniserOf(set);
    recognisers.set(set, known);
    const places = known(pass);
    return places.includes(-1) ? placedByLabels(places, pass.labels, set) : places;
  };
  return (answered, probe) => readBatches(answered, probe, recognise);
}

/**
 * Batches as named arrays, every set in its own order. An image that does not come counts as missing, and nothing is said
 * of its pixels and its label.
 */
function readBatches(
  { value }: Answered,
  { train, test }: LoadersProbe,
  indicesOf: (pass: Pass, set: ImageSet) => number[],
): Reading {
  const passes = (['first', 'second', 'test'] as const).map((name) => passOf(fieldOf(value, name)));
  const unreadable = passes.find((pass) => 'says' in pass);
  if (unreadable !== undefined && 'says' in unreadable) return { misread: unreadable };
  const [first, second, tested] = passes as [Pass, Pass, Pass];
  const [a, b, c] = [indicesOf(first, train), indicesOf(second, train), indicesOf(tested, test)];
  const moved = (order: readonly number[]) => Number(order.some((index, i) => i > 0 && index < order[i - 1]!));
  const missing = (order: readonly number[], { labels }: ImageSet) =>
    labels.length - new Set(order.filter((index) => index >= 0)).size;
  return {
    answer: {
      trainSizes: padded(first.sizes),
      testSizes: padded(tested.sizes),
      missing: arrayOf([missing(a, train), missing(c, test)]),
      ...inOrder('train', first, a, train),
      ...inOrder('test', tested, c, test),
      // The order of the test images is free; where they alone are shuffled it shows what was meant for the others.
      shuffled: arrayOf([moved(a), Number(a.some((index, i) => index !== b[i])), moved(a) === 0 ? moved(c) : 0]),
    },
    notes: moved(a) === 1 && moved(c) === 1 ? [testsShuffled] : [],
  };
}

function inOrder(name: 'train' | 'test', pass: Pass, order: readonly number[], set: ImageSet): Record<string, NdArray> {
  const images = new Float64Array(set.images);
  for (let p = 0; p < images.length; p++) images[p]! /= 255;
  const labels = Array.from(set.labels);
  order.forEach((index, i) => {
    // None of the set, and nothing that it could stand for: it counts as missing.
    if (index < 0) return;
    images.set(pass.images[i]!, index * pixels);
    labels[index] = pass.labels[i]!;
  });
  return { [name]: makeArray([labels.length, pixels], images), [`${name}Labels`]: arrayOf(labels) };
}

/** Batches that lead to this answer: what is shuffled is turned round. */
function writeBatches(answer: Answer, { train, test }: LoadersProbe): Value {
  const [moved, again, testMoved] = answer['shuffled']!.data;
  const forwards = (count: number) => Array.from({ length: count }, (_, i) => i);
  const turned = (count: number, turns: number | undefined) => (turns ? forwards(count).reverse() : forwards(count));
  const count = train.labels.length;
  const first = turned(count, moved);
  const second = again ? [...first.slice(1), first[0]!] : first;
  return {
    kind: 'record',
    entries: {
      first: batchesOf(answer, 'train', first),
      second: batchesOf(answer, 'train', second),
      test: batchesOf(answer, 'test', turned(test.labels.length, testMoved)),
    },
  };
}

function batchesOf(answer: Answer, name: 'train' | 'test', order: readonly number[]): Value {
  const items: Value[] = [];
  let start = 0;
  for (const size of answer[`${name}Sizes`]!.data.filter((v) => v > 0)) {
    const chosen = order.slice(start, (start += size));
    const xs = chosen.flatMap((i) => Array.from(answer[name]!.data.subarray(i * pixels, (i + 1) * pixels)));
    const entries = {
      xs: makeArray([chosen.length, side, side], xs),
      ys: arrayOf(chosen.map((i) => answer[`${name}Labels`]!.data[i]!)),
    };
    items.push({ kind: 'record', entries });
  }
  return { kind: 'list', items };
}
