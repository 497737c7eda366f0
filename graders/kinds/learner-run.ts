/** One training run of a student's network on examples that only the grader knows, and what comes of it. */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import { categoricalCrossEntropy } from '../../reference/oracles/losses.ts';
import type { CheckContext } from '../check.ts';
import type { Arg, Guest, Value } from '../model/guest.ts';
import { rowsOf } from '../numerics/arrays.ts';
import { arrayFrom } from '../values.ts';
import type { Data, Training } from './learner.ts';
import { trainingSeed } from './learner.ts';
import type { Handle } from './student-objects.ts';

/** Predictions on both halves of the data, after training. */
export interface Outcome {
  trainLoss: number;
  testAccuracy: number;
}

export interface TrainingRun {
  /** What the student's loop returned. */
  history: Value;
  /** Whether any weight of the network is another one than before. */
  moved: boolean;
  before: Pick<Outcome, 'trainLoss'>;
  after: Outcome;
}

/** The mean loss by the student's own predictions, on examples whose labels stay here. */
export async function lossOf(context: CheckContext, training: Training, guest: Guest, net: Handle): Promise<number> {
  const { train } = training.data(context);
  const p = (await predicted(training, guest, net, train)).map((row) => row.map((v) => Math.max(v, 1e-12)));
  const losses = categoricalCrossEntropy(p, train.t);
  return losses.reduce((sum, v) => sum + v, 0) / losses.length;
}

async function accuracyOf(context: CheckContext, training: Training, guest: Guest, net: Handle): Promise<number> {
  const { test } = training.data(context);
  const rows = await predicted(training, guest, net, test);
  return rows.filter((row, i) => row.indexOf(Math.max(...row)) === test.digits[i]).length / test.digits.length;
}

/** A row for each example; of NaN where what comes back has another shape. */
async function predicted({ learner }: Training, guest: Guest, net: Handle, { x, t }: Data): Promise<Mat> {
  const classes = t[0]!.length;
  const p = arrayFrom(await learner.predict(guest, net, x));
  return p?.shape.join() === `${x.length},${classes}` ? rowsOf(p) : x.map(() => new Array<number>(classes).fill(NaN));
}

export const hasLearned = (before: TrainingRun['before'], after: Outcome, lossRatio: number): boolean =>
  after.trainLoss <= lossRatio * before.trainLoss;

/** Trains once for all checks of this question. */
export const trainOnce = (context: CheckContext, training: Training): Promise<TrainingRun> =>
  context.oncePerSubmission(`${training.task}/run`, async () => {
    const { learner } = training;
    const guest = await context.guest();
    const net = await learner.make(guest, training.start(context));
    const before = { trainLoss: await lossOf(context, training, guest, net) };
    const history = await trainFor(context, training, guest, net, training.epochs);
    const moved = (await learner.way(guest, net, training.start(context))).some((step) => step !== 0);
    const after = {
      trainLoss: await lossOf(context, training, guest, net),
      testAccuracy: await accuracyOf(context, training, guest, net),
    };
    return { history, moved, before, after };
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
