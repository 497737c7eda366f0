/** What is right for the object CCE, and the predictions at which it shows: everywhere between 0 and 1 and near both ends. */
import { sum, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { categoricalCrossEntropy, categoricalCrossEntropyGradient } from '../../../reference/oracles/losses.ts';
import { oneHotRows } from '../../kinds/drawn-rows.ts';
import { matAnswer } from '../../kinds/named-arrays.ts';
import { categoricalLosses, guardsOf } from '../../mistakes/losses/categorical.ts';
import { categoricalSlopes } from '../../mistakes/losses/categorical-slopes.ts';
import { madeOf } from '../../mistakes/wrong-function.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import type { LossProbe } from './cce-question.ts';
import { lossQuestion, slopeQuestion } from './cce-question.ts';
import { flag } from '../../kinds/combined-loss-question.ts';

/** Predictions between about 0.01 and 0.6. */
function drawLoss(random: Random, rows: number, classes: number): LossProbe {
  const raw = Array.from({ length: rows }, () =>
    Array.from({ length: classes }, () => random.uniform(0.05, 1) ** 2 + 0.02),
  );
  return { p: raw.map((row) => row.map((v) => Math.fround(v / sum(row)))), t: oneHotRows(random, rows, classes) };
}

/** Like those, but the true class of every example has a probability of its own, from `near`. */
export function drawNear(random: Random, rows: number, classes: number, near: (row: number) => number): LossProbe {
  const { p, t } = drawLoss(random, rows, classes);
  const withTrue = (row: number[], target: number[], i: number) => {
    const truth = target.indexOf(1);
    const rest = (1 - near(i)) / (1 - row[truth]!);
    return row.map((v, k) => Math.fround(k === truth ? near(i) : v * rest));
  };
  return { p: p.map((row, i) => withTrue(row, t[i]!, i)), t };
}

/** Whether such a probability of a true class occurs. */
const among = (is: (p: number) => boolean) => (probes: readonly LossProbe[]) =>
  probes.some(({ p, t }) => p.some((row, i) => is(row[t[i]!.indexOf(1)]!)));

const sent = ({ p, t }: LossProbe) => [arrayOf(p), arrayOf(t)];

const lossOf = (values: number[]): Answer => ({ loss: makeArray([values.length], values) });
const lossAt = ({ p, t }: LossProbe): Answer => lossOf(categoricalCrossEntropy(p, t));

export const cceCall: Problem<LossProbe> = {
  ...lossQuestion,
  // Near 0 and near 1 the allowed 1e-7 changes the loss by an eighth of the tolerance at most; nearer to 0 see cce-tiny.ts.
  probes: (random) => [
    drawLoss(random.fork('a'), 6, 10),
    drawLoss(random.fork('b'), 5, 4),
    drawNear(random.fork('0'), 6, 4, (i) => 6e-4 * (1 + i)),
    drawNear(random.fork('1'), 4, 6, (i) => 0.996 - 1e-4 * i),
  ],
  visits: [
    { says: 'a probability near 0 for the true class', holds: among((p) => p < 1e-3) },
    { says: 'a probability near 1 for the true class', holds: among((p) => p > 0.995) },
  ],
  oracle: lossAt,
  accepts: [
    {
      id: 'mean',
      title:
        'CCE.call returns the mean over the mini-batch. One loss for each example is asked for; here both are accepted.',
      compute: ({ p, t }) => lossOf(p.map(() => sum(categoricalCrossEntropy(p, t)) / p.length)),
    },
  ],
  clues: { families: guardsOf('the loss is too small', lossAt) },
  mistakes: madeOf(categoricalLosses, sent, (loss) => ({ loss })),
};

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

const slope = (dp: number[][], combined = false): Answer => ({ ...matAnswer('dp', dp), combined: flag(combined) });
const slopeAt = ({ p, t }: LossProbe): Answer => slope(categoricalCrossEntropyGradient(p, t));

/** What is right as well: the derivative of the mean, and the one that has gone through the softmax if the program says so. */
const convention = (
  id: string,
  title: string,
  f: (p: number, t: number, examples: number) => number,
  combined: boolean,
) => ({
  id,
  title,
  compute: ({ p, t }: LossProbe) =>
    slope(
      zipMat(p, t, (v, target) => f(v, target, p.length)),
      combined,
    ),
});

const summed =
  'The gradient of every example is that of its own loss; the mean over the mini-batch is taken elsewhere.';
const averaged = 'The gradient is that of the mean loss over the mini-batch.';
const combinedNote = 'The loss is combined with the softmax (`combined = true`).';

export const cceBackward: Problem<LossProbe> = {
  ...slopeQuestion,
  probes: (random) => [
    drawFree(random.fork('a'), 6, 10),
    drawFree(random.fork('b'), 5, 4),
    drawFreeNear(random.fork('0'), 4, 6),
  ],
  visits: [{ says: 'a probability near 0 for the true class', holds: among((p) => p < 5e-3) }],
  oracle: slopeAt,
  accepts: [
    convention('mean', averaged, (p, t, examples) => -t / p / examples, false),
    convention('combined', `${combinedNote} ${summed}`, (p, t) => p - t, true),
    convention('combined-mean', `${combinedNote} ${averaged}`, (p, t, examples) => (p - t) / examples, true),
  ],
  clues: { families: guardsOf('the quotient is too small', slopeAt) },
  mistakes: madeOf(categoricalSlopes, sent, (dp, { combined }) => ({ dp, combined: flag(combined === true) })),
};

/** Away from 0, where finite differences of a loss are exact enough to judge by. */
export const cceBackwardInside: Problem<LossProbe> = {
  ...cceBackward,
  id: '3.1.inside',
  probes: (random) => cceBackward.probes(random).slice(0, 2),
  visits: [],
};
