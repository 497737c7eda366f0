/**
 * Small trainings whose end is known to the last digits, whatever order the examples come in: with one mini-batch for each
 * epoch, with equal pairs, or with steps so small that their order does not count.
 */
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { backprop, rightRules } from '../../mistakes/mlp/backprop.ts';
import { scaleMat, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Desk } from '../../check.ts';
import type { Data } from './training-run.ts';
import { drawData, startNet } from './training-run.ts';

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

export function lessonsOf(desk: Desk): Lesson[] {
  const { train } = drawData(desk);
  const start = startNet(desk);
  const pairs = (count: number, of = (i: number) => i): Data => {
    const at = Array.from({ length: count }, (_, i) => of(i));
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
      start: desk.shareWithAll('numpy-mlp-digits/learned', () => learned(start, few)),
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
  let net: MlpCase = { ...start, X: x, Y: t };
  for (let step = 0; step < 250; step++) net = stepped(net, 2);
  return { ...net, W: net.W.map((W) => W.map((row) => row.map(Math.fround))), b: net.b.map((b) => b.map(Math.fround)) };
}

function stepped(net: MlpCase, rate: number): MlpCase {
  const { W, b } = backprop(net, rightRules);
  return {
    ...net,
    W: net.W.map((rows, l) => zipMat(rows, scaleMat(W[l]!, rate), (w, g) => w - g)),
    b: net.b.map((bias, l) => bias.map((v, j) => v - rate * b[l]![j]!)),
  };
}

/** Where right gradients lead, as means over the mini-batch or as sums: every weight and bias, minus its start. */
export function rightWay(lesson: Lesson, epoch: readonly number[][], rate: number, sums: boolean): number[] {
  const { start, data } = lesson;
  let net = start;
  for (let e = 0; e < lesson.epochs; e++) {
    for (const batch of epoch) {
      const at = { ...net, X: batch.map((i) => data.x[i]!), Y: batch.map((i) => data.t[i]!) };
      net = stepped(at, sums ? rate * batch.length : rate);
    }
  }
  return net.W.flatMap((W, l) => [
    ...W.flat().map((w, i) => w - start.W[l]!.flat()[i]!),
    ...net.b[l]!.map((v, j) => v - start.b[l]![j]!),
  ]);
}
