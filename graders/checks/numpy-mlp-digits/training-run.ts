/** One training run of the student's network on digits that only the grader knows, with settings of the grader. */
import { categoricalCrossEntropy } from '../../../reference/oracles/losses.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import type { Desk } from '../../check.ts';
import { digitImages } from '../../data/digit-images.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Arg, Guest, NdArray, Value } from '../../model.ts';
import { arrayOf, makeArray, rowsOf } from '../../numerics/arrays.ts';
import { fitScale } from '../../numerics/scale.ts';
import { arrayFrom, fieldOf } from '../../values.ts';
import { classes, ink, pixels, side } from './digits.ts';
import { makeNet } from './mlp-forward.ts';
import { askStep, gradients, stepOf } from './mlp-step.ts';
import type { make } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { getLayer } from '../../kinds/stored-layer.ts';
import { randomRows } from '../../kinds/drawn-rows.ts';

export const epochs = 12;
export const minibatchSize = 25;
const examples = { train: 500, test: 300 };
const sizes = [pixels, 32, classes] as const;

export interface Data {
  x: Mat;
  t: Mat;
  digits: number[];
}

/** Predictions on both halves of the data, before or after training. */
export interface Outcome {
  trainLoss: number;
  testAccuracy: number;
}

export interface TrainingRun {
  /** What `train` returned. */
  history: Value;
  /** Whether any weight of the network is another one than before. */
  moved: boolean;
  before: Outcome;
  after: Outcome;
}

export function drawData(desk: Desk): { train: Data; test: Data } {
  return desk.shareWithAll('numpy-mlp-digits/training', () => {
    const count = examples.train + examples.test;
    const { pixels: grey, labels } = digitImages(desk.random('3.6.digits'), count, { side, levels: ink, spread: 0.9 });
    const rows = (from: number, to: number): Data => {
      const at = Array.from({ length: to - from }, (_, i) => from + i);
      return {
        x: at.map((n) => Array.from(grey.subarray(n * pixels, (n + 1) * pixels), (v) => v / ink)),
        t: at.map((n) => Array.from({ length: classes }, (_, k) => (labels[n] === k ? 1 : 0))),
        digits: at.map((n) => labels[n]!),
      };
    };
    return { train: rows(0, examples.train), test: rows(examples.train, count) };
  });
}

/** Starting weights as the sheet suggests them, N(0, 0.2²), the same for everybody. */
export function startNet(desk: Desk): MlpCase {
  const random = desk.random('3.6.weights');
  const W = sizes.slice(1).map((units, l) => randomRows(random, sizes[l]!, units, 0.2));
  const b = sizes.slice(1).map((units) => new Array<number>(units).fill(0));
  return { W, b, hidden: 'sigmoid', output: 'softmax-cce', X: [], Y: [] };
}

const typed = (row: readonly number[]): NdArray =>
  makeArray([row.length], row, { container: 'typed', dtype: 'float32' });

export const pairsOf = ({ x, t }: Data): Arg => ({
  kind: 'list',
  items: x.map((row, i): Arg => ({ kind: 'list', items: [typed(row), typed(t[i]!)] })),
});

/** Gradients that are sums need a learning rate that many times smaller: 1 for means, 1/size for sums. */
export async function rateFor(desk: Desk, guest: Guest): Promise<number> {
  const problem = gradients[1];
  const [net] = desk.probes(problem);
  const { W2 } = stepOf((await askStep(guest, net!)).value, net!);
  const size = Math.abs(fitScale(W2!, problem.oracle(net!)['W2']!)?.scale ?? 1);
  return size > Math.sqrt(net!.X.length) ? 1 / minibatchSize : 1;
}

type Mlp = Awaited<ReturnType<typeof make>>;

/** Loss and accuracy by the student's own `forward`, on digits whose labels stay here. */
export async function outcomeOf(desk: Desk, guest: Guest, mlp: Mlp): Promise<Outcome> {
  const { train, test } = drawData(desk);
  const predict = async (data: Data) => {
    const p = arrayFrom(await callAny(guest, mlp, ['forward', 'call'], [arrayOf(data.x)]));
    return p?.shape.join() === `${data.x.length},${classes}`
      ? rowsOf(p)
      : data.x.map(() => new Array<number>(classes).fill(NaN));
  };
  const p = (await predict(train)).map((row) => row.map((v) => Math.max(v, 1e-12)));
  const losses = categoricalCrossEntropy(p, train.t);
  const right = (await predict(test)).filter((row, i) => row.indexOf(Math.max(...row)) === test.digits[i]).length;
  return { trainLoss: losses.reduce((sum, v) => sum + v, 0) / losses.length, testAccuracy: right / test.digits.length };
}

/** Trains once for all checks of this question. */
export const trainOnce = (desk: Desk): Promise<TrainingRun> =>
  desk.share('3.6/run', async () => {
    const guest = await desk.guest();
    const { mlp } = await makeNet(guest, startNet(desk));
    const before = await outcomeOf(desk, guest, mlp);
    const value = await trainFor(desk, guest, mlp, epochs);
    const moved = (await wayOf(desk, guest, mlp.id)).some((step) => step !== 0);
    return { history: value, moved, before, after: await outcomeOf(desk, guest, mlp) };
  });

/** Random numbers of every full-rate training: with equal seeds a program goes the same way again. */
export const trainingSeed = 6;

/** What `train` returns for this many epochs at full learning rate. */
export async function trainFor(desk: Desk, guest: Guest, mlp: Mlp, count: number): Promise<Value> {
  const rng: Arg = { kind: 'rng', seed: trainingSeed };
  const lr = await rateFor(desk, guest);
  const options: Arg = { kind: 'record', entries: { epochs: count, minibatchSize, lr, rng } };
  const args: Arg[] = [{ kind: 'handle', id: mlp.id }, pairsOf(drawData(desk).train), options];
  return (await guest.call({ module: 'train.ts', name: 'train' }, args)).value;
}

/** How far every weight and bias has moved from the start of the large training. */
export const wayOf = (desk: Desk, guest: Guest, mlp: number): Promise<number[]> => wayFrom(guest, mlp, startNet(desk));

/** How far every weight and bias of this network has moved from these. */
export async function wayFrom(guest: Guest, mlp: number, start: MlpCase): Promise<number[]> {
  const way: number[] = [];
  for (const [l, W] of start.W.entries()) {
    const layer = { inputs: W.length, units: start.b[l]!.length };
    const now = await getLayer(guest, mlp, `layers.${l}.`, layer);
    const before = [...W.flat(), ...start.b[l]!];
    way.push(...[...now.W.data, ...now.b.data].map((v, i) => v - before[i]!));
  }
  return way;
}

/** A loss for a reader. */
export const short = (value: number) => String(Number(value.toPrecision(3)));

/** A series of the history, by name; a bare list is taken for the loss. */
export const seriesOf = (history: Value, name: 'loss' | 'accuracy'): number[] | undefined => {
  const series = arrayFrom(fieldOf(history, name)) ?? (name === 'loss' ? arrayFrom(history) : undefined);
  return series?.shape.length === 1 ? [...series.data] : undefined;
};
