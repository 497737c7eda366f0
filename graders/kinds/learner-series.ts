/** The losses that a student's loop reports: the mean loss of every epoch, whatever honest way it is taken. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { unlessStopped } from '../stopped.ts';
import { inWords } from '../values.ts';
import type { Training } from './learner.ts';
import { seriesOf, short } from './learner.ts';
import type { Replay } from './learner-batches.ts';
import { lossOfOneBatch, withOwnParts } from './learner-batches.ts';
import { roomAround, roomsOf, strayIn } from './learner-course.ts';
import { judgeLoop } from './learner-loop.ts';
import { hasLearned, trainOnce } from './learner-run.ts';

/** Right where every entry has the size of the losses measured around its epoch, or of those of our loop with wrong parts. */
export async function judgeSeries(context: CheckContext, training: Training): Promise<Judgement> {
  const { epochs, goals } = training;
  const { history, before, after } = await trainOnce(context, training);
  const loss = seriesOf(history, 'loss');
  if (loss?.length !== epochs) {
    return fail({
      says: 'train should return { loss } with one number for each epoch.',
      yours: inWords(history),
      expected: `${epochs} numbers`,
    });
  }
  const last = loss.at(-1)!;
  const finite = loss.every((value) => Number.isFinite(value));
  // During the last epoch the weights still move: the mean over it is near the loss afterwards, not equal.
  const lastIsNear = finite && strayIn([last], [roomAround([after.trainLoss])]) === undefined;
  if (lastIsNear && hasLearned(before, after, goals.lossRatio) && loss[0]! <= last) {
    return fail({
      says: 'The network has learned, but the losses that train returns do not fall.',
      yours: loss.map(short).join(', '),
      hint: 'Every entry is the mean loss of its own epoch, collected while that epoch runs.',
    });
  }
  // Whoever reports the means of small lessons to the last digits reports them here: nothing has to be trained again to see it.
  if (lastIsNear && (await reportsMeans(context, training))) return pass();
  const rooms = lastIsNear ? await roomsOf(context, training) : [];
  const stray = strayIn(loss, rooms);
  if (lastIsNear && stray === undefined) return judgeMean(context, training, loss);
  const own = await withOwnParts(context, training);
  const { fault, wentRound, losses: invented } = await judgeLoop(context, training);
  if (own !== undefined && wentRound && invented === undefined && followsOwn(loss, own.ours, fault === undefined)) {
    return pass({
      followThrough: `The loss is the mean of what your own parts return; what is wrong comes from ${own.culprits}.`,
    });
  }
  if (!finite) return fail({ says: 'Some losses are not finite numbers.', yours: loss.map(short).join(', ') });
  if (stray !== undefined) {
    const { low, high } = rooms[stray]!;
    return fail({
      says: `The reported loss of epoch ${stray + 1} is not the mean loss of that epoch.`,
      yours: short(loss[stray]!),
      expected: `a number from ${short(Math.max(0, low))} to ${short(high)}, by the loss on the training images before and after`,
      hint: 'Every entry is the mean loss of its own epoch, collected while that epoch runs.',
    });
  }
  return fail({
    says: 'The reported loss is not the mean loss of the epoch.',
    yours: `${short(last)} for the last epoch`,
    expected: `about ${short(after.trainLoss)}, the mean loss on the training images afterwards`,
    hint: 'Take the mean over the examples of the epoch: not the sum, not the loss of one mini-batch.',
  });
}

const reportsMeans = (context: CheckContext, training: Training): Promise<boolean> =>
  unlessStopped(async () => {
    const loop = await judgeLoop(context, training);
    return loop.reportsMeans && loop.losses === undefined;
  }, false);

/** The loss of one mini-batch has the size of the mean, and is recognised by its digits. */
async function judgeMean(context: CheckContext, training: Training, loss: readonly number[]): Promise<Judgement> {
  const which = await lossOfOneBatch(context, training, loss);
  if (which === undefined) {
    const { losses } = await judgeLoop(context, training);
    return losses === undefined ? pass() : fail(losses);
  }
  return fail({
    says: `The reported loss is that of the ${which} mini-batch of the epoch, not the mean loss of the epoch.`,
    yours: loss.map(short).join(', '),
    hint: 'Add up the losses of all mini-batches of the epoch and divide once it is through.',
  });
}

/** Whether the losses are those of our loop around the student's own parts: of the last epoch, and of all others about. */
function followsOwn(loss: readonly number[], { losses, firstLoss }: Replay, isRightLoop: boolean): boolean {
  const last = losses.at(-1)!;
  // No two losses that are not finite are equal: small lessons, or the random numbers drawn, have shown that the loop is right.
  if (!loss.every(Number.isFinite)) return isRightLoop && !Number.isFinite(last);
  if (strayIn(loss.slice(-1), [roomAround([last])]) !== undefined) return false;
  const before = [firstLoss, ...losses];
  const rooms = losses.map((_, i) => {
    const around = before.slice(i, i + 3);
    return around.every(Number.isFinite) ? roomAround(around) : undefined;
  });
  return strayIn(loss, rooms) === undefined;
}
