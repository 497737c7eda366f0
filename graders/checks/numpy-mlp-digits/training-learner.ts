/** The training of Question 3.6: the student's MLP on digits that only the grader knows, with settings of the grader. */
import type { CheckContext } from '../../check.ts';
import { digitImages } from '../../data/digit-images.ts';
import { randomRows } from '../../kinds/drawn-rows.ts';
import type { Batch, Data, Learner, Training } from '../../kinds/learner.ts';
import type { Replay } from '../../kinds/learner-batches.ts';
import { replay } from '../../kinds/learner-batches.ts';
import { getLayer } from '../../kinds/stored-layer.ts';
import { callAny } from '../../kinds/student-objects.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Arg, Guest } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { fitScale } from '../../numerics/scale.ts';
import { isHandle } from '../../values.ts';
import { classes, ink, pixels, side } from './digits.ts';
import { partsOf } from '../../kinds/planted-examples.ts';
import { gradientParts, stepParts } from '../../kinds/taped-net.ts';
import { askStep, makeNet, stepOf } from '../../kinds/taped-net-question.ts';
import { backwardNames, forwardNames } from '../../kinds/layer-objects.ts';
import { minibatchesRight } from './minibatches.ts';
import { judgeNetUpdate, network } from './mlp.ts';
import { wrongParts } from '../../kinds/own-parts.ts';

const examples = { train: 500, test: 300 };
const sizes = [pixels, 32, classes] as const;

const learner: Learner = {
  make: async (guest, start) => (await makeNet(guest, start)).mlp,
  step: (guest, net, batch, lr) => callAny(guest, net, backwardNames, [...batch, lr]),
  predict: (guest, net, x) => callAny(guest, net, forwardNames, [arrayOf(x)]),
  way: (guest, net, start) => wayFrom(guest, net.id, start),
  train: async (guest, { id }, data, options) => {
    const args: Arg[] = [{ kind: 'handle', id }, pairsOf(data), { kind: 'record', entries: options }];
    return (await guest.call({ module: 'train', name: 'train' }, args)).value;
  },
  batches: batchesOf,
  rate: rateFor,
};

export const training: Training = {
  task: '3.6',
  learner,
  start: startNet,
  data: drawData,
  epochs: 12,
  minibatchSize: 25,
};

function drawData(context: CheckContext): { train: Data; test: Data } {
  return context.oncePerBatch('numpy-mlp-digits/training', () => {
    const count = examples.train + examples.test;
    const { pixels: grey, labels } = digitImages(context.random('3.6.digits'), count, {
      side,
      levels: ink,
      spread: 0.9,
    });
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
function startNet(context: CheckContext): MlpCase {
  const random = context.random('3.6.weights');
  const W = sizes.slice(1).map((units, l) => randomRows(random, sizes[l]!, units, 0.2));
  const b = sizes.slice(1).map((units) => new Array<number>(units).fill(0));
  return { W, b, hidden: 'sigmoid', output: 'softmax-cce', X: [], Y: [] };
}

const typed = (row: readonly number[]): NdArray =>
  makeArray([row.length], row, { container: 'typed', dtype: 'float32' });

const pairsOf = ({ x, t }: Data): Arg => ({
  kind: 'list',
  items: x.map((row, i): Arg => ({ kind: 'list', items: [typed(row), typed(t[i]!)] })),
});

/** Gradients that are sums need a learning rate that many times smaller: 1 for means, 1/size for sums. */
async function rateFor(context: CheckContext, guest: Guest): Promise<number> {
  const problem = network.alongStep;
  const [net] = context.probes(problem);
  const { W2 } = stepOf((await askStep(guest, net!)).value, net!);
  const size = Math.abs(fitScale(W2!, problem.oracle(net!)['W2']!)?.scale ?? 1);
  return size > Math.sqrt(net!.X.length) ? 1 / training.minibatchSize : 1;
}

/** How far every weight and bias of this network has moved from these. */
async function wayFrom(guest: Guest, mlp: number, start: MlpCase): Promise<number[]> {
  const way: number[] = [];
  for (const [l, W] of start.W.entries()) {
    const layer = { inputs: W.length, units: start.b[l]!.length };
    const now = await getLayer(guest, mlp, `layers.${l}.`, layer);
    const before = [...W.flat(), ...start.b[l]!];
    way.push(...[...now.W.data, ...now.b.data].map((v, i) => v - before[i]!));
  }
  return way;
}

/** One epoch of the student's own generator; mini-batches that cannot be read are left out. */
async function batchesOf(guest: Guest, train: Data, rng: Arg, size: number): Promise<Batch[]> {
  const generator = { module: 'data', name: 'minibatches' };
  const { value } = await guest.call(generator, [pairsOf(train), size, rng], { keep: 'handle' });
  const batches = isHandle(value) ? await guest.take(value.id, train.x.length) : [];
  return batches.map(partsOf).filter((parts): parts is [NdArray, NdArray] => !parts.includes(undefined));
}

const builtOn = [
  ...stepParts(network),
  ...gradientParts(network),
  { task: '3.5', problem: network.update, judges: [judgeNetUpdate] },
];

/** Parts that have lost their marks already, and what a loop of ours does with them; undefined if there are none. */
export async function withOwnParts(context: CheckContext): Promise<{ culprits: string; ours: Replay } | undefined> {
  const batchesRight = await minibatchesRight(context);
  const culprits = [...(batchesRight ? [] : ['2.1g or 2.1h']), ...(await wrongParts(context, builtOn))];
  return culprits.length === 0
    ? undefined
    : { culprits: culprits.join(' and '), ours: await replay(context, training, !batchesRight) };
}
