/**
 * A course of training as a program with exchangeable rules: what an epoch trains on, which samples share a step, along what it
 * goes and how far. Everything that a training shows (logs, scores, losses, weights) is read off the steps that are taken here.
 */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Gradients, MlpCase } from '../mlp/backprop.ts';
import { backprop, forwardPass, rightRules } from '../mlp/backprop.ts';

/** Rows of inputs with what is asked of them, e.g. bit vectors. */
export interface Rows {
  X: Mat;
  Y: Mat;
}

export interface Course {
  /** The network before the first step; its reduction says whether a step follows the sum or the mean over its samples. */
  start: MlpCase;
  train: Rows;
  test: Rows;
  batchSize: number;
  /** Of the test set, where it is another one. */
  testBatchSize?: number;
  epochs: number;
  eta: number;
}

/** Where in the course a step is taken, and with how many samples. */
interface StepAt {
  epoch: number;
  /** Steps of this epoch that were taken before. */
  step: number;
  samples: number;
  batchSize: number;
}

export interface CourseRules {
  epochs(asked: number): number;
  /** What an epoch trains on, in this order. */
  trainsOn(train: Rows, test: Rows, epoch: number): Rows;
  /** The places of the samples that are used. */
  used(count: number): number[];
  /** The places of the samples of every step, in order. */
  batches(places: number[], size: number, epoch: number): number[][];
  /** The place of the label that stands beside a sample. */
  label(place: number, count: number): number;
  /** The gradients at this network, for the rows that it holds. */
  gradients(net: MlpCase): Gradients;
  /** What is stepped along: from these gradients and what was stepped along before, undefined at first. */
  along(now: Gradients, before: Gradients | undefined): Gradients;
  rate(eta: number, at: StepAt): number;
  /** Whether steps are taken on the test set too, once it has been tested. */
  learnsFromTests: boolean;
}

export const everyPlace = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

/** The samples in these places, `size` at a time; a last incomplete batch is left out. */
export const cut = (places: readonly number[], size: number): number[][] =>
  Array.from({ length: Math.floor(places.length / size) }, (_, i) => places.slice(i * size, (i + 1) * size));

/** The same with a last batch that holds the rest. */
export const cutAll = (places: readonly number[], size: number): number[][] =>
  Array.from({ length: Math.ceil(places.length / size) }, (_, i) => places.slice(i * size, (i + 1) * size));

/** Plain gradient descent on all whole batches, in the order of the samples. */
export const inOrder: CourseRules = {
  epochs: (asked) => asked,
  trainsOn: (train) => train,
  used: everyPlace,
  batches: cut,
  label: (place) => place,
  gradients: (net) => backprop(net, rightRules),
  along: (now) => now,
  rate: (eta) => eta,
  learnsFromTests: false,
};

interface Epoch {
  /** The network before each step, holding the rows of that step. */
  steps: MlpCase[];
  /** The network after the last step. */
  net: MlpCase;
}

/** Epoch after epoch, each before the test set is learned from (if ever); in the end the network as it is left. */
export function* walk(course: Course, rules: CourseRules): Generator<Epoch, MlpCase> {
  const { start, batchSize, testBatchSize = batchSize, eta } = course;
  let net = start;
  let before: Gradients | undefined;
  const learn = (rows: Rows, batches: readonly number[][], epoch: number): MlpCase[] =>
    batches.map((places, step) => {
      const X = places.map((place) => rows.X[place]!);
      const Y = places.map((place) => rows.Y[rules.label(place, rows.X.length)]!);
      const at = { ...net, X, Y };
      before = rules.along(rules.gradients(at), before);
      net = moved(net, before, rules.rate(eta, { epoch, step, samples: X.length, batchSize }));
      return at;
    });
  for (let epoch = 0; epoch < rules.epochs(course.epochs); epoch++) {
    const rows = rules.trainsOn(course.train, course.test, epoch);
    const steps = learn(rows, rules.batches(rules.used(rows.X.length), batchSize, epoch), epoch);
    yield { steps, net };
    if (rules.learnsFromTests) learn(course.test, cutAll(everyPlace(course.test.X.length), testBatchSize), epoch);
  }
  return net;
}

const moved = (net: MlpCase, { W, b }: Gradients, rate: number): MlpCase => ({
  ...net,
  W: net.W.map((rows, l) => zipMat(rows, W[l]!, (w, g) => w - rate * g)),
  b: net.b.map((row, l) => row.map((w, j) => w - rate * b[l]![j]!)),
});

/** The networks after every epoch. */
export const netsOf = (course: Course, rules: CourseRules = inOrder): MlpCase[] =>
  Array.from(walk(course, rules), ({ net }) => net);

/** What the classes get before the softmax, which keeps their order. */
export const scoresOf = (net: MlpCase, X: Mat): Mat =>
  forwardPass({ ...net, X, Y: [] }, { ...rightRules, output: (z) => z }).a.at(-1)!;

const largest = (row: readonly number[]) => row.indexOf(Math.max(...row));

/** The share of rows whose most probable class is their label. */
export const accuracyOf = (net: MlpCase, { X, Y }: Rows): number =>
  scoresOf(net, X).filter((row, n) => Y[n]![largest(row)] === 1).length / X.length;
