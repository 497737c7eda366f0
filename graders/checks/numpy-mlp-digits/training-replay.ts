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
import type { Data } from './training-run.ts';
import { drawData, epochs, minibatchSize, pairsOf, rateFor, startNet, wayOf } from './training-run.ts';

/** Small steps for a few epochs: then the order of the mini-batches hardly matters, and a wrong gradient does not run away. */
const gentle = { epochs: 3, rate: 0.02 };
/**
 * Right loops with other orders ended at most 0.13 of their way apart, over 17 wrong programs and three seeds; one that uses a
 * single mini-batch ended 0.98 apart.
 */
const apart = 0.3;

/** Whether `train` goes the same way as a loop of ours around the student's own parts; with the losses of our way. */
export interface Replay {
  sameWay: boolean;
  /** Whether `train` can be seen to have made mini-batches: by the way it went, or by the random numbers it has drawn. */
  wentRound: boolean;
  /** The loss that the student's backward returned on average in every epoch, at full learning rate. */
  losses: number[];
  /** The loss that it returned for the first mini-batch. */
  firstLoss: number;
}

/** `ownBatches`: with mini-batches of the student's `minibatches` instead of ours. */
export const replay = (desk: Desk, ownBatches: boolean): Promise<Replay> =>
  desk.share(`3.6/replay/${ownBatches}`, async () => {
    const guest = await desk.guest();
    const rate = await rateFor(desk, guest);
    const small = { epochs: gentle.epochs, lr: gentle.rate * rate };
    const theirs = await makeNet(guest, startNet(desk));
    const rng = await guest.make({ kind: 'rng', seed: 6 });
    const options: Arg = { kind: 'record', entries: { ...small, minibatchSize, rng } };
    await guest.call({ module: 'train.ts', name: 'train' }, [
      { kind: 'handle', id: theirs.mlp.id },
      pairsOf(drawData(desk).train),
      options,
    ]);
    const ours = await makeNet(guest, startNet(desk));
    await loop(desk, guest, ours.mlp, small, ownBatches);
    const [yours, wanted] = [await wayOf(desk, guest, theirs.mlp.id), await wayOf(desk, guest, ours.mlp.id)];
    const { mlp } = await makeNet(guest, startNet(desk));
    // A backward that moves nothing, or everything beyond all numbers, does not show whether anything went round.
    const shows = wanted.every(Number.isFinite) && wanted.some((step) => step !== 0);
    const wentRound = shows || (await hasDrawn(guest, rng));
    return {
      sameWay: isNear(yours, wanted),
      wentRound,
      ...(await loop(desk, guest, mlp, { epochs, lr: rate }, ownBatches)),
    };
  });

/** Trains with a loop of ours; what backward returned. */
async function loop(
  desk: Desk,
  guest: Guest,
  mlp: Awaited<ReturnType<typeof makeNet>>['mlp'],
  { epochs: count, lr }: { epochs: number; lr: number },
  ownBatches: boolean,
): Promise<Pick<Replay, 'losses' | 'firstLoss'>> {
  const { train } = drawData(desk);
  const rng = await guest.make({ kind: 'rng', seed: 7 });
  const random = desk.random('3.6.order');
  const means: number[] = [];
  let firstLoss: number | undefined;
  for (let epoch = 0; epoch < count; epoch++) {
    const losses: number[] = [];
    const batches = ownBatches ? await batchesOf(guest, train, rng) : ourBatches(random, train);
    for (const [inputs, targets] of batches) {
      const got = await callMethod(guest, mlp, backwardNames, [inputs, targets, lr]);
      losses.push(numberOf(fieldOf(got, 'loss')) ?? NaN);
    }
    firstLoss ??= losses[0];
    means.push(losses.reduce((sum, v) => sum + v, 0) / losses.length);
  }
  return { losses: means, firstLoss: firstLoss ?? NaN };
}

/** Whether somebody has drawn from this source, made with seed 6. */
async function hasDrawn(guest: Guest, rng: Awaited<ReturnType<Guest['make']>>): Promise<boolean> {
  const next = async (source: typeof rng) => (await guest.call({ handle: source.id, method: 'uniform' }, [])).value;
  return (await next(rng)) !== (await next(await guest.make({ kind: 'rng', seed: 6 })));
}

/** Equal ways, up to the order of the mini-batches; or both lost among numbers that are not finite. */
function isNear(yours: readonly number[], wanted: readonly number[]): boolean {
  if (!wanted.every(Number.isFinite)) return !yours.every(Number.isFinite);
  const norm = (way: readonly number[]) => Math.hypot(...way);
  return norm(yours.map((v, i) => v - wanted[i]!)) <= apart * norm(wanted);
}

function ourBatches(random: Random, { x, t }: Data): [NdArray, NdArray][] {
  const order = random.permutation(x.length);
  return Array.from({ length: Math.ceil(x.length / minibatchSize) }, (_, k) => {
    const chosen = order.slice(k * minibatchSize, (k + 1) * minibatchSize);
    const rows = (from: Mat) => arrayOf(chosen.map((i) => from[i]!));
    return [rows(x), rows(t)];
  });
}

/** One epoch of the student's own generator; mini-batches that cannot be read are left out. */
export async function batchesOf(guest: Guest, train: Data, rng: Arg): Promise<[NdArray, NdArray][]> {
  const generator = { module: 'data.ts', name: 'minibatches' };
  const { value } = await guest.call(generator, [pairsOf(train), minibatchSize, rng], { keep: 'handle' });
  const batches = isHandle(value) ? await guest.take(value.id, train.x.length) : [];
  return batches.map(partsOf).filter((parts): parts is [NdArray, NdArray] => !parts.includes(undefined));
}
