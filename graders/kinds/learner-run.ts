/** One training run of a student's network on examples that only the grader knows, and what comes of it. */
import { categoricalCrossEntropy } from '../../reference/oracles/losses.ts';
import type { CheckContext } from '../check.ts';
import type { Arg, Guest, Value } from '../model/guest.ts';
import { rowsOf } from '../numerics/arrays.ts';
import { arrayFrom } from '../values.ts';
import type { Data, Training } from './learner.ts';
import { trainingSeed } from './learner.ts';
import type { Handle } from './student-objects.ts';

/** Predictions on both halves of the data, before or after training. */
export interface Outcome {
  trainLoss: number;
  testAccuracy: number;
}

interface TrainingRun {
  /** What the student's loop returned. */
  history: Value;
  /** Whether any weight of the network is another one than before. */
  moved: boolean;
  before: Outcome;
  after: Outcome;
}

/** Loss and accuracy by the student's own predictions, on examples whose labels stay here. */
export async function outcomeOf(
  context: CheckContext,
  training: Training,
  guest: Guest,
  net: Handle,
): Promise<Outcome> {
  const { train, test } = training.data(context);
  const predict = async (data: Data) => {
    const classes = data.t[0]!.length;
    const p = arrayFrom(await training.learner.predict(guest, net, data.x));
    return p?.shape.join() === `${data.x.length},${classes}`
      ? rowsOf(p)
      : data.x.map(() => new Array<number>(classes).fill(NaN));
  };
  const p = (await predict(train)).map((row) => row.map((v) => Math.max(v, 1e-12)));
  const losses = categoricalCrossEntropy(p, train.t);
  const right = (await predict(test)).filter((row, i) => row.indexOf(Math.max(...row)) === test.digits[i]).length;
  return { trainLoss: losses.reduce((sum, v) => sum + v, 0) / losses.length, testAccuracy: right / test.digits.length };
}

export const hasLearned = (before: Outcome, after: Outcome, lossRatio: number): boolean =>
  after.trainLoss <= lossRatio * before.trainLoss;

/** Trains once for all checks of this question. */
export const trainOnce = (context: CheckContext, training: Training): Promise<TrainingRun> =>
  context.oncePerSubmission(`${training.task}/run`, async () => {
    const { learner } = training;
    const guest = await context.guest();
    const net = await learner.make(guest, training.start(context));
    const before = await outcomeOf(context, training, guest, net);
    const history = await trainFor(context, training, guest, net, training.epochs);
    const moved = (await learner.way(guest, net, training.start(context))).some((step) => step !== 0);
    return { history, moved, before, after: await outcomeOf(context, training, guest, net) };
  });

/** What the student's loop returns for this many epochs at full learning rate. */
export async function trainFor(
  context: CheckContext,
  { learner, data, minibatchSize }: Training,
  guest: Guest,
  net: Handle,
  epochs: number,
): Promise<Value> {
  const rng: Arg = { kind: 'rng', seed: trainingSeed };
  const lr = await learner.rate(context, guest);
  return learner.train(guest, net, data(context).train, { epochs, minibatchSize, lr, rng });
}
