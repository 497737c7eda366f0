/** A short training run of the student's own model on a table with prices: does it learn more than a constant? */
import { columnStatistics, standardise } from '../../reference/oracles/standardise.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, isAttempt } from '../evaluate.ts';
import type { AnyProblem } from '../problem.ts';
import { ProgramStopped, unlessStopped } from '../stopped.ts';
import { inWords, isArray } from '../values.ts';
import type { Trainer } from './early-stopping-question.ts';
import { datasetOf } from './early-stopping-question.ts';
import { tensorOf } from './pixel-net.ts';
import { builtBy } from './predictions-question.ts';

export interface PriceRun {
  trainer: Trainer;
  /** Rows of features with their prices, of which the last `val` are kept for validation. */
  table: { x: number[][]; y: number[] };
  val: number;
  options: { epochs: number; patience: number };
  /** One for each try. */
  seeds: readonly number[];
  /** Share of the error of the constant median that may be left. */
  enough: number;
  /** What was judged before: the untrained model, its steps, the training itself. */
  predictions: AnyProblem;
  steps: AnyProblem;
  stopping: AnyProblem;
}

/** The best of all tries, beside the median of the training prices; what was wrong before has paid for what follows from it. */
export async function judgeLearning(context: CheckContext, run: PriceRun): Promise<Judgement> {
  const { x, y } = run.table;
  const trained = x.length - run.val;
  const statistics = columnStatistics(x.slice(0, trained));
  const [train, val] = [x.slice(0, trained), x.slice(trained)].map((part) =>
    standardise(part, statistics).map((row) => row.map(Math.fround)),
  ) as [number[][], number[][]];
  const [yTrain, yVal] = [y.slice(0, trained), y.slice(trained)];

  const meanError = (predicted: ArrayLike<number>) =>
    yVal.reduce((sum, price, i) => sum + Math.abs(price - predicted[i]!), 0) / yVal.length;
  const sorted = [...yTrain].sort((a, b) => a - b);
  const constant = meanError(yVal.map(() => sorted[sorted.length >> 1]!));
  let reached = Infinity;
  try {
    for (const seed of run.seeds) {
      const predicted = await predictionsAfter(context, run, seed, { train, val, yTrain, yVal });
      reached = Math.min(reached, meanError(predicted));
      if (reached < run.enough * constant) return pass();
    }
  } catch (error) {
    if (!(error instanceof ProgramStopped) || !(await isAttempt(() => evaluate(context, run.stopping)))) throw error;
    if (await partsAreRight(context, run)) throw error;
  }
  if (!(await partsAreRight(context, run)) && !(await answersNothing(context, run))) {
    return pass({ followThrough: 'What keeps your model from learning here already lost its marks above.' });
  }
  return fail({
    says: 'After training your model predicts hardly better than a constant.',
    asked: `${run.trainer.builds}(${x[0]!.length}) and ${run.trainer.trains} on ${trained} standardised rows, at most ${run.options.epochs} epochs; then its predictions for ${run.val} other rows.`,
    yours: `mean absolute error ${reached.toPrecision(3)}`,
    expected: `below ${(run.enough * constant).toPrecision(3)}; always the median gives ${constant.toPrecision(3)}`,
    hint: 'Look at the training curve: does it fall, and are the best weights put back?',
  });
}

interface Parts {
  train: number[][];
  val: number[][];
  yTrain: number[];
  yVal: number[];
}

/** What the student's model predicts for the validation rows after training, or in words what came instead. */
async function predictionsAfter(
  context: CheckContext,
  run: PriceRun,
  seed: number,
  { train, val, yTrain, yVal }: Parts,
) {
  const guest = await context.guest();
  await guest.seed(seed);
  const { unit, builds, trains } = run.trainer;
  const model = await builtBy(guest, unit, builds, [train[0]!.length]);
  const sent = [
    { kind: 'handle', id: model },
    await datasetOf(guest, run.trainer, train, yTrain, 32),
    await datasetOf(guest, run.trainer, val, yVal, val.length),
    { kind: 'record', entries: run.options },
  ] as const;
  await guest.call({ module: unit, name: trains }, sent, { wallMs: 40_000 });
  const { value } = await guest.call({ handle: model, method: 'predict' }, [tensorOf(val)]);
  if (!isArray(value) || value.data.length !== yVal.length) {
    throw new ProgramStopped('crash', `The trained model predicts ${inWords(value)}, not one price for each row.`);
  }
  return value.data;
}

/** Whether the untrained model answers, but with nothing that resembles prices: NaN or zeros follow from anything. */
const answersNothing = (context: CheckContext, { predictions }: PriceRun): Promise<boolean> =>
  unlessStopped(async () => {
    const evaluation = await evaluate(context, predictions);
    return !(await isAttempt(async () => evaluation));
  }, false);

/** Whether layers, compilation and training are right, as far as they were there to be judged. */
async function partsAreRight(context: CheckContext, { predictions, steps, stopping }: PriceRun): Promise<boolean> {
  try {
    const evaluations = [
      await evaluate(context, predictions),
      await evaluate(context, steps),
      await evaluate(context, stopping),
    ];
    return evaluations.every(({ tensors }) => Object.values(tensors).every(({ accepted }) => accepted));
  } catch (error) {
    if (error instanceof ProgramStopped) return error.kind === 'missing';
    throw error;
  }
}
