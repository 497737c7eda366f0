/** The model of one layer where it is sure of itself, ŷ a few millionths from 0 or 1, and right or wrong with it. */
import { sigmoid } from '../../../reference/oracles/activations.ts';
import { dot } from '../../../reference/oracles/linear-algebra.ts';
import { oneLayer } from '../../../reference/oracles/one-layer.ts';
import type { CheckContext, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import { agree } from '../../follow-through.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { unlessStopped } from '../../stopped.ts';
import { lossOf } from '../../mistakes/losses/binary.ts';
import { short } from '../../numerics/digits.ts';
import { isLossOf } from '../../kinds/near-the-ends.ts';
import type { OneLayerProbe } from './q1-3a-question.ts';

/** σ(13) is 2e-6 from 1: twenty times what the sheet lets a program keep away. */
const far = 13;

const probesFrom = (probe: OneLayerProbe): OneLayerProbe[] =>
  [-far, far].flatMap((h) => [0, 1].map((y) => ({ ...probe, y, b: h - dot(probe.x, probe.w) })));

interface FarOut {
  problem: Problem<OneLayerProbe>;
  /** What the student's own functions of 1.2 lead to, which have paid. */
  own(probe: OneLayerProbe): Promise<Answer | undefined>;
}

/** The part of the answer at the first of these probes where it is wrong, or undefined. */
async function firstWrong(
  context: CheckContext,
  { problem, own }: FarOut,
  part: 'loss' | 'gradX',
  isRight: (probe: OneLayerProbe, values: readonly number[]) => boolean,
): Promise<{ probe: OneLayerProbe; yours: readonly number[] } | undefined> {
  for (const probe of probesFrom(context.probes(problem)[0]!)) {
    const yours = await unlessStopped(async () => {
      const reading = problem.read(await context.ask(problem, probe), probe);
      return 'answer' in reading ? reading.answer[part] : undefined;
    }, undefined);
    if (yours !== undefined && isRight(probe, [...yours.data])) continue;
    const followed = await unlessStopped(() => own(probe), undefined);
    // Where the student's own functions give no number here, that has been paid for, and nothing can be seen to follow.
    if (followed?.[part]?.data.every(Number.isFinite) === false) continue;
    if (!agree(yours, followed?.[part], problem.band)) return { probe, yours: [...(yours?.data ?? [NaN])] };
  }
  return undefined;
}

const wrongLoss = (context: CheckContext, farOut: FarOut) =>
  firstWrong(context, farOut, 'loss', ({ w, b, x, y }, [loss]) => isLossOf(y, sigmoid(dot(x, w) + b), loss!));

/** The judgement of a loss that is right elsewhere; one that cuts predictions off earns half. */
export async function judgeLossFarOut(context: CheckContext, judgement: Judgement, farOut: FarOut): Promise<Judgement> {
  if (judgement.earned < 1) return judgement;
  const wrong = await wrongLoss(context, farOut);
  if (wrong === undefined) return judgement;
  const { w, b, x, y } = wrong.probe;
  return fail(
    {
      says: 'loss is right for most predictions, but not near 0 and 1.',
      asked: `h = ${short(dot(x, w) + b)}, target ${y}`,
      yours: short(wrong.yours[0]!),
      expected: short(lossOf(y, sigmoid(dot(x, w) + b))),
      hint: 'Keep ŷ away from 0 and 1 by 1e-7 at most: what is cut off has no slope and is never learned.',
    },
    { earned: 0.5 },
  );
}

/**
 * The same for the gradient, where the prediction is wrong and ∂L/∂h therefore ŷ − y = ±1, up to the 1e-7; a loss that cuts
 * off has paid for both.
 */
export async function judgeGradientFarOut(
  context: CheckContext,
  judgement: Judgement,
  farOut: FarOut,
): Promise<Judgement> {
  if (judgement.earned < 1 || (await wrongLoss(context, farOut)) !== undefined) return judgement;
  const wrong = await firstWrong(context, farOut, 'gradX', ({ w, b, x, y }, gradX) => {
    const right = oneLayer(w, b, x, y);
    const least = Math.abs(right.gradB) > 0.5 ? 0.1 : Infinity;
    return gradX.every(
      (value, i) => Number.isFinite(value) && !(Math.abs(value - right.gradX[i]!) > least * Math.abs(w[i]!)),
    );
  });
  if (wrong === undefined) return judgement;
  const { w, b, x, y } = wrong.probe;
  return fail(
    {
      says: 'gradX is right for most predictions, but not near 0 and 1.',
      asked: `h = ${short(dot(x, w) + b)}, target ${y}`,
      yours: wrong.yours.map(short).join(', '),
      expected: oneLayer(w, b, x, y).gradX.map(short).join(', '),
      hint: 'A prediction that is sure and wrong has the largest gradient of all: ∂L/∂h = ŷ − y. Keep ŷ away from 0 and 1 by 1e-7 at most.',
    },
    { earned: 0.5 },
  );
}
