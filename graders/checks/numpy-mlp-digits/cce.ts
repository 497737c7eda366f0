/** Questions 2.6 and 3.1: the categorical cross-entropy, forwards and backwards. 13 marks, 1 by a person. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt, judgeTensor } from '../../evaluate.ts';
import { simplex } from '../../formula/domains.ts';
import { essays } from '../../kinds/essays.ts';
import { formulaChecks } from '../../kinds/formulas.ts';
import { categoricalByPrediction } from '../../mistakes/formulas/cross-entropies.ts';
import { arrayOf, mapArray, rowsOf } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom } from '../../values.ts';
import { derivativeQuestion } from './cce-question.ts';
import { cceBackward, cceBackwardInside, cceCall } from './cce-problems.ts';
import { cceBackwardTiny, cceCallTiny } from './cce-tiny.ts';
import type { LossProbe } from './cce-question.ts';
import { saysCombined } from '../../kinds/combined-loss-question.ts';
import { backwardNames, make } from '../../kinds/layer-objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { followingOwn } from '../../kinds/own-parts.ts';
import { judgeCombined } from '../../kinds/combined-loss.ts';
import { matAnswer } from '../../kinds/named-arrays.ts';

export const checks: Check[] = [
  {
    id: '2.6.values',
    task: '2.6',
    title: 'CCE.call is −Σ target · log(prediction) of every example',
    asks: 'Six predictions for ten classes and five for four, with one-hot targets.',
    points: 4,
    problems: [cceCall],
    run: async (context) => judgeTensor(await evaluate(context, cceCall), 'loss', 'The result of CCE.call'),
  },
  {
    id: '2.6.zero',
    task: '2.6',
    title: 'CCE.call is finite where a prediction is 0, and right where it is nearly 0',
    asks: 'A prediction of exactly 0 for the true class, and one for another class; predictions from 2e-7 to 5e-6.',
    points: 1,
    run: judgeZeroLoss,
  },
  ...formulaChecks([
    {
      id: '3.1.formula',
      task: '3.1',
      title: 'The derivative of the loss with respect to one prediction, as a formula',
      points: 2,
      formula: {
        ...derivativeQuestion,
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
  {
    id: '3.1.values',
    task: '3.1',
    title: 'CCE.backward is the derivative of the loss with respect to every prediction',
    asks: 'Six predictions for ten classes and five for four, with one-hot targets.',
    points: 4,
    problems: [cceBackward],
    run: judgeLossGradient,
  },
  {
    id: '3.1.zero',
    task: '3.1',
    title: 'CCE.backward gives numbers where a prediction of another class is 0, and is right where one is nearly 0',
    asks: 'A prediction of exactly 0 for a class that is not the true one; predictions from 2e-7 to 5e-6 for the true one.',
    points: 1,
    run: judgeZeroGradient,
  },
];

async function judgeZeroLoss(context: CheckContext): Promise<Judgement> {
  if (!(await isAttempt(() => evaluate(context, cceCall)))) {
    return fail({ says: 'Counts once CCE.call computes something that resembles the cross-entropy.' });
  }
  const guest = await context.guest();
  const args = [
    [
      [0, 0.75, 0.25],
      [0, 0.5, 0.5],
    ],
    [
      [1, 0, 0],
      [0, 1, 0],
    ],
  ].map((rows) => arrayOf(rows));
  const got = arrayFrom(await callAny(guest, await make(guest, 'CCE'), ['call'], args));
  if (got === undefined || got.data.length === 0 || !got.data.every(Number.isFinite)) {
    return fail({
      says: 'CCE.call is not finite where a prediction is 0.',
      yours: [...(got?.data ?? [])].join(', '),
      hint: 'log(0) is −∞, and 0 · ∞ is not a number: keep predictions a tiny bit above 0 in the logarithm, e.g. by 1e-12.',
    });
  }
  // Wrong values have lost their marks already: then it is enough to be finite.
  const isRight = judgeTensor(await evaluate(context, cceCall), 'loss', '').earned === 1;
  return isRight
    ? judgeTensor(await evaluate(context, cceCallTiny), 'loss', 'The loss where a prediction is nearly 0')
    : pass();
}

/** Of the right loss or of the student's own; whether it is summed or averaged over the mini-batch is left open. */
export async function judgeLossGradient(context: CheckContext): Promise<Judgement> {
  const byOracle = judgeCombined(await evaluate(context, cceBackward), { dp: 'The result of CCE.backward' });
  const followed = await withOwnGuard(context, byOracle, cceBackward, cceCall);
  const own = (byOracleSoFar: Judgement, weight: (probe: LossProbe) => number) =>
    judgeBothSides(context, byOracleSoFar, {
      backward: cceBackwardInside,
      forward: cceCall,
      output: 'loss',
      form: 'curved',
      inputs: ({ p }) => ({ dp: arrayOf(p) }),
      at: (probe, { dp }) => ({ ...probe, p: rowsOf(dp!) }),
      upstream: (probe, output) => mapArray(output, () => weight(probe)),
      // A gradient that is said to have passed the softmax is none with respect to the prediction.
      ask: async (guest, probe) =>
        (await saysCombined(guest)) ? { value: null } : cceBackwardInside.ask(guest, probe),
      paidIn: '2.6',
    });
  return own(await own(followed, () => 1), ({ p }) => 1 / p.length);
}

/**
 * Right for the prediction that the student's own loss has seen, exp(−loss): what keeps its logarithm finite, too large as it
 * may be, has lost its marks in 2.6 and may keep the quotient finite too.
 */
async function withOwnGuard(
  context: CheckContext,
  judgement: Judgement,
  backward: Problem<LossProbe>,
  call: Problem<LossProbe>,
): Promise<Judgement> {
  let judged = judgement;
  for (const share of [() => 1, ({ p }: LossProbe) => 1 / p.length]) {
    judged = await followingOwn(judged, context, {
      problem: backward,
      tensors: ['dp'],
      earlier: [{ task: '2.6', problem: call }],
      own: async (guest, { p, t }) => {
        const args = [arrayOf(p), arrayOf(t)];
        const loss = arrayFrom(await callAny(guest, await make(guest, 'CCE'), ['call'], args));
        if (loss?.data.length !== p.length) return undefined;
        return matAnswer(
          'dp',
          t.map((row, i) => row.map((v) => -v * Math.exp(loss.data[i]!) * share({ p, t }))),
        );
      },
    });
  }
  return judged;
}

export async function judgeZeroGradient(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const gradientAt = async (p: number[]) => {
    const args = [arrayOf([p]), arrayOf([[0, 1, 0]])];
    return arrayFrom(await callAny(guest, await make(guest, 'CCE'), backwardNames, args));
  };
  const [got, other] = [await gradientAt([0, 0.75, 0.25]), await gradientAt([0.25, 0.5, 0.25])];
  if (got === undefined || other === undefined || got.data.join() === other.data.join()) {
    return fail({ says: 'Counts once the result of CCE.backward depends on the prediction.' });
  }
  if (!got.data.every(Number.isFinite)) {
    return fail({
      says: 'CCE.backward is not finite where a prediction of another class is 0.',
      yours: [...got.data].join(', '),
      hint: '0/0 is not a number, and a softmax does reach 0: keep the denominator a tiny bit above 0.',
    });
  }
  const isRight = judgeTensor(await evaluate(context, cceBackward), 'dp', '').earned === 1;
  if (!isRight) return pass();
  const tiny = judgeTensor(
    await evaluate(context, cceBackwardTiny),
    'dp',
    'The derivative where a prediction is nearly 0',
  );
  return withOwnGuard(context, tiny, cceBackwardTiny, cceCallTiny);
}
