/**
 * Small trainings whose end is known to the last digits, whatever order the examples come in: with one mini-batch for each
 * epoch, with equal pairs, or with steps so small that their order does not count.
 */
import type { CheckContext } from '../check.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import { everyPlace, inOrder, netsOf } from '../mistakes/training/course.ts';
import type { Data, Training } from './learner.ts';

export interface Lesson {
  /** How it differs from any other training, for a reader. */
  setting: string;
  start: MlpCase;
  data: Data;
  minibatchSize: number;
  epochs: number;
  /** Learning rate for gradients that are means over the mini-batch. */
  rate: number;
  /** Largest distance from a right end, in ways from the start. */
  room: number;
}

/** Positions of the examples of each mini-batch of one epoch; the last, smaller one may be left out. */
export function epochsOf({ data, minibatchSize }: Lesson): number[][][] {
  const all: number[][] = [];
  for (let from = 0; from < data.x.length; from += minibatchSize) {
    all.push(data.x.slice(from, from + minibatchSize).map((_, i) => from + i));
  }
  const full = all.filter((batch) => batch.length === minibatchSize);
  return full.length === all.length || full.length === 0 ? [all] : [all, full];
}

export function lessonsOf(context: CheckContext, training: Training): Lesson[] {
  const { train } = training.data(context);
  const start = training.start(context);
  const pairs = (count: number, of = (i: number) => i): Data => {
    const at = everyPlace(count).map(of);
    return { x: at.map((i) => train.x[i]!), t: at.map((i) => train.t[i]!), digits: at.map((i) => train.digits[i]!) };
  };
  const few = pairs(6);
  return [
    // Equal pairs: every mini-batch has the same mean gradient. Sums of a smaller last one may come at another time.
    {
      setting: '13 equal pairs, mini-batches of 4, 3 epochs',
      start,
      data: pairs(13, () => 7),
      minibatchSize: 4,
      epochs: 3,
      rate: 0.3,
      room: 1e-2,
    },
    // One mini-batch holds everything: only the order of sums is free.
    {
      setting: '20 pairs in one mini-batch, 6 epochs',
      start,
      data: pairs(20),
      minibatchSize: 20,
      epochs: 6,
      rate: 0.5,
      room: 1e-3,
    },
    // Small steps add up in any order; what is left of the order is of the size of one step.
    {
      setting: '12 pairs, mini-batches of 3, 4 epochs of small steps',
      start,
      data: pairs(12),
      minibatchSize: 3,
      epochs: 4,
      rate: 2e-3,
      room: 0.05,
    },
    // Nothing is left to learn: who stops when it is good enough stops here.
    {
      setting: '6 pairs that the network knows already, 5 epochs',
      start: context.oncePerBatch(`${training.task}/learned`, () => learned(start, few)),
      data: few,
      minibatchSize: 6,
      epochs: 5,
      rate: 0.5,
      room: 2e-2,
    },
  ];
}

/** The network after this many steps of the right gradient on the whole data: its loss is then below 0.02. */
function learned(start: MlpCase, { x, t }: Data): MlpCase {
  const rows = { X: x, Y: t };
  const net = netsOf({ start, train: rows, test: rows, batchSize: x.length, epochs: 250, eta: 2 }).at(-1)!;
  return { ...net, W: net.W.map((W) => W.map((row) => row.map(Math.fround))), b: net.b.map((b) => b.map(Math.fround)) };
}

/** Where right gradients lead, as means over the mini-batch or as sums: every weight and bias, minus its start. */
export function rightWay(lesson: Lesson, epoch: number[][], eta: number, sums: boolean): number[] {
  const { start, data, minibatchSize, epochs } = lesson;
  const rows = { X: data.x, Y: data.t };
  const course = { start, train: rows, test: rows, batchSize: minibatchSize, epochs, eta };
  const rate = (mean: number, { samples }: { samples: number }) => (sums ? mean * samples : mean);
  const net = netsOf(course, { ...inOrder, batches: () => epoch, rate }).at(-1)!;
  return net.W.flatMap((W, l) => [
    ...W.flat().map((w, i) => w - start.W[l]!.flat()[i]!),
    ...net.b[l]!.map((v, j) => v - start.b[l]![j]!),
  ]);
}
