/**
 * What a loop does with the student's own mini-batches, and what losses honest loops collect: seen by repeating it with the
 * random numbers that it got. A loop of ours that does the same goes exactly the same way; a program that shuffles in a way of
 * its own goes no way of ours, and nothing is said about it.
 */
import type { CheckContext } from '../check.ts';
import { unlessStopped } from '../stopped.ts';
import type { Batch, Training } from './learner.ts';
import { batchAt, lossIn, mean, ourLoop, trainingSeed } from './learner.ts';
import { courseOf } from './learner-course.ts';
import { wrongParts } from './own-parts.ts';

/** The second epoch shows whether mini-batches are new. */
const few = 2;

interface Repeated {
  way: number[];
  /** For each epoch the loss that a step returned for each mini-batch. */
  losses: number[][];
}

/** Two epochs of a loop of ours that makes the mini-batches `once`, or anew in every epoch. */
const repeated = (context: CheckContext, { task, learner, start, data, minibatchSize }: Training, once: boolean) =>
  context.oncePerSubmission(`${task}/repeated/${once}`, async (): Promise<Repeated> => {
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
    return { way: await learner.way(guest, net, start(context)), losses: returned.map((epoch) => epoch.map(lossIn)) };
  });

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((v, i) => v - b[i]!));

/** Equal up to rounding, seen from how far the two ways to compare are apart. */
const same = 1e-3;

/** Whether the student's loop makes its mini-batches once and goes through the same ones in every epoch. */
export const reusesBatches = (context: CheckContext, training: Training): Promise<boolean> =>
  unlessStopped(async () => {
    const theirs = (await courseOf(context, training)).find((stop) => stop.epochs === few)?.way;
    if (theirs === undefined) return false;
    const [once, anew] = [await repeated(context, training, true), await repeated(context, training, false)];
    const apart = distance(once.way, anew.way);
    // A generator that gives the same order in every call has lost its marks where it is asked for.
    return apart > 1e-6 * Math.hypot(...anew.way) && distance(theirs, once.way) < same * apart;
  }, false);

/** Which mini-batch of every epoch the reported losses are those of, if they are: the first or the last one. */
export const lossOfOneBatch = (
  context: CheckContext,
  training: Training,
  reported: readonly number[],
): Promise<'first' | 'last' | undefined> =>
  unlessStopped(async () => {
    for (const once of [false, true]) {
      const { losses } = await repeated(context, training, once);
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
