/** How the loss really goes down while the student's own loop runs: trained anew for fewer epochs, and measured. */
import type { CheckContext } from '../check.ts';
import { unlessStopped } from '../stopped.ts';
import type { Training } from './learner.ts';
import { lossOf, trainFor, trainOnce } from './learner-run.ts';

/** Numbers of epochs after which the loss is measured, besides before and after the whole training. */
const measured = [1, 2, 4, 8];

interface Stop {
  epochs: number;
  /** The mean cross-entropy of the training images, by the student's own `forward`. */
  loss: number;
}

/** The stops of the training, in order; what `train` cannot do for so few epochs is left out. */
export const courseOf = (context: CheckContext, training: Training): Promise<Stop[]> =>
  context.oncePerSubmission(`${training.task}/course`, async () => {
    const stops: Stop[] = [];
    for (const count of measured) {
      const stop = await unlessStopped(async () => {
        const guest = await context.guest();
        const net = await training.learner.make(guest, training.start(context));
        await trainFor(context, training, guest, net, count);
        return { epochs: count, loss: await lossOf(context, training, guest, net) };
      }, undefined);
      if (stop !== undefined) stops.push(stop);
    }
    return stops;
  });

/** Room around losses: the mean over an epoch in which the weights move, other orders, batches that are left out. */
interface Room {
  low: number;
  high: number;
}

/** From half of the smallest to twice the largest of these losses, and a little more for small ones. */
export function roomAround(losses: readonly number[]): Room {
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  return { low: low - 0.5 * Math.abs(low) - 0.02, high: high + Math.abs(high) + 0.05 };
}

/** The room of every epoch's mean loss, from what is measured before and after it; undefined where nothing could be. */
export async function roomsOf(context: CheckContext, training: Training): Promise<(Room | undefined)[]> {
  const { before, after } = await trainOnce(context, training);
  const { epochs } = training;
  const stops = [
    { epochs: 0, loss: before.trainLoss },
    ...(await courseOf(context, training)),
    { epochs, loss: after.trainLoss },
  ];
  return Array.from({ length: epochs }, (_, epoch) => {
    const from = stops.findLastIndex((stop) => stop.epochs <= epoch);
    const around = [stops[from]!.loss, stops[from + 1]!.loss];
    return around.every(Number.isFinite) ? roomAround(around) : undefined;
  });
}

/** The first epoch whose loss lies outside of its room. */
export const strayIn = (losses: readonly number[], rooms: readonly (Room | undefined)[]): number | undefined => {
  const stray = losses.findIndex((loss, i) => {
    const room = rooms[i];
    return room !== undefined && !(loss >= room.low && loss <= room.high);
  });
  return stray < 0 ? undefined : stray;
};
