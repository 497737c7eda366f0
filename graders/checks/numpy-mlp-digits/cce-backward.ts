/** What CCE.backward computes, and what is computed in its place. */
import { categoricalCrossEntropyGradient } from '../../../reference/oracles/losses.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, record } from '../../values.ts';
import { guardsOf } from './cce-guards.ts';
import type { LossProbe } from './cce-probes.ts';
import { among, otherLoss } from './cce-probes.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { backwardNames, saysCombined, make, flag } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { matAnswer, readOne } from '../../kinds/named-arrays.ts';
import { oneHotRows, shapeOf } from '../../kinds/drawn-rows.ts';

/** The gradient, and whether the program says that it goes through the softmax already. */
const answer = (dp: number[][], combined = false): Answer => ({
  ...matAnswer('dp', dp),
  combined: flag(combined),
});

type Entry = (p: number, t: number, probe: LossProbe) => number;

const entries = (id: string, title: string, advice: string, f: Entry, combined = false): Variant<LossProbe> => ({
  id,
  title,
  advice,
  compute: (probe) =>
    answer(
      zipMat(probe.p, probe.t, (p, t) => f(p, t, probe)),
      combined,
    ),
});

const convention = (id: string, title: string, f: Entry, combined: boolean): Variant<LossProbe> =>
  entries(id, title, '', f, combined);

const gradientAt = ({ p, t }: LossProbe): Answer => answer(categoricalCrossEntropyGradient(p, t));

/** Every prediction is a variable of its own: rows need not sum to 1. */
const drawFree = (random: Random, rows: number, classes: number): LossProbe => ({
  p: Array.from({ length: rows }, () => Array.from({ length: classes }, () => Math.fround(random.uniform(0.1, 0.9)))),
  t: oneHotRows(random, rows, classes),
});

/** Predictions of the true class that are nearly 0; the allowed 1e-7 changes their derivative by an eighth of the tolerance. */
const drawFreeNear = (random: Random, rows: number, classes: number): LossProbe => {
  const { p, t } = drawFree(random, rows, classes);
  return {
    p: zipMat(p, t, (v, target) => v * (1 - target)).map((row, i) => row.map((v) => v || Math.fround(4e-3 * (1 + i)))),
    t,
  };
};

const summed =
  'The gradient of every example is that of its own loss; the mean over the mini-batch is taken elsewhere.';
const averaged = 'The gradient is that of the mean loss over the mini-batch.';
const combinedNote = 'The loss is combined with the softmax (`combined = true`).';

const problem: Omit<Problem<LossProbe>, 'ask'> = {
  id: '3.1.backward',
  title: 'The derivative of the cross-entropy with respect to the prediction',
  precision: 'single',
  probes: (random) => [
    drawFree(random.fork('a'), 6, 10),
    drawFree(random.fork('b'), 5, 4),
    drawFreeNear(random.fork('0'), 4, 6),
  ],
  visits: [
    {
      says: 'a probability near 0 for the true class',
      holds: among((p) => p < 5e-3),
    },
  ],
  describe: ({ p }) => `${p.length} predictions for ${p[0]!.length} classes, one-hot targets`,
  read: ({ value }, { p }) => {
    const read = readOne('dp', fieldOf(value, 'dp'), shapeOf(p), 'CCE.backward');
    if ('misread' in read)
      return {
        misread: {
          ...read.misread,
          hint: 'Every prediction has a derivative of its own: one number for each class of each example.',
        },
      };
    return { ...read, answer: { ...read.answer, combined: arrayFrom(fieldOf(value, 'combined'))! } };
  },
  write: ({ dp, combined }) => record({ dp, combined }),
  oracle: ({ p, t }) => answer(categoricalCrossEntropyGradient(p, t)),
  accepts: [
    convention('mean', averaged, (p, t, probe) => -t / p / probe.p.length, false),
    convention('combined', `${combinedNote} ${summed}`, (p, t) => p - t, true),
    convention('combined-mean', `${combinedNote} ${averaged}`, (p, t, probe) => (p - t) / probe.p.length, true),
  ],
  clues: { families: guardsOf('the quotient is too small', gradientAt) },
  mistakes: [
    entries(
      'sign',
      'the sign is turned round',
      'The loss falls when the prediction of the true class rises: its derivative is negative.',
      (p, t) => t / p,
    ),
    entries(
      'undeclared',
      'prediction − target, without saying so',
      'That is the derivative with respect to the input of the softmax. Set `combined = true`, or return −target/prediction.',
      (p, t) => p - t,
    ),
    entries(
      'undeclared-mean',
      '(prediction − target) / examples, without saying so',
      'That is the derivative with respect to the input of the softmax. Set `combined = true`, or return −target/prediction.',
      (p, t, probe) => (p - t) / probe.p.length,
    ),
    entries(
      'declared-only',
      'combined is set, but the derivative stops at the prediction',
      'With `combined = true` backward returns prediction − target; otherwise leave `combined` false.',
      (p, t) => -t / p,
      true,
    ),
    entries(
      'target-minus',
      'target − prediction',
      'The sign is turned round: it is prediction − target, with `combined = true`.',
      (p, t) => t - p,
    ),
    entries(
      'combined-sign',
      'target − prediction, combined',
      'The sign is turned round: it is prediction − target.',
      (p, t) => t - p,
      true,
    ),
    entries(
      'all-classes',
      'the target is not used',
      'Multiply by the target: the other classes do not occur in the loss.',
      (p) => -1 / p,
    ),
    entries(
      'no-division',
      'minus the target',
      'The derivative of log p is 1/p: divide by the prediction.',
      (_, t) => -t,
    ),
    entries(
      'product',
      'multiplied by the prediction',
      'The derivative of log p is 1/p: divide by the prediction.',
      (p, t) => -t * p,
    ),
    entries(
      'loss-terms',
      'the terms of the loss themselves',
      'Differentiate: the derivative of log p is 1/p.',
      (p, t) => -t * Math.log(p),
    ),
    entries(
      'binary',
      'the derivative of the binary cross-entropy',
      'The term with 1 − target belongs to the binary loss.',
      (p, t) => (p - t) / (p * (1 - p)),
    ),
    entries(
      'squared',
      'the derivative of the squared error',
      'Differentiate −Σ target · log(prediction).',
      (p, t) => 2 * (p - t),
    ),
    entries(
      'power',
      'divided by the square of the prediction',
      'The derivative of log p is 1/p.',
      (p, t) => -t / p ** 2,
    ),
    entries(
      'mean-classes',
      'divided by the number of classes',
      'The loss sums over the classes: nothing is divided by their number.',
      (p, t, probe) => -t / p / probe.p[0]!.length,
    ),
    entries(
      'mean-everything',
      'divided by the number of all entries',
      'A mean over the mini-batch divides by the number of examples only.',
      (p, t, probe) => -t / p / probe.p.flat().length,
    ),
    entries(
      'log2',
      'the logarithm to base 2',
      'Use the natural logarithm: its derivative is 1/p.',
      (p, t) => -t / p / Math.LN2,
    ),
    entries(
      'log10',
      'the logarithm to base 10',
      'Use the natural logarithm: its derivative is 1/p.',
      (p, t) => -t / p / Math.LN10,
    ),
  ],
};

export const cceBackward = askedAgain(
  problem,
  async (guest) => {
    const cce = await make(guest, 'CCE');
    const combined = flag(await saysCombined(guest));
    return async ({ p, t }) => {
      const dp = await callAny(guest, cce, backwardNames, [arrayOf(p), arrayOf(t)]);
      return { value: record({ dp, combined }) };
    };
  },
  otherLoss,
);

/** Away from 0, where finite differences of a loss are exact enough to judge by. */
export const cceBackwardInside: Problem<LossProbe> = {
  ...cceBackward,
  id: '3.1.inside',
  probes: (random) => cceBackward.probes(random).slice(0, 2),
  visits: [],
};
