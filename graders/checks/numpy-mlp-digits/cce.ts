/** Questions 2.6 and 3.1: the categorical cross-entropy, forwards and backwards. 13 marks, 1 by a person. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt, judgeTensor } from '../../evaluate.ts';
import { simplex } from '../../formula/domains.ts';
import type { FormulaProblem } from '../../formula/problem.ts';
import { judgeFormula } from '../../judge-formula.ts';
import { manualCheck } from '../../manual.ts';
import { arrayOf, mapArray, rowsOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom } from '../../values.ts';
import { cceBackward } from './cce-backward.ts';
import { cceCall } from './cce-call.ts';
import type { LossProbe } from './cce-call.ts';
import { backwardNames, callMethod, make, saysCombined } from './objects.ts';
import { judgeCombined } from './own-parts.ts';

export const derivative: FormulaProblem = {
  key: 'dLdyhat',
  what: '∂L/∂ŷ_j',
  names: { known: ['yhat_j', 'y_j'], free: ['j'] },
  truth: '-y_j / yhat_j',
  domain: (random) => {
    const classes = 3 + random.integer(8);
    const values = { yhat: simplex(random, classes), y: simplex(random, classes) };
    return { values, at: { j: random.integer(classes) } };
  },
  mistakes: [
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'The loss has a minus: the derivative of −y log ŷ is −y/ŷ.',
      text: 'y_j / yhat_j',
    },
    {
      id: 'logits',
      title: 'This is the derivative before the softmax',
      advice: 'Stop at the prediction: ŷ is the variable here, not the input of the softmax.',
      text: 'yhat_j - y_j',
    },
    {
      id: 'no-target',
      title: 'The target is missing',
      advice: 'Every logarithm in the loss is multiplied by its target.',
      text: '-1 / yhat_j',
    },
    {
      id: 'loss',
      title: 'This is the loss, not its derivative',
      advice: 'The derivative of log ŷ is 1/ŷ.',
      text: '-y_j * log(yhat_j)',
    },
    {
      id: 'binary',
      title: 'This is the derivative of the binary cross-entropy',
      advice: 'The categorical loss has no term with 1 − y.',
      text: '(yhat_j - y_j) / (yhat_j * (1 - yhat_j))',
    },
    {
      id: 'log',
      title: 'The logarithm is still there',
      advice: 'The derivative of log ŷ is 1/ŷ; the logarithm is gone afterwards.',
      text: '-y_j / log(yhat_j)',
    },
    {
      id: 'product',
      title: 'Multiplied instead of divided',
      advice: 'The derivative of log ŷ is 1/ŷ.',
      text: '-y_j * yhat_j',
    },
  ],
};

export const checks: Check[] = [
  {
    id: '2.6.values',
    task: '2.6',
    title: 'CCE.call is −Σ target · log(prediction) of every example',
    asks: 'Six predictions for ten classes and five for four, with one-hot targets.',
    points: 4,
    problems: [cceCall],
    run: async (desk) => judgeTensor(await evaluate(desk, cceCall), 'loss', 'The result of CCE.call'),
  },
  {
    id: '2.6.zero',
    task: '2.6',
    title: 'CCE.call is finite where a prediction is 0',
    asks: 'A prediction of exactly 0 for the true class, and one for another class.',
    points: 1,
    run: judgeZeroLoss,
  },
  {
    id: '3.1.formula',
    task: '3.1',
    title: 'The derivative of the loss with respect to one prediction, as a formula',
    asks: '"dLdyhat" in answers.json.',
    points: 2,
    formulas: [derivative],
    run: async (desk) => judgeFormula(desk, derivative),
  },
  manualCheck({ id: '3.1.steps', task: '3.1', title: 'The way from the loss to its derivative', points: 1 }),
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
    title: 'CCE.backward gives numbers where a prediction of another class is 0',
    asks: 'A prediction of exactly 0 for a class that is not the true one.',
    points: 1,
    run: judgeZeroGradient,
  },
];

async function judgeZeroLoss(desk: Desk): Promise<Judgement> {
  if (!(await isAttempt(() => evaluate(desk, cceCall)))) {
    return fail({ says: 'Counts once CCE.call computes something that resembles the cross-entropy.' });
  }
  const guest = await desk.guest();
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
  const got = arrayFrom(await callMethod(guest, await make(guest, 'CCE'), ['call'], args));
  if (got !== undefined && got.data.length > 0 && got.data.every(Number.isFinite)) return pass();
  return fail({
    says: 'CCE.call is not finite where a prediction is 0.',
    yours: [...(got?.data ?? [])].join(', '),
    hint: 'log(0) is −∞, and 0 · ∞ is not a number: keep predictions a tiny bit above 0 in the logarithm, e.g. by 1e-12.',
  });
}

/** Of the right loss or of the student's own; whether it is summed or averaged over the mini-batch is left open. */
export async function judgeLossGradient(desk: Desk): Promise<Judgement> {
  const byOracle = judgeCombined(await evaluate(desk, cceBackward), { dp: 'The result of CCE.backward' });
  const own = (byOracleSoFar: Judgement, weight: (probe: LossProbe) => number) =>
    judgeBothSides(desk, byOracleSoFar, {
      backward: cceBackward,
      forward: cceCall,
      output: 'loss',
      form: 'curved',
      inputs: ({ p }) => ({ dp: arrayOf(p) }),
      at: (probe, { dp }) => ({ ...probe, p: rowsOf(dp!) }),
      upstream: (probe, output) => mapArray(output, () => weight(probe)),
      // A gradient that is said to have passed the softmax is none with respect to the prediction.
      ask: async (guest, probe) => ((await saysCombined(guest)) ? { value: null } : cceBackward.ask(guest, probe)),
      paidIn: '2.6',
    });
  return own(await own(byOracle, () => 1), ({ p }) => 1 / p.length);
}

async function judgeZeroGradient(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const gradientAt = async (p: number[]) => {
    const args = [arrayOf([p]), arrayOf([[0, 1, 0]])];
    return arrayFrom(await callMethod(guest, await make(guest, 'CCE'), backwardNames, args));
  };
  const [got, other] = [await gradientAt([0, 0.75, 0.25]), await gradientAt([0.25, 0.5, 0.25])];
  if (got === undefined || other === undefined || got.data.join() === other.data.join()) {
    return fail({ says: 'Counts once the result of CCE.backward depends on the prediction.' });
  }
  if (got.data.every(Number.isFinite)) return pass();
  return fail({
    says: 'CCE.backward is not finite where a prediction of another class is 0.',
    yours: [...got.data].join(', '),
    hint: '0/0 is not a number, and a softmax does reach 0: keep the denominator a tiny bit above 0.',
  });
}
