/** Questions 2.6 and 3.1: the categorical cross-entropy, forwards and backwards. 13 marks, 1 by a person. */
import { sum, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { categoricalCrossEntropy, categoricalCrossEntropyGradient } from '../../../reference/oracles/losses.ts';
import type { Check, CheckContext } from '../../check.ts';
import { simplex } from '../../formula/domains.ts';
import { answerCheck } from '../../kinds/answer-check.ts';
import { gradientBeside } from '../../kinds/combined-loss.ts';
import { flag } from '../../kinds/combined-loss-question.ts';
import { amongTrue, drawFree, drawFreeNear, drawNear, drawPredictions } from '../../kinds/drawn-predictions.ts';
import { essays } from '../../kinds/essays.ts';
import { formulaChecks } from '../../kinds/formulas.ts';
import { nearOne, nearZero } from '../../kinds/loss-near-zero.ts';
import type { LossObject } from '../../kinds/loss-object.ts';
import { judgeLossGradient, judgeZeroGradient, judgeZeroLoss } from '../../kinds/loss-object.ts';
import type { LossProbe } from '../../kinds/loss-object-question.ts';
import { lossBackwardQuestion, lossCallQuestion, lossDerivativeFormula } from '../../kinds/loss-object-question.ts';
import type { BothWays } from '../../kinds/taped-net.ts';
import type { Variant } from '../../key.ts';
import { categoricalByPrediction } from '../../mistakes/formulas/cross-entropies.ts';
import { categoricalLosses, ceilingsOf, guardsOf } from '../../mistakes/losses/categorical.ts';
import { categoricalSlopes } from '../../mistakes/losses/categorical-slopes.ts';
import { madeOf } from '../../mistakes/wrong-function.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';

const lossOf = (values: number[]): Answer => ({ loss: makeArray([values.length], values) });
const lossAt = ({ p, t }: LossProbe): Answer => lossOf(categoricalCrossEntropy(p, t));
const sent = ({ p, t }: LossProbe) => [arrayOf(p), arrayOf(t)];

const call: Problem<LossProbe> = {
  ...lossCallQuestion({ id: '2.6.call', title: 'The categorical cross-entropy of every example' }),
  // Near 0 and near 1 the allowed 1e-7 changes the loss by an eighth of the tolerance at most; nearer to 0 see 2.6.zero.
  probes: (random) => [
    drawPredictions(random.fork('a'), 6, 10),
    drawPredictions(random.fork('b'), 5, 4),
    drawPredictions(random.fork('c'), 1, 3),
    drawPredictions(random.fork('d'), 4, 4),
    drawNear(random.fork('0'), 6, 4, (i) => 6e-4 * (1 + i)),
    drawNear(random.fork('1'), 4, 6, (i) => 0.996 - 1e-4 * i),
  ],
  visits: [
    { says: 'a probability near 0 for the true class', holds: amongTrue((p) => p < 1e-3) },
    { says: 'a probability near 1 for the true class', holds: amongTrue((p) => p > 0.995) },
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

const slopeAt = ({ p, t }: LossProbe): Answer => gradientBeside('dp', categoricalCrossEntropyGradient(p, t));

type Slope = (p: number, t: number, examples: number) => number;

/** Another derivative that is right, entry by entry; `combined` where only a program that says so may compute it. */
const convention = (id: string, title: string, f: Slope, combined = false): Variant<LossProbe> => ({
  id,
  title,
  compute: ({ p, t }) =>
    gradientBeside(
      'dp',
      zipMat(p, t, (v, target) => f(v, target, p.length)),
      combined,
    ),
});

const summed =
  'The gradient of every example is that of its own loss; the mean over the mini-batch is taken elsewhere.';
const averaged = 'The gradient is that of the mean loss over the mini-batch.';
const combinedNote = 'The loss is combined with the softmax (`combined = true`).';

const backward: Problem<LossProbe> = {
  ...lossBackwardQuestion({
    id: '3.1.backward',
    title: 'The derivative of the cross-entropy with respect to the prediction',
  }),
  probes: (random) => [
    drawFree(random.fork('a'), 6, 10),
    drawFree(random.fork('b'), 5, 4),
    drawFree(random.fork('c'), 4, 4),
    drawFreeNear(random.fork('0'), 4, 6),
  ],
  visits: [{ says: 'a probability near 0 for the true class', holds: amongTrue((p) => p < 5e-3) }],
  oracle: slopeAt,
  accepts: [
    convention('mean', averaged, (p, t, examples) => -t / p / examples),
    convention('combined', `${combinedNote} ${summed}`, (p, t) => p - t, true),
    convention('combined-mean', `${combinedNote} ${averaged}`, (p, t, examples) => (p - t) / examples, true),
  ],
  clues: { families: guardsOf('the quotient is too small', slopeAt) },
  mistakes: madeOf(categoricalSlopes, sent, (dp, { combined }) => ({ dp, combined: flag(combined === true) })),
  differences: { are: 'told' },
};

const cce: LossObject = {
  call,
  backward,
  inside: { ...backward, id: '3.1.inside', probes: (random) => backward.probes(random).slice(0, 2), visits: [] },
  nearZero: { call: nearZero(call, '2.6.tiny', 'loss'), backward: nearZero(backward, '3.1.tiny', 'dp') },
  nearOne: { call: { ...nearOne(call, '2.6.likely', 'loss'), clues: { families: ceilingsOf(lossAt) } } },
  task: '2.6',
};

const judgeGradient = (context: CheckContext) => judgeLossGradient(context, cce);
const judgeGradientAtZero = (context: CheckContext) => judgeZeroGradient(context, cce);

/** The loss, for what builds on it; its derivative keeps its marks where it is that of a wrong loss. */
export const lossBackward = { task: '3.1', problem: backward };
export const loss: BothWays = {
  forward: [
    { task: '2.6', problem: call },
    { task: '2.6', problem: cce.nearZero.call },
    { task: '2.6', problem: cce.nearOne.call },
  ],
  backward: [
    { ...lossBackward, judges: [judgeGradient] },
    { task: '3.1', problem: cce.nearZero.backward, judges: [judgeGradientAtZero] },
  ],
};

export const checks: Check[] = [
  answerCheck({
    id: '2.6.values',
    task: '2.6',
    title: 'CCE.call is −Σ target · log(prediction) of every example',
    asks: 'Six predictions for ten classes and five for four, with one-hot targets.',
    points: 4,
    problem: call,
    words: { loss: 'The result of CCE.call' },
  }),
  // Right near 0 and 1 is the loss with nothing added to the prediction, with at most 1e-7, or anything between. Where the values are
  // wrong, and have lost their marks, it is enough to be finite.
  {
    id: '2.6.zero',
    task: '2.6',
    title: 'CCE.call is finite where a prediction is 0, and right where it is nearly 0 or 1',
    asks: 'A prediction of exactly 0 for the true class, and one for another class; predictions from 2e-7 to 5e-6, and so near 1.',
    points: 1,
    run: judgeZeroLoss(cce),
  },
  ...formulaChecks([
    {
      id: '3.1.formula',
      task: '3.1',
      title: 'The derivative of the loss with respect to one prediction, as a formula',
      points: 2,
      formula: {
        ...lossDerivativeFormula,
        truth: '-y_j / yhat_j',
        domain: (random) => {
          const classes = 3 + random.integer(8);
          const values = { yhat: simplex(random, classes), y: simplex(random, classes) };
          return { values, at: { j: random.integer(classes) } };
        },
        mistakes: categoricalByPrediction,
      },
    },
  ]),
  ...essays([['3.1.steps', '3.1', 1, 'The way from the loss to its derivative']]),
  // Right is −target / prediction, divided by the number of examples or not; prediction − target from a loss that says
  // `combined`; and the derivative of the student's own loss, whose mistake is paid in 2.6.
  {
    id: '3.1.values',
    task: '3.1',
    title: 'CCE.backward is the derivative of the loss with respect to every prediction',
    asks: 'Six predictions for ten classes and five for four, with one-hot targets.',
    points: 4,
    problems: [backward],
    run: judgeGradient,
  },
  // As in 2.6: up to 1e-7 may be added to the prediction.
  {
    id: '3.1.zero',
    task: '3.1',
    title: 'CCE.backward gives numbers where a prediction of another class is 0, and is right where one is nearly 0',
    asks: 'A prediction of exactly 0 for a class that is not the true one; predictions from 2e-7 to 5e-6 for the true one.',
    points: 1,
    run: judgeGradientAtZero,
  },
];
