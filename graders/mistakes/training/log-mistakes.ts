/**
 * The accuracies that a training logs after every epoch, as a program with exchangeable rules, and what is known to go wrong
 * there. The gradient is summed over the batch, and a last incomplete batch is left out.
 */
import type { VariantFamily } from '../../key.ts';
import type { Mistake } from '../program.ts';
import { mistake } from '../program.ts';
import type { Course, CourseRules, Rows } from './course.ts';
import { accuracyOf, cut, everyPlace, inOrder, netsOf } from './course.ts';

export interface LogRules extends CourseRules {
  /** What is logged of the accuracies after every epoch. */
  log(accuracies: number[]): number[];
}

export const rightLog: LogRules = { ...inOrder, log: (accuracies) => accuracies };

/** The same batches from the last one to the first. */
export const fromTheEnd: LogRules = { ...rightLog, batches: (places, size) => cut(places, size).reverse() };

/** The accuracies that these rules log. */
export function logOf(course: Course, rules: LogRules = rightLog): { train: number[]; test: number[] } {
  const nets = netsOf(course, rules);
  const side = (rows: Rows) => rules.log(nets.map((net) => accuracyOf(net, rows)));
  const used = cut(rules.used(course.train.X.length), course.batchSize).flat();
  const train = { X: used.map((place) => course.train.X[place]!), Y: used.map((place) => course.train.Y[place]!) };
  return { train: side(train), test: side(course.test) };
}

const m = mistake<LogRules>;

const halved = (batches: readonly number[][]) => batches.slice(0, Math.ceil(batches.length / 2));

/** Mistakes that show whether an epoch is one batch or several. */
export const epochMistakes: readonly Mistake<LogRules>[] = [
  m('twice', 'every image twice in an epoch', 'Go through the training images once in every epoch.', {
    batches: (images, size) => [...cut(images, size), ...cut(images, size)],
  }),
  m(
    'decays-as-one-over-t',
    'a learning rate divided by the number of the epoch',
    'Keep eta as it is: no schedule is asked for.',
    {
      rate: (eta, { epoch }) => eta / (epoch + 1),
    },
  ),
  m(
    'mean',
    'the mean over the batch instead of the sum',
    'The given class sums the gradient over the batch: leave eta as it is.',
    {
      rate: (eta, { samples }) => eta / samples,
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
export const logFamilies: readonly (Omit<VariantFamily<never>, 'compute'> & {
  rules(value: number): LogRules;
})[] = [
  {
    id: 'decays',
    title: 'a learning rate that shrinks from epoch to epoch',
    advice: (value) =>
      `Your learning rate is multiplied by ${value} after every epoch: keep eta as it is, no schedule is asked for.`,
    values: [0.5, 0.8, 0.9, 0.95, 0.98, 0.99],
    rules: (value) => ({ ...rightLog, rate: (eta, { epoch }) => eta * value ** epoch }),
  },
  {
    id: 'stops-early',
    title: 'no training after some epochs',
    advice: (value) => `Nothing is trained after ${value} epochs: train in every epoch, and log what it has led to.`,
    values: [1, 2, 3, 4],
    rules: (value) => ({ ...rightLog, rate: (eta, { epoch }) => (epoch < Math.round(value) ? eta : 0) }),
  },
];

/** Mistakes that leave images out of the steps, seen where all of them share one. */
export const imageMistakes: readonly Mistake<LogRules>[] = [
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
export const batchMistakes: readonly Mistake<LogRules>[] = [
  m('half-of-the-set', 'half of the training images', 'Train on all images: the second half of them is never used.', {
    used: (count) => everyPlace(count).slice(0, count / 2),
  }),
  m(
    'other-half-of-the-set',
    'the other half of the training images',
    'Train on all images: the first half of them is never used.',
    {
      used: (count) => everyPlace(count).slice(count / 2),
    },
  ),
  m(
    'every-second-image',
    'every second training image',
    'Train on all images: every second one of them is never used.',
    {
      used: (count) => everyPlace(count).filter((place) => place % 2 === 0),
    },
  ),
  m('every-second-batch', 'every second batch only', 'Take a step for every batch.', {
    batches: (images, size) => cut(images, size).filter((_, i) => i % 2 === 0),
  }),
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
