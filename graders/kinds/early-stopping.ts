/**
 * Training with early stopping, beside a replay of every epoch: how many ran, which was the best, what the history shows, and
 * which weights and errors are kept.
 */
import { endings, replay, right } from '../mistakes/training/stopped-run.ts';
import type { Replay, Row, StoppingProbe } from '../mistakes/training/stopped-run.ts';
import type { Value } from '../model/guest.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import type { Answer, Answered, Question, Reading } from '../question.ts';
import { arrayFrom, fieldOf, inWords, isArray, numberOf } from '../values.ts';
import { drawRuns, visits } from './early-stopping-runs.ts';

const seriesNames = ['loss', 'valLoss', 'mae', 'valMae'] as const;

/** Runs that stop early, that reach their limit, with ties and with hardly any improvement. */
export const stoppingProblemOf = (
  question: Omit<Question<StoppingProbe>, 'read' | 'write'>,
): Problem<StoppingProbe> => ({
  ...question,
  // Whole numbers, and zeros where something agrees.
  coarse: true,
  harmless: { 'not finite': 'A number of epochs that is no number is no length of a history.' },
  probes: drawRuns,
  visits,
  read,
  write,
  oracle: right,
  mistakes: endings,
  clues: { order: ['ran', 'bestEpoch', 'stoppedEpoch', 'series', 'kept', 'best'] },
});

function read({ value }: Answered, probe: StoppingProbe): Reading {
  const training = fieldOf(value, 'training');
  const kernel = fieldOf(value, 'kernel');
  const series = seriesNames.map((name) => arrayFrom(fieldOf(fieldOf(training, 'history'), name)));
  let [best, stopped] = [numberOf(fieldOf(training, 'bestEpoch')), numberOf(fieldOf(training, 'stoppedEpoch'))];
  if (best === undefined || stopped === undefined || series.some((found) => found === undefined) || !isArray(kernel)) {
    const says =
      'train should return { history: { loss, valLoss, mae, valMae }, bestEpoch, stoppedEpoch, best: { mse, mae } }.';
    return { misread: { says, yours: inWords(training) } };
  }
  const told = series[0]!.data.length;
  // Who trains beyond the limit is told so by the number of epochs, not by every series.
  const run = replay({ ...probe, epochs: Math.max(probe.epochs, Math.min(told, longest)) });
  const shown = epochsShown(
    series.map((found, k) => [[...found!.data], run[seriesNames[k]!]]),
    told,
  );
  const ran = shown === 0 ? told : shown;
  const notes: string[] = [];
  const smallest = firstSmallest(series[3]!.data);
  // One of the two epochs off by one is a mistake in that one, not another way of counting.
  if (stopped === told && best > 0 && best !== smallest) {
    [best, stopped] = [best - 1, stopped - 1];
    notes.push('Epochs are counted from 1; the sheet counts from 0. Both are accepted.');
  }
  // A wrong bestEpoch costs its own mark: weights and errors of the epoch that the own series shows are the best all the same.
  const place = epochOf([...kernel.data], run, best);
  const base = place !== best && place === smallest ? smallest : best;
  const errors = (['mse', 'mae'] as const).map((name) => numberOf(fieldOf(fieldOf(training, 'best'), name)) ?? NaN);
  const number = (n: number) => makeArray([], [n]);
  const answer: Answer = {
    ran: number(ran),
    stoppedEpoch: number(stopped),
    bestEpoch: number(best),
    kept: number(place - base),
    series: makeArray(
      [4],
      series.map((found, k) => worst([...found!.data], run[seriesNames[k]!], told)),
    ),
    best: makeArray(
      [2],
      [run.valLoss, run.valMae].map((all, k) => gap(errors[k]!, all[base], Math.max(...all))),
    ),
  };
  return { answer, notes };
}

/**
 * How many epochs the history shows that were run: as far as the best of the series is that of the run. What comes after is
 * made up; 0 where no series begins as the run does, so that nothing can be said.
 */
function epochsShown(series: readonly (readonly [yours: number[], run: readonly number[]])[], told: number): number {
  const shown = series.map(([yours, run]) => {
    const wrong = yours.slice(0, told).findIndex((value, epoch) => gap(value, run[epoch], Math.max(...run)) > 0);
    return wrong < 0 ? Math.min(yours.length, told) : wrong;
  });
  return Math.max(...shown);
}

/** Epochs that a run is repeated for at most; a program that never stops has run its default of 300. */
const longest = 320;

const firstSmallest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((found, value, i, all) => (value < all[found]! ? i : found), 0);

/** The epoch whose weights these are, `told` where it is one of several that ended equally; −1 for weights of no epoch. */
function epochOf(kernel: readonly number[], { weights }: Replay, told: number): number {
  const distance = (w: Row | undefined) =>
    w === undefined ? Infinity : Math.hypot(...w.map((value, k) => value - kernel[k]!));
  // Rounding stays below 1e-6, and epochs that are to be told apart lie 1e-4 apart.
  if (distance(weights[told]) < 1e-5) return told;
  const nearest = weights.reduce((found, w, i) => (distance(w) < distance(weights[found]) ? i : found), 0);
  return distance(weights[nearest]) < 1e-3 ? nearest : -1;
}

/** Errors fall to nothing, where only rounding is left: below this share of the largest error of the run they are equal. */
const rounding = 2e-6;

/** Relative error; 0 below 1e-3, which rounding explains and no other epoch reaches. */
function gap(yours: number, expected: number | undefined, largest = 0): number {
  if (expected === undefined || !Number.isFinite(yours)) return 1;
  if (Math.abs(yours - expected) <= rounding * largest) return 0;
  const error = Math.abs(yours / expected - 1);
  return error < 1e-3 ? 0 : Math.min(error, 1);
}

const worst = (yours: readonly number[], expected: readonly number[], length: number): number =>
  yours.length === length ? Math.max(0, ...yours.map((value, i) => gap(value, expected[i], Math.max(...expected)))) : 1;

/** A program that ends so, with the series of the run as far as it ran. */
function write(answer: Answer, probe: StoppingProbe): Value {
  const run = replay(probe);
  const get = (name: string) => answer[name]!.data[0]!;
  const [ran, best] = [get('ran'), get('bestEpoch')];
  const list = (values: readonly number[]) => makeArray([ran], values.slice(0, ran));
  const kept = run.weights[best + get('kept')] ?? probe.start;
  const history = Object.fromEntries(seriesNames.map((name) => [name, list(run[name])]));
  const errors = { mse: run.valLoss[best], mae: run.valMae[best] };
  const training = {
    history: { kind: 'record', entries: history },
    bestEpoch: best,
    stoppedEpoch: get('stoppedEpoch'),
    best: { kind: 'record', entries: errors },
  } as const;
  return {
    kind: 'record',
    entries: { training: { kind: 'record', entries: training }, kernel: makeArray([kept.length, 1], kept) },
  };
}
