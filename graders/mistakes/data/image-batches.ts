/** Two sets of images delivered in batches: whole, pixels from 0 to 1, every image with its label, training ones shuffled. */
import { mistakeMaker } from '../../key.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake, replacing } from '../program.ts';
import type { Arrangement } from './arrangements.ts';
import { arranged, arrangements } from './arrangements.ts';
import type { Scale } from './pixels.ts';
import { scales } from './pixels.ts';

interface ImageSet {
  images: Uint8Array;
  labels: Uint8Array;
}

interface BatchesCase {
  train: ImageSet;
  test: ImageSet;
  batch: number;
  /** Sizes are told in a list of this length. */
  mostBatches: number;
}

interface Rules {
  sizes(count: number, batch: number): number[];
  testSizes(count: number, batch: number): number[];
  scale: Scale;
  /** From which place of an image a pixel comes, in training and in testing. */
  from: Arrangement;
  testFrom: Arrangement;
  label(labels: Uint8Array, i: number): number;
  /** Training images in another order than the set's; in another one the second time; test images alone. */
  shuffled: readonly [number, number, number];
}

const sizesOf = (count: number, batch: number) =>
  Array.from({ length: Math.ceil(count / batch) }, (_, i) => Math.min(batch, count - i * batch));

/** The answer: sizes of the batches and images that do not come; then every set in its own order, and what is shuffled. */
export const imageBatches: Program<BatchesCase, Rules> = {
  right: {
    sizes: sizesOf,
    testSizes: sizesOf,
    scale: scales.right,
    from: arrangements.asStored,
    testFrom: arrangements.asStored,
    label: (labels, i) => labels[i]!,
    shuffled: [1, 1, 0],
  },
  run({ train, test, batch, mostBatches }, rules) {
    const padded = (sizes: readonly number[]) => arrayOf(Array.from({ length: mostBatches }, (_, i) => sizes[i] ?? 0));
    const labels = (set: ImageSet) => arrayOf(Array.from(set.labels, (_, i) => rules.label(set.labels, i)));
    const [trainSizes, testSizes] = [
      rules.sizes(train.labels.length, batch),
      rules.testSizes(test.labels.length, batch),
    ];
    const missing = (sizes: readonly number[], set: ImageSet) => set.labels.length - sizes.reduce((a, b) => a + b, 0);
    return {
      trainSizes: padded(trainSizes),
      testSizes: padded(testSizes),
      missing: arrayOf([missing(trainSizes, train), missing(testSizes, test)]),
      train: tableOf(train, rules.scale, rules.from),
      trainLabels: labels(train),
      test: tableOf(test, rules.scale, rules.testFrom),
      testLabels: labels(test),
      shuffled: arrayOf([...rules.shuffled]),
    };
  },
};

function tableOf({ images, labels }: ImageSet, scale: Scale, from: Arrangement) {
  const pixels = images.length / labels.length;
  const values = new Float64Array(images.length);
  for (let i = 0; i < labels.length; i++) {
    const image = images.subarray(i * pixels, (i + 1) * pixels);
    values.set(arranged(image, Math.sqrt(pixels), from).map(scale(image, images, 255)), i * pixels);
  }
  return makeArray([labels.length, pixels], values);
}

const wrong = mistake<Rules>;

/** The sizes of the batches. */
const sized = mistakeMaker((sizes: Rules['sizes']) => replacing<Rules>({ sizes, testSizes: sizes }));

/** Pixels at other places. */
const moved = mistakeMaker((from: Arrangement) => replacing<Rules>({ from, testFrom: from }));

/** A mistake of training and testing, and the same in some of them alone. */
const alsoIn = (whole: Mistake<Rules>, ...places: readonly ('training' | 'testing')[]): Mistake<Rules>[] => [
  whole,
  ...places.map((place) =>
    wrong(`${whole.id}-in-${place}`, `${whole.title}, in ${place}`, whole.advice, (right) => {
      const { sizes, from, testSizes, testFrom } = whole.apply(right);
      return place === 'training' ? { sizes, from } : { testSizes, testFrom };
    }),
  ),
];

const sameWhite = 'White is 255 in every image, whatever its brightest pixel is: divide by 255.';

export const imageBatchMistakes: readonly Mistake<Rules>[] = [
  ...[
    sized(
      'drop-last',
      'the last, smaller batch is left out',
      'Keep the images that do not fill a batch.',
      (count, batch) => sizesOf(count, batch).filter((size) => size === batch),
    ),
    sized('batch-32', 'batches of 32', 'Use the size that is passed in; 64 is the default.', (count) =>
      sizesOf(count, 32),
    ),
    sized('one-batch', 'all images in one batch', 'Cut the images into batches of the size asked for.', (count) => [
      count,
    ]),
  ].flatMap((one) => alsoIn(one, 'training')),
  wrong('by-256', 'divided by 256', 'White is 255: divide by 255.', { scale: scales.oneTooMany }),
  wrong('by-largest', 'divided by the largest pixel of the set', sameWhite, { scale: scales.byLargest }),
  wrong('by-own-largest', 'every image divided by its own largest pixel', sameWhite, { scale: scales.byOwnMaximum }),
  wrong('not-scaled', 'pixels from 0 to 255', 'Divide the pixels by 255.', { scale: scales.unscaled }),
  wrong('centred', 'pixels from −1 to 1', 'The sheet asks for pixels from 0 to 1: divide by 255, subtract nothing.', {
    scale: scales.symmetric,
  }),
  wrong('inverted', 'black and white exchanged', 'Keep 0 as 0.', { scale: scales.inverted }),
  ...[
    moved(
      'transposed',
      'images are transposed',
      'Rows and columns are exchanged, the images are transposed: pixel (row, column) is byte 28·row + column.',
      arrangements.transposed,
    ),
    moved(
      'mirrored',
      'images are mirrored',
      'Left and right are exchanged: keep the pixels of a row in their order.',
      arrangements.mirrored,
    ),
    moved(
      'upside-down',
      'images stand on their heads',
      'The first row of bytes is the top of the image.',
      arrangements.upsideDown,
    ),
  ].flatMap((one) => alsoIn(one, 'training', 'testing')),
  wrong('labels-apart', 'labels in another order than the images', 'Move images and labels together.', {
    label: (labels, i) => labels[(i + 1) % labels.length]!,
  }),
  wrong('labels-from-one', 'labels from 1 to 10', 'Labels are 0 to 9.', { label: (labels, i) => labels[i]! + 1 }),
  wrong('never-shuffled', 'training images are not shuffled', 'Shuffle the training images.', { shuffled: [0, 0, 0] }),
  wrong(
    'shuffled-once',
    'training images come in the same order in every epoch',
    'Shuffle anew whenever the batches are gone through.',
    { shuffled: [1, 0, 0] },
  ),
  wrong(
    'test-instead',
    'test images are shuffled, training images are not',
    'Shuffle the training images; the others can stay.',
    { shuffled: [0, 0, 1] },
  ),
];
