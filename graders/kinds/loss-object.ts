/** Cross-entropy objects judged: where a prediction is 0 or nearly so, and their derivative beside the student's own loss. */
import type { Check, CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, isAttempt, judgeTensor } from '../evaluate.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf, mapArray, rowsOf } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import { judgeBothSides } from '../two-sided.ts';
import { judgeCombined } from './combined-loss.ts';
import { saysCombined } from './combined-loss-question.ts';
import { askNew, backwardNames } from './layer-objects.ts';
import type { LossProbe } from './loss-object-question.ts';
import { matAnswer } from './named-arrays.ts';
import { followingOwn } from './own-parts.ts';
import { countsOnce } from './own-work.ts';

/** A loss object's problems. */
export interface LossObject {
  call: Problem<LossProbe>;
  backward: Problem<LossProbe>;
  /** `backward` away from 0, where finite differences of a loss are exact enough to judge by. */
  inside: Problem<LossProbe>;
  nearZero: { call: Problem<LossProbe>; backward: Problem<LossProbe> };
  /** The derivative near 1 changes by no more than is allowed; the loss is all that is left of it. */
  nearOne: { call: Problem<LossProbe> };
  /** Where `call` is paid for. */
  task: string;
}

const askCce = (guest: Guest, methods: readonly string[], { p, t }: LossProbe): Promise<NdArray | undefined> =>
  askNew(guest, 'CCE', methods, [arrayOf(p), arrayOf(t)]);

/** Whether the loss is finite at 0; and right near 0 and near 1, unless its values are wrong elsewhere and have lost their marks. */
export const judgeZeroLoss = ({ call, nearZero, nearOne }: LossObject): Check['run'] =>
  countsOnce(
    (context) => isAttempt(() => evaluate(context, call)),
    'CCE.call computes something that resembles the cross-entropy',
    async (context) => {
      const p = [
        [0, 0.75, 0.25],
        [0, 0.5, 0.5],
      ];
      const t = [
        [1, 0, 0],
        [0, 1, 0],
      ];
      const got = await askCce(await context.guest(), ['call'], { p, t });
      if (got === undefined || got.data.length === 0 || !got.data.every(Number.isFinite)) {
        return fail({
          says: 'CCE.call is not finite where a prediction is 0.',
          yours: [...(got?.data ?? [])].join(', '),
          hint: 'log(0) is −∞, and 0 · ∞ is not a number: keep predictions a tiny bit above 0 in the logarithm, e.g. by 1e-12.',
        });
      }
      if (!(await evaluate(context, call)).tensors['loss']!.accepted) return pass();
      const low = judgeTensor(
        await evaluate(context, nearZero.call),
        'loss',
        'The loss where a prediction is nearly 0',
      );
      return low.earned < 1
        ? low
        : judgeTensor(await evaluate(context, nearOne.call), 'loss', 'The loss where a prediction is nearly 1');
    },
  );

const overBatch = [() => 1, ({ p }: LossProbe) => 1 / p.length];

/** Of the right loss or of the student's own; whether it is summed or averaged over the mini-batch is left open. */
export async function judgeLossGradient(context: CheckContext, loss: LossObject): Promise<Judgement> {
  const { call, backward, inside, task } = loss;
  const byOracle = judgeCombined(await evaluate(context, backward), { dp: 'The result of CCE.backward' });
  let judged = await withOwnGuard(context, byOracle, { call, backward, task });
  for (const weight of overBatch) {
    judged = await judgeBothSides(context, judged, {
      backward: inside,
      forward: call,
      output: 'loss',
      form: 'curved',
      inputs: ({ p }) => ({ dp: arrayOf(p) }),
      at: (probe, { dp }) => ({ ...probe, p: rowsOf(dp!) }),
      upstream: (probe, output) => mapArray(output, () => weight(probe)),
      // A gradient that is said to have passed the softmax is none with respect to the prediction.
      ask: async (guest, probe) => ((await saysCombined(guest)) ? { value: null } : inside.ask(guest, probe)),
      paidIn: task,
    });
  }
  return judged;
}

/**
 * Right for the prediction that the student's own loss has seen, exp(−loss): what keeps its logarithm finite, too large as it
 * may be, has lost its marks with the loss and may keep the quotient finite too.
 */
async function withOwnGuard(
  context: CheckContext,
  judgement: Judgement,
  { call, backward, task }: Pick<LossObject, 'call' | 'backward' | 'task'>,
): Promise<Judgement> {
  let judged = judgement;
  for (const weight of overBatch) {
    judged = await followingOwn(judged, context, {
      problem: backward,
      tensors: ['dp'],
      earlier: [{ task, problem: call }],
      own: async (guest, { p, t }) => {
        const loss = await askCce(guest, ['call'], { p, t });
        if (loss?.data.length !== p.length) return undefined;
        return matAnswer(
          'dp',
          t.map((row, i) => row.map((v) => -v * Math.exp(loss.data[i]!) * weight({ p, t }))),
        );
      },
    });
  }
  return judged;
}

/** Whether the derivative gives numbers beside a prediction of 0; and is right near 0, unless it is wrong elsewhere. */
export async function judgeZeroGradient(
  context: CheckContext,
  { backward, nearZero, task }: LossObject,
): Promise<Judgement> {
  const guest = await context.guest();
  const gradientAt = (p: number[]) => askCce(guest, backwardNames, { p: [p], t: [[0, 1, 0]] });
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
  if (!(await evaluate(context, backward)).tensors['dp']!.accepted) return pass();
  const words = 'The derivative where a prediction is nearly 0';
  const near = judgeTensor(await evaluate(context, nearZero.backward), 'dp', words);
  return withOwnGuard(context, near, { ...nearZero, task });
}
