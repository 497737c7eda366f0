/**
 * Courses of training that end alike for everybody: softmax without hidden layers, from first weights of almost 0. The test
 * images are so many, and lie so near the border of two classes, that the accuracies tell the weights after every epoch.
 */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Course, CourseRules } from '../mistakes/training/course.ts';
import { accuracyOf, cut, everyPlace, inOrder, netsOf, scoresOf } from '../mistakes/training/course.ts';
import { logOf } from '../mistakes/training/log-mistakes.ts';
import type { Random } from '../numerics/random.ts';

export interface CourseDesign {
  /** The two digits that the training images show, as many of each: then the border between them runs among the images from the start. */
  digits: readonly [number, number];
  images: number;
  pixels: number;
  /** 120 test images are whole batches of it, too. */
  batchSize: number;
  epochs: number;
  /** The learning rate of the course, and others with which it has to have one right log as well. */
  eta: number;
  otherEtas?: readonly number[];
  /** Whether the test accuracy falls over the epochs, or rises. */
  falls: boolean;
}

const classes = 10;
const testImages = 120;
/** The likeliest class is ahead by this much before the softmax: single precision, or first weights of 1e-9, exchange nothing. */
const clear = 1e-3;
/** The test accuracy goes this far, so that a tenth of the learning rate shows. */
const far = 0.3;
const mostTries = 100;

/** A course in whose log every single training image shows. */
export function drawCourse(random: Random, design: CourseDesign): Course {
  for (let i = 0; i < mostTries; i++) {
    const course = tryCourse(random.fork(`course ${i}`), design);
    if (course !== undefined && everyImageShows(course)) return course;
  }
  throw new RangeError(`no course of ${design.images} images shows every one of them`);
}

function tryCourse(random: Random, design: CourseDesign): Course | undefined {
  const { digits, images, pixels, batchSize, epochs, eta, otherEtas = [], falls } = design;
  const row = () => Array.from({ length: pixels }, () => Math.fround(random.uniform(0, 1)));
  const direction = Array.from({ length: pixels }, () => random.normal());
  const drawn = Array.from({ length: images }, () => ({ x: row(), noise: random.normal(0, 0.2) }));
  const grades = drawn.map(({ x, noise }) => x.reduce((sum, v, j) => sum + v * direction[j]!, noise));
  const median = [...grades].sort((a, b) => a - b)[images / 2]!;
  const X = drawn.map(({ x }) => x);
  const train = { X, Y: grades.map((grade) => bits(digits[grade < median ? 0 : 1])) };
  const pool = Array.from({ length: 2 * testImages }, row);

  // All test images get the label of one digit: how many of them are taken for it says where the border runs.
  const courseFor = (shown: number, rows: Mat): Course => {
    const test = { X: rows, Y: rows.map(() => bits(shown)) };
    return { start: untrained(pixels), train, test, batchSize, epochs, eta };
  };
  const nets = [eta, ...otherEtas].flatMap((rate) => netsOf({ ...courseFor(digits[0], pool), eta: rate }));
  if (!clearRows(nets, X).every(Boolean)) return undefined;
  const clearly = clearRows(nets, pool);
  const rows = pool.filter((_, n) => clearly[n]).slice(0, testImages);
  if (rows.length < testImages) return undefined;
  const found = digits.map((shown) => courseFor(shown, rows));
  return found.find((course) => goesFar(logOf(course).test, falls));
}

function goesFar(accuracies: readonly number[], falls: boolean): boolean {
  const way = accuracies.at(-1)! - accuracies[0]!;
  return (falls ? -way : way) >= far;
}

const bits = (label: number) => Array.from({ length: classes }, (_, k) => Number(k === label));

const untrained = (pixels: number): MlpCase => ({
  W: [Array.from({ length: pixels }, () => new Array<number>(classes).fill(0))],
  b: [new Array<number>(classes).fill(0)],
  hidden: 'sigmoid',
  output: 'softmax-cce',
  X: [],
  Y: [],
  reduction: 'sum',
});

/** Which of these images have a clear winner for all of these weights. */
function clearRows(nets: readonly MlpCase[], X: Mat): boolean[] {
  const clears = nets.map((net) =>
    scoresOf(net, X).map((row) => {
      const [first, second] = [...row].sort((a, b) => b - a);
      return first! > second! + clear;
    }),
  );
  return X.map((_, n) => clears.every((net) => net[n]));
}

/** Whether the training ends with another test accuracy, by two images or more, without any single one of the training images. */
function everyImageShows(course: Course): boolean {
  const endOf = (batches: CourseRules['batches']) =>
    accuracyOf(netsOf(course, { ...inOrder, batches }).at(-1)!, course.test);
  const right = endOf(inOrder.batches);
  return everyPlace(course.train.X.length).every((left) => {
    const end = endOf((images, size) => cut(images, size).map((batch) => batch.filter((image) => image !== left)));
    return Math.abs(end - right) * testImages > 1.5;
  });
}
