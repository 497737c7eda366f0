/**
 * What a loop does with the student's own mini-batches, seen by repeating it: with the random numbers that `train` got, a loop
 * of ours that does the same goes exactly the same way. A program that shuffles in a way of its own goes neither way, and
 * nothing is said about it.
 */
import type { Desk } from '../../check.ts';
import type { NdArray } from '../../model.ts';
import { unlessStopped } from '../../stopped.ts';
import { fieldOf, numberOf } from '../../values.ts';
import { makeNet } from './mlp-forward.ts';
import { courseOf } from './training-course.ts';
import { batchesOf } from './training-replay.ts';
import { drawData, rateFor, startNet, trainingSeed, wayOf } from './training-run.ts';
import { backwardNames } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';

/** The second epoch shows whether mini-batches are new. */
const few = 2;

interface Repeated {
  way: number[];
  /** For each epoch the loss that backward returned for each mini-batch. */
  losses: number[][];
}

/** Two epochs of a loop of ours that makes the mini-batches `once`, or anew in every epoch. */
const repeated = (desk: Desk, once: boolean): Promise<Repeated> =>
  desk.share(`3.6/repeated/${once}`, async () => {
    const guest = await desk.guest();
    const lr = await rateFor(desk, guest);
    const { mlp } = await makeNet(guest, startNet(desk));
    const rng = await guest.make({ kind: 'rng', seed: trainingSeed });
    const losses: number[][] = [];
    let batches: [NdArray, NdArray][] | undefined;
    for (let epoch = 0; epoch < few; epoch++) {
      if (batches === undefined || !once) batches = await batchesOf(guest, drawData(desk).train, rng);
      losses.push([]);
      for (const [inputs, targets] of batches) {
        const got = await callAny(guest, mlp, backwardNames, [inputs, targets, lr]);
        losses.at(-1)!.push(numberOf(fieldOf(got, 'loss')) ?? NaN);
      }
    }
    return { way: await wayOf(desk, guest, mlp.id), losses };
  });

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((v, i) => v - b[i]!));

/** Equal up to rounding, seen from how far the two ways to compare are apart. */
const same = 1e-3;

/** Whether `train` makes its mini-batches once and goes through the same ones in every epoch. */
export const reusesBatches = (desk: Desk): Promise<boolean> =>
  unlessStopped(async () => {
    const theirs = (await courseOf(desk)).find((stop) => stop.epochs === few)?.way;
    if (theirs === undefined) return false;
    const [once, anew] = [await repeated(desk, true), await repeated(desk, false)];
    const apart = distance(once.way, anew.way);
    // A generator that gives the same order in every call has lost its marks in 2.1g.
    return apart > 1e-6 * Math.hypot(...anew.way) && distance(theirs, once.way) < same * apart;
  }, false);

/** Which mini-batch of every epoch the reported losses are those of, if they are: the first or the last one. */
export const lossOfOneBatch = (desk: Desk, reported: readonly number[]): Promise<'first' | 'last' | undefined> =>
  unlessStopped(async () => {
    for (const once of [false, true]) {
      const { losses } = await repeated(desk, once);
      const means = losses.map((epoch) => epoch.reduce((sum, v) => sum + v, 0) / epoch.length);
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
