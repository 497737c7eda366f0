/**
 * What a loop does with its mini-batches, and what losses honest loops collect: seen by repeating it with the random numbers that
 * it got. Whether its mini-batches are new is seen of any loop; whose losses they are, where a loop of ours goes the same way.
 */
import type { CheckContext } from '../check.ts';
import type { Guest } from '../model/guest.ts';
import { unlessStopped } from '../stopped.ts';
import type { Batch, Data, Learner, Training } from './learner.ts';
import { batchAt, lossIn, mean, ourLoop, trainingSeed } from './learner.ts';
import { wrongParts } from './own-parts.ts';

/** The second epoch shows what the first one does not. */
const few = 2;

/** Two epochs of a loop of ours that makes the mini-batches `once`, or anew: for each the losses that its steps returned. */
const repeated = (context: CheckContext, { task, learner, start, data, minibatchSize }: Training, once: boolean) =>
  context.oncePerSubmission(`${task}/repeated/${once}`, async (): Promise<number[][]> => {
    const guest = await context.guest();
    const lr = await learner.rate(context, guest);
    const net = await learner.make(guest, start(context));
    const rng = await guest.make({ kind: 'rng', seed: trainingSeed });
    let kept: Batch[] | undefined;
    const batches = async () => {
      if (kept === undefined || !once) kept = await learner.batches(guest, data(context).train, rng, minibatchSize);
      return kept;
    };
    const { returned } = await ourLoop(guest, net, { learner, lr, epochs: few, batches });
    return returned.map((epoch) => epoch.map(lossIn));
  });

/** Pairs and size of a small training in which the order counts. */
const small = { pairs: 60, minibatchSize: 8 };

const smallOf = (data: Data): Data => ({
  x: data.x.slice(0, small.pairs),
  t: data.t.slice(0, small.pairs),
  digits: data.digits.slice(0, small.pairs),
});

/** Equal up to rounding in single precision; other orders lead a hundred times as far apart. */
const same = 1e-4;

/**
 * Whether every epoch of the student's loop goes through the same mini-batches in the same order, made once or not shuffled at
 * all: two epochs then lead where one leads that is done twice with equal random numbers. Where the order of the second epoch
 * leads nowhere else, as with steps that do nothing or have gone too far uphill to move any more, nothing can be said.
 */
export const reusesBatches = (context: CheckContext, { learner, start, data }: Training): Promise<boolean> =>
  unlessStopped(async () => {
    const guest = await context.guest();
    const pairs = smallOf(data(context).train);
    const { minibatchSize } = small;
    // A generator that gives the same order in every call has lost its marks where it is asked for.
    if (await repeatsItself(guest, learner, pairs)) return false;
    const lr = await learner.rate(context, guest);
    const wayOf = async (...rounds: readonly (readonly [epochs: number, on: Data])[]) => {
      const net = await learner.make(guest, start(context));
      for (const [epochs, on] of rounds) {
        await learner.train(guest, net, on, { epochs, minibatchSize, lr, rng: { kind: 'rng', seed: trainingSeed } });
      }
      return learner.way(guest, net, start(context));
    };
    const [whole, twice] = [await wayOf([few, pairs]), await wayOf([1, pairs], [1, pairs])];
    const isThere = (way: readonly number[]) =>
      Math.hypot(...way.map((v, i) => v - twice[i]!)) <= same * Math.hypot(...twice);
    return isThere(whole) && !isThere(await wayOf([1, pairs], [1, turned(pairs)]));
  }, false);

const turned = ({ x, t, digits }: Data): Data => ({
  x: x.toReversed(),
  t: t.toReversed(),
  digits: digits.toReversed(),
});

/** Whether two epochs of the student's own generator hold the same mini-batches; not so where there is none. */
const repeatsItself = (guest: Guest, learner: Learner, data: Data): Promise<boolean> =>
  unlessStopped(async () => {
    const rng = await guest.make({ kind: 'rng', seed: trainingSeed });
    const epoch = async () => {
      const batches = await learner.batches(guest, data, rng, small.minibatchSize);
      return batches.flatMap(([inputs]) => [...inputs.data]);
    };
    const [first, second] = [await epoch(), await epoch()];
    return first.length > 0 && first.every((v, i) => v === second[i]);
  }, false);

/** Which mini-batch of every epoch the reported losses are those of, if they are: the first or the last one. */
export const lossOfOneBatch = (
  context: CheckContext,
  training: Training,
  reported: readonly number[],
): Promise<'first' | 'last' | undefined> =>
  unlessStopped(async () => {
    for (const once of [false, true]) {
      const losses = await repeated(context, training, once);
      const means = losses.map(mean);
      for (const [which, place] of [
        ['last', -1],
        ['first', 0],
      ] as const) {
        const isIt = (loss: number, i: number) => Math.abs(loss - reported[i]!) <= 1e-6 * Math.abs(loss);
        // Where all mini-batches have one loss, as with a constant one, it is the mean as well.
        if (losses.every((epoch, i) => isIt(epoch.at(place)!, i)) && !means.every(isIt)) return which;
      }
    }
    return undefined;
  }, undefined);

export interface Replay {
  /** The loss that the student's steps returned on average in every epoch, at full learning rate. */
  losses: number[];
  /** The loss that was returned for the first mini-batch. */
  firstLoss: number;
}

/** A whole training by a loop of ours; `ownBatches`: with mini-batches of the student's own instead of ours. */
const replay = (context: CheckContext, training: Training, ownBatches: boolean): Promise<Replay> =>
  context.oncePerSubmission(`${training.task}/replay/${ownBatches}`, async () => {
    const { task, learner, start, data, epochs, minibatchSize } = training;
    const guest = await context.guest();
    const lr = await learner.rate(context, guest);
    const net = await learner.make(guest, start(context));
    const { train } = data(context);
    const rng = await guest.make({ kind: 'rng', seed: 7 });
    const random = context.random(`${task}.order`);
    const ours = (): Batch[] => {
      const order = random.permutation(train.x.length);
      return Array.from({ length: Math.ceil(train.x.length / minibatchSize) }, (_, k) =>
        batchAt(train, order.slice(k * minibatchSize, (k + 1) * minibatchSize)),
      );
    };
    const batches = async () => (ownBatches ? learner.batches(guest, train, rng, minibatchSize) : ours());
    const { returned } = await ourLoop(guest, net, { learner, lr, epochs, batches });
    const losses = returned.map((epoch) => epoch.map(lossIn));
    return { losses: losses.map(mean), firstLoss: losses.flat()[0] ?? NaN };
  });

/** Parts that have lost their marks already, and what a loop of ours does with them; undefined if there are none. */
export async function withOwnParts(
  context: CheckContext,
  training: Training,
): Promise<{ culprits: string; ours: Replay } | undefined> {
  const { parts, batches } = training.builtOn;
  const batchesRight = await batches.areRight(context);
  const culprits = [...(batchesRight ? [] : [batches.task]), ...(await wrongParts(context, parts))];
  return culprits.length === 0
    ? undefined
    : { culprits: culprits.join(' and '), ours: await replay(context, training, !batchesRight) };
}
