/** What a right training loop reaches with the student's own parts, wrong as they may be. */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import type { Desk } from '../../check.ts';
import type { Arg, Guest, NdArray } from '../../model.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { fieldOf, isHandle, numberOf } from '../../values.ts';
import { partsOf } from './epoch.ts';
import { makeNet } from './mlp-forward.ts';
import { backwardNames, callMethod } from './objects.ts';
import type { Data, Outcome } from './training-run.ts';
import { drawData, epochs, minibatchSize, outcomeOf, pairsOf, rateFor, startNet } from './training-run.ts';

/** What a loop of ours reaches, and the mean of the losses that the student's backward returned in the last epoch. */
export interface Replay {
  outcome: Outcome;
  loss: number;
}

/**
 * The same training with a loop of ours around the student's own MLP.backward, on mini-batches of ours or of the student's:
 * what a right `train` reaches with these parts.
 */
export const replay = (desk: Desk, ownBatches: boolean): Promise<Replay> =>
  desk.share(`3.6/replay/${ownBatches}`, async () => {
    const guest = await desk.guest();
    const { mlp } = await makeNet(guest, startNet(desk));
    const lr = await rateFor(desk, guest);
    const { train } = drawData(desk);
    const rng = await guest.make({ kind: 'rng', seed: 6 });
    const random = desk.random('3.6.order');
    let losses: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      losses = [];
      const batches = ownBatches ? await batchesOf(guest, train, rng) : ourBatches(random, train);
      for (const [inputs, targets] of batches) {
        const got = await callMethod(guest, mlp, backwardNames, [inputs, targets, lr]);
        losses.push(numberOf(fieldOf(got, 'loss')) ?? NaN);
      }
    }
    const outcome = await outcomeOf(desk, guest, mlp);
    return { outcome, loss: losses.reduce((sum, v) => sum + v, 0) / losses.length };
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
async function batchesOf(guest: Guest, train: Data, rng: Arg): Promise<[NdArray, NdArray][]> {
  const generator = { module: 'data.ts', name: 'minibatches' };
  const { value } = await guest.call(generator, [pairsOf(train), minibatchSize, rng], { keep: 'handle' });
  const batches = isHandle(value) ? await guest.take(value.id, train.x.length) : [];
  return batches.map(partsOf).filter((parts): parts is [NdArray, NdArray] => !parts.includes(undefined));
}
