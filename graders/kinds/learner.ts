/**
 * A student's network with its training loop, as the grader uses them: made with given weights, stepped with a mini-batch, asked
 * for predictions, read, trained. What is wrong with a loop is seen beside a loop of the grader's around the same steps.
 */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import type { CheckContext } from '../check.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Arg, Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { inDigits } from '../numerics/digits.ts';
import { arrayFrom, fieldOf, numberOf } from '../values.ts';
import type { EarlierPart } from './own-parts.ts';
import type { Handle } from './student-objects.ts';

/** Inputs with their targets in rows, and the classes of the targets. */
export interface Data {
  x: Mat;
  t: Mat;
  digits: number[];
}

export type Batch = readonly [inputs: NdArray, targets: NdArray];

export interface Learner {
  /** A network of the student's with these weights. */
  make(guest: Guest, start: MlpCase): Promise<Handle>;
  /** What an update with a mini-batch returns. */
  step(guest: Guest, net: Handle, batch: Batch, lr: number): Promise<Value>;
  predict(guest: Guest, net: Handle, x: Mat): Promise<Value>;
  /** How far every weight and bias has moved from these. */
  way(guest: Guest, net: Handle, start: MlpCase): Promise<number[]>;
  /** What the student's loop returns. */
  train(guest: Guest, net: Handle, data: Data, options: Readonly<Record<string, Arg>>): Promise<Value>;
  /** One epoch of the student's own mini-batches. */
  batches(guest: Guest, data: Data, rng: Arg, size: number): Promise<Batch[]>;
  /** The learning rate that stands for 1, whatever convention the student's gradients follow. */
  rate(context: CheckContext, guest: Guest): Promise<number>;
}

/** A training that is judged: by whom, from where, on what, and how long. */
export interface Training {
  /** Of the task: names what is shared and drawn for it. */
  task: string;
  learner: Learner;
  start(context: CheckContext): MlpCase;
  data(context: CheckContext): { train: Data; test: Data };
  epochs: number;
  minibatchSize: number;
  /** What shows that it has learned: the loss afterwards, as a share of that before, and the share of new examples recognised. */
  goals: { lossRatio: number; accuracy: number };
  /** What the loop builds on, and what its mini-batches are called where they are paid for. */
  builtOn: {
    parts: readonly EarlierPart[];
    batches: { task: string; areRight(context: CheckContext): Promise<boolean> };
  };
}

/** Random numbers of every full-rate training: with equal seeds a program goes the same way again. */
export const trainingSeed = 6;

/** The examples in these places as a mini-batch. */
export const batchAt = ({ x, t }: Data, places: readonly number[]): Batch => [
  arrayOf(places.map((i) => x[i]!)),
  arrayOf(places.map((i) => t[i]!)),
];

interface OurLoop {
  learner: Learner;
  lr: number;
  epochs: number;
  batches(epoch: number): Promise<readonly Batch[]>;
  afterStep?(): Promise<void>;
}

/** A loop of ours around the student's own steps: what each step of each epoch returned. */
export async function ourLoop(
  guest: Guest,
  net: Handle,
  { learner, lr, epochs, batches, afterStep }: OurLoop,
): Promise<{ returned: Value[][]; last: Batch | undefined }> {
  const returned: Value[][] = [];
  let last: Batch | undefined;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const row: Value[] = [];
    for (const batch of await batches(epoch)) {
      row.push(await learner.step(guest, net, batch, lr));
      await afterStep?.();
      last = batch;
    }
    returned.push(row);
  }
  return { returned, last };
}

/** The loss in what a step returned; NaN where there is none. */
export const lossIn = (returned: Value): number => numberOf(fieldOf(returned, 'loss')) ?? NaN;

export const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** A loss for a reader. */
export const short = inDigits(3);

/** A series of the history, by name; a bare list is taken for the loss. */
export const seriesOf = (history: Value, name: 'loss' | 'accuracy'): number[] | undefined => {
  const series = arrayFrom(fieldOf(history, name)) ?? (name === 'loss' ? arrayFrom(history) : undefined);
  return series?.shape.length === 1 ? [...series.data] : undefined;
};
