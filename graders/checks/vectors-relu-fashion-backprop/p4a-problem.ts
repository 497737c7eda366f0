/** What the loaders have to deliver, batch by batch and image by image. */
import type { Guest, Value } from '../../model.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { inWords, isHandle } from '../../values.ts';
import { drawImages, pixels, setArg, side } from './fashion-net.ts';
import type { ImageSet } from './fashion-net.ts';
import { mostBatches, padded, readBatches } from './p4a-read.ts';
import type { LoadersProbe } from './p4a-read.ts';
import { mistake } from './plain.ts';
import { ProgramStopped } from '../../stopped.ts';

type Arrangement = (row: number, column: number) => readonly [row: number, column: number];
const asStored: Arrangement = (row, column) => [row, column];

/** The ways in which loaders may differ. */
interface Loading {
  sizes(count: number, batch: number): number[];
  testSizes(count: number, batch: number): number[];
  pixel(value: number): number;
  /** From which place of an image the pixel at this row and column comes, in training and in testing. */
  from: Arrangement;
  testFrom: Arrangement;
  label(labels: Uint8Array, i: number): number;
  /** Training images in another order than the set's; in another one the second time; test images in another order. */
  shuffled: readonly [number, number, number];
}

const sizesOf = (count: number, batch: number) =>
  Array.from({ length: Math.ceil(count / batch) }, (_, i) => Math.min(batch, count - i * batch));
const right: Loading = {
  sizes: sizesOf,
  testSizes: sizesOf,
  pixel: (v) => v / 255,
  from: asStored,
  testFrom: asStored,
  label: (labels, i) => labels[i]!,
  shuffled: [1, 1, 0],
};

function load({ train, test, batch = 64 }: LoadersProbe, changed: Partial<Loading> = {}): Answer {
  const rules = { ...right, ...changed };
  const image = (set: ImageSet, from: Arrangement) =>
    makeArray([set.labels.length, pixels], Float64Array.from(rearranged(set.images, from), rules.pixel));
  const labels = (set: ImageSet) => arrayOf(Array.from(set.labels, (_, i) => rules.label(set.labels, i)));
  const [trainSizes, testSizes] = [rules.sizes(train.labels.length, batch), rules.testSizes(test.labels.length, batch)];
  const missing = (sizes: readonly number[], set: ImageSet) => set.labels.length - sizes.reduce((a, b) => a + b, 0);
  return {
    trainSizes: padded(trainSizes),
    testSizes: padded(testSizes),
    missing: arrayOf([missing(trainSizes, train), missing(testSizes, test)]),
    train: image(train, rules.from),
    trainLabels: labels(train),
    test: image(test, rules.testFrom),
    testLabels: labels(test),
    shuffled: arrayOf([...rules.shuffled]),
  };
}

/** Every image with its pixels taken from these places. */
function rearranged(images: Uint8Array, from: Arrangement): Uint8Array {
  return images.map((_, at) => {
    const place = at % pixels;
    const [row, column] = from(Math.floor(place / side), place % side);
    return images[at - place + row * side + column]!;
  });
}

const wrong = (id: string, title: string, advice: string, changed: Partial<Loading>) =>
  mistake<LoadersProbe>(id, title, advice, (probe) => load(probe, changed));

/** A mistake with the sizes of the batches, in training and testing or in training alone. */
const sized = (id: string, title: string, advice: string, sizes: Loading['sizes']) => [
  wrong(id, title, advice, { sizes, testSizes: sizes }),
  wrong(`${id}-in-training`, `${title}, in training`, advice, { sizes }),
];

/** Pixels at other places, in training and testing or in one of them. */
const arranged = (id: string, title: string, advice: string, from: Arrangement) => [
  wrong(id, title, advice, { from, testFrom: from }),
  wrong(`${id}-in-training`, `${title}, in training`, advice, { from }),
  wrong(`${id}-in-testing`, `${title}, in testing`, advice, { testFrom: from }),
];

export const loadersProblem: Problem<LoadersProbe> = {
  id: 'P4a.loaders',
  once: true,
  faint: { 'by-256': '1/255 and 1/256 differ by 0.4 %, whatever the pixels are.' },
  title: 'Batches of images',
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
  clues: {
    reordered: (moved) =>
      moved.every((name) => name.endsWith('Labels'))
        ? 'images and labels no longer match. Move both in the same way when you shuffle, so that every image keeps its label.'
        : undefined,
  },
  precision: 'single',
  coarse: true,
  probes: (random) => [
    { train: drawImages(random, 150), test: drawImages(random, 70), batch: undefined },
    { train: drawImages(random, 50), test: drawImages(random, 30), batch: 16 },
  ],
  describe: ({ train, test, batch }) =>
    `${train.labels.length} images for training, ${test.labels.length} for testing, batches of ${batch ?? '64 (the default)'}`,
  async ask(guest, probe) {
    const loaded = await callLoaders(guest, probe);
    const entries = {
      first: await passThrough(guest, loaded, 'train'),
      second: await passThrough(guest, loaded, 'train'),
      test: await passThrough(guest, loaded, 'test'),
    };
    return { value: { kind: 'record', entries } };
  },
  read: readBatches,
  write: writeBatches,
  oracle: (probe) => load(probe),
  accepts: [
    {
      id: 'shuffled-tests',
      title: 'test images in a random order: it changes nothing, and is accepted',
      compute: (probe) => load(probe, { shuffled: [1, 1, 1] }),
    },
  ],
  mistakes: [
    ...sized(
      'drop-last',
      'the last, smaller batch is left out',
      'Keep the images that do not fill a batch.',
      (count, batch) => sizesOf(count, batch).filter((size) => size === batch),
    ),
    ...sized('batch-32', 'batches of 32', 'Use the size that is passed in; 64 is the default.', (count) =>
      sizesOf(count, 32),
    ),
    ...sized('one-batch', 'all images in one batch', 'Cut the images into batches of the size asked for.', (count) => [
      count,
    ]),
    wrong('by-256', 'divided by 256', 'White is 255: divide by 255.', { pixel: (v) => v / 256 }),
    wrong('not-scaled', 'pixels from 0 to 255', 'Divide the pixels by 255.', { pixel: (v) => v }),
    wrong('centred', 'pixels from −1 to 1', 'The sheet asks for pixels from 0 to 1: divide by 255, subtract nothing.', {
      pixel: (v) => v / 127.5 - 1,
    }),
    wrong('inverted', 'black and white exchanged', 'Keep 0 as 0.', { pixel: (v) => 1 - v / 255 }),
    ...arranged(
      'transposed',
      'images are transposed',
      'Rows and columns are exchanged, the images are transposed: pixel (row, column) is byte 28·row + column.',
      (row, column) => [column, row],
    ),
    ...arranged(
      'mirrored',
      'images are mirrored',
      'Left and right are exchanged: keep the pixels of a row in their order.',
      (row, column) => [row, side - 1 - column],
    ),
    ...arranged(
      'upside-down',
      'images stand on their heads',
      'The first row of bytes is the top of the image.',
      (row, column) => [side - 1 - row, column],
    ),
    wrong('labels-apart', 'labels in another order than the images', 'Move images and labels together.', {
      label: (labels, i) => labels[(i + 1) % labels.length]!,
    }),
    wrong('labels-from-one', 'labels from 1 to 10', 'Labels are 0 to 9.', { label: (labels, i) => labels[i]! + 1 }),
    wrong('never-shuffled', 'training images are not shuffled', 'Shuffle the training images.', {
      shuffled: [0, 0, 0],
    }),
    wrong(
      'shuffled-once',
      'training images come in the same order in every epoch',
      'Shuffle anew whenever the batches are gone through.',
      {
        shuffled: [1, 0, 0],
      },
    ),
    wrong(
      'test-instead',
      'test images are shuffled, training images are not',
      'Shuffle the training images; the others can stay.',
      {
        shuffled: [0, 0, 1],
      },
    ),
  ],
};

/** The student's loaders of two sets, kept inside. */
export async function callLoaders(guest: Guest, { train, test, batch }: LoadersProbe): Promise<number> {
  const sent = [setArg(train), setArg(test), ...(batch === undefined ? [] : [batch])];
  const { value } = await guest.call({ module: 'p4a.ts', name: 'loaders' }, sent, { keep: 'handle' });
  if (!isHandle(value)) throw new ProgramStopped('crash', `loaders returned ${inWords(value)}, not { train, test }.`);
  return value.id;
}

/** All batches of one part, gone through once. */
export async function passThrough(guest: Guest, loaded: number, part: 'train' | 'test'): Promise<Value> {
  const loader = await guest.get(loaded, part, { keep: 'handle' });
  if (!isHandle(loader)) throw new ProgramStopped('missing', `loaders returned no ${part}.`);
  return { kind: 'list', items: await guest.take(loader.id, 2 * mostBatches) };
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
