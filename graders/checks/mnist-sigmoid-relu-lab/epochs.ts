/**
 * Whole epochs of training as a program with exchangeable rules: which images share a step, how large it is, what is logged.
 * The gradient of the cross-entropy is summed over the batch, as in the given class.
 */
import { backprop, forwardPass, rightRules as rightGradient } from '../../mistakes/mlp/backprop.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Mistake } from '../../mistakes/program.ts';
import { mistake } from '../../mistakes/program.ts';
import type { VariantFamily } from '../../key.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';

/** Rows of pixels with their bit vectors. */
export interface Rows {
  X: Mat;
  Y: Mat;
}

export interface Course {
  start: MlpCase;
  train: Rows;
  test: Rows;
  batchSize: number;
  epochs: number;
  eta: number;
}

export interface EpochRules {
  /** The training images that are used, for steps and for the accuracy. */
  used(count: number): number[];
  /** The images of every step, in order. */
  batches(images: number[], size: number, epoch: number): number[][];
  /** The label that stands beside an image. */
  label(image: number, count: number): number;
  /** The factor of the gradient that is summed over `size` images. */
  rate(eta: number, epoch: number, size: number): number;
  /** What is logged of the accuracies after every epoch. */
  log(accuracies: number[]): number[];
}

export interface CourseLog {
  train: number[];
  test: number[];
}

export const allImages = (count: number): number[] => Array.from({ length: count }, (_, image) => image);

/** The images in these places, `size` at a time; a last incomplete batch is left out. */
export const cut = (images: readonly number[], size: number): number[][] =>
  Array.from({ length: Math.floor(images.length / size) }, (_, i) => images.slice(i * size, (i + 1) * size));

export const inOrder: EpochRules = {
  used: allImages,
  batches: cut,
  label: (image) => image,
  rate: (eta) => eta,
  log: (accuracies) => accuracies,
};

/** The weights after every epoch. */
export function courseOf({ start, train, batchSize, epochs, eta }: Course, rules: EpochRules): MlpCase[] {
  const count = train.X.length;
  const nets: MlpCase[] = [];
  let net = start;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const images of rules.batches(rules.used(count), batchSize, epoch)) {
      const X = images.map((image) => train.X[image]!);
      const Y = images.map((image) => train.Y[rules.label(image, count)]!);
      net = stepped(net, { X, Y }, rules.rate(eta, epoch, images.length));
    }
    nets.push(net);
  }
  return nets;
}

function stepped(net: MlpCase, { X, Y }: Rows, rate: number): MlpCase {
  const { W, b } = backprop({ ...net, X, Y, reduction: 'sum' }, rightGradient);
  return {
    ...net,
    W: net.W.map((rows, l) => rows.map((row, i) => row.map((w, j) => w - rate * W[l]![i]![j]!))),
    b: net.b.map((row, l) => row.map((w, j) => w - rate * b[l]![j]!)),
  };
}

/** The accuracies that these rules log. */
export function logOf(course: Course, rules: EpochRules): CourseLog {
  const nets = courseOf(course, rules);
  const side = (rows: Rows) => rules.log(nets.map((net) => accuracyOf(net, rows)));
  const used = cut(rules.used(course.train.X.length), course.batchSize).flat();
  const train = { X: used.map((image) => course.train.X[image]!), Y: used.map((image) => course.train.Y[image]!) };
  return { train: side(train), test: side(course.test) };
}

/** What the classes get before the softmax, which keeps their order. */
export const scoresOf = (net: MlpCase, X: Mat): Mat =>
  forwardPass({ ...net, X, Y: [] }, { ...rightGradient, output: (z) => z }).a.at(-1)!;

const largest = (row: readonly number[]) => row.indexOf(Math.max(...row));

/** The share of rows whose most probable class is their label. */
export const accuracyOf = (net: MlpCase, { X, Y }: Rows): number =>
  scoresOf(net, X).filter((row, n) => Y[n]![largest(row)] === 1).length / X.length;

/** The same batches from the last one to the first. */
export const fromTheEnd: EpochRules = { ...inOrder, batches: (images, size) => cut(images, size).reverse() };

const m = mistake<EpochRules>;

const halved = (batches: readonly number[][]) => batches.slice(0, Math.ceil(batches.length / 2));

/** Mistakes that show whether an epoch is one batch or several. */
export const epochMistakes: readonly Mistake<EpochRules>[] = [
  m('twice', 'every image twice in an epoch', 'Go through the training images once in every epoch.', {
    batches: (images, size) => [...cut(images, size), ...cut(images, size)],
  }),
  m(
    'decays-as-one-over-t',
    'a learning rate divided by the number of the epoch',
    'Keep eta as it is: no schedule is asked for.',
    {
      rate: (eta, epoch) => eta / (epoch + 1),
    },
  ),
  m(
    'mean',
    'the mean over the batch instead of the sum',
    'The given class sums the gradient over the batch: leave eta as it is.',
    {
      rate: (eta, _, size) => eta / size,
    },
  ),
  m(
    'best-so-far',
    'the best accuracy so far in place of that of the epoch',
    'Log the accuracy of every epoch as it is, lower ones too.',
    {
      log: (accuracies) => accuracies.map((_, epoch) => Math.max(...accuracies.slice(0, epoch + 1))),
    },
  ),
  m('labels-reversed', 'labels in another order than their images', 'Keep every label beside its image.', {
    label: (image, count) => count - 1 - image,
  }),
];

/** Mistakes with a number of their own. */
export const epochFamilies: readonly (Omit<VariantFamily<never>, 'compute'> & {
  rules(value: number): EpochRules;
})[] = [
  {
    id: 'decays',
    title: 'a learning rate that shrinks from epoch to epoch',
    advice: (value) =>
      `Your learning rate is multiplied by ${value} after every epoch: keep eta as it is, no schedule is asked for.`,
    values: [0.5, 0.8, 0.9, 0.95, 0.98, 0.99],
    rules: (value) => ({ ...inOrder, rate: (eta, epoch) => eta * value ** epoch }),
  },
  {
    id: 'stops-early',
    title: 'no training after some epochs',
    advice: (value) => `Nothing is trained after ${value} epochs: train in every epoch, and log what it has led to.`,
    values: [1, 2, 3, 4],
    rules: (value) => ({ ...inOrder, rate: (eta, epoch) => (epoch < Math.round(value) ? eta : 0) }),
  },
];

/** Mistakes that leave images out of the steps, seen where all of them share one. */
export const imageMistakes: readonly Mistake<EpochRules>[] = [
  m(
    'first-half',
    'steps with the first half of the training images only',
    'Train on all images: the second half of them is in no step.',
    {
      batches: (images) => [images.slice(0, images.length / 2)],
    },
  ),
  m(
    'second-half',
    'steps with the second half of the training images only',
    'Train on all images: the first half of them is in no step.',
    {
      batches: (images) => [images.slice(images.length / 2)],
    },
  ),
  m('without-last', 'steps without the last training image', 'Train on all images: the last one is in no step.', {
    batches: (images) => [images.slice(0, -1)],
  }),
  m('without-first', 'steps without the first training image', 'Train on all images: the first one has index 0.', {
    batches: (images) => [images.slice(1)],
  }),
];

/** Mistakes in what a batch is, and in which of them are used; seen where an epoch has several. */
export const batchMistakes: readonly Mistake<EpochRules>[] = [
  m('half-of-the-set', 'half of the training images', 'Train on all images: the second half of them is never used.', {
    used: (count) => allImages(count).slice(0, count / 2),
  }),
  m(
    'other-half-of-the-set',
    'the other half of the training images',
    'Train on all images: the first half of them is never used.',
    {
      used: (count) => allImages(count).slice(count / 2),
    },
  ),
  m('first-batch', 'the first batch of every epoch only', 'Take a step for every batch.', {
    batches: (images, size) => cut(images, size).slice(0, 1),
  }),
  m('half-of-the-batches', 'the first half of the batches only', 'Take a step for every batch.', {
    batches: (images, size) => halved(cut(images, size)),
  }),
  m('without-last-batch', 'without the last batch', 'Take a step for every batch: the loop ends one too early.', {
    batches: (images, size) => cut(images, size).slice(0, -1),
  }),
  m('without-first-batch', 'without the first batch', 'Take a step for every batch: the first one has index 0.', {
    batches: (images, size) => cut(images, size).slice(1),
  }),
  m('whole-batch', 'one step with all images', 'Cut the images into batches of batchSize, and take a step for each.', {
    batches: (images) => [images],
  }),
  m('one-by-one', 'a step for every image', 'Cut the images into batches of batchSize, and take a step for each.', {
    batches: (images) => cut(images, 1),
  }),
];
