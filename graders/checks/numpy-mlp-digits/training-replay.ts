/** The losses that a right training loop collects with the student's own parts, wrong as they may be. */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import type { Desk } from '../../check.ts';
import type { Arg, Guest, NdArray } from '../../model.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { fieldOf, isHandle, numberOf } from '../../values.ts';
import { partsOf } from './epoch.ts';
import { makeNet } from './mlp-forward.ts';
import type { Data } from './training-run.ts';
import { drawData, epochs, minibatchSize, pairsOf, rateFor, startNet } from './training-run.ts';
import { backwardNames } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';

export interface Replay {
  /** The loss that the student's backward returned on average in every epoch, at full learning rate. */
  losses: number[];
  /** The loss that it returned for the first mini-batch. */
  firstLoss: number;
}

/** Trains with a loop of ours; `ownBatches`: with mini-batches of the student's `minibatches` instead of ours. */
export const replay = (desk: Desk, ownBatches: boolean): Promise<Replay> =>
  desk.share(`3.6/replay/${ownBatches}`, async () => {
    const guest = await desk.guest();
    const lr = await rateFor(desk, guest);
    const { mlp } = await makeNet(guest, startNet(desk));
    const { train } = drawData(desk);
    const rng = await guest.make({ kind: 'rng', seed: 7 });
    const random = desk.random('3.6.order');
    const means: number[] = [];
    let firstLoss: number | undefined;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const losses: number[] = [];
      const batches = ownBatches ? await batchesOf(guest, train, rng) : ourBatches(random, train);
      for (const [inputs, targets] of batches) {
        const got = await callAny(guest, mlp, backwardNames, [inputs, targets, lr]);
        losses.push(numberOf(fieldOf(got, 'loss')) ?? NaN);
      }
      firstLoss ??= losses[0];
      means.push(losses.reduce((sum, v) => sum + v, 0) / losses.length);
    }
    return { losses: means, firstLoss: firstLoss ?? NaN };
  });

function ourBatches(random: Random, { x, t }: Data): [NdArray, NdArray][] {
  const order = random.permutation(x.length);
  return Array.from({ length: Math.ceil(x.length / minibatchSize) }, (_, k) => {
    const chosen = order.slice(k * minibatchSize, (k + 1) * minibatchSize);
    const rows = (from: Mat) => arrayOf(chosen.map((i) => from[i]!));
    return [rows(x), rows(t)];
  });
}

/** One epoch of the student's own generator; mini-batches that cannot be read are left out. */
export async function batchesOf(
  guest: Guest,
  train: Data,
  rng: Arg,
  size = minibatchSize,
): Promise<[NdArray, NdArray][]> {
  const generator = { module: 'data.ts', name: 'minibatches' };
  const { value } = await guest.call(generator, [pairsOf(train), size, rng], { keep: 'handle' });
  const batches = isHandle(value) ? await guest.take(value.id, train.x.length) : [];
  return batches.map(partsOf).filter((parts): parts is [NdArray, NdArray] => !parts.includes(undefined));
}
