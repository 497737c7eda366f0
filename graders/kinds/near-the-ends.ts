/**
 * The binary cross-entropy where predictions are near 0 and 1. The sheet lets a program keep ŷ away from both by up to 1e-7,
 * by a limit or by adding to it; whoever cuts off more answers for another prediction.
 */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { short } from '../numerics/digits.ts';
import { lossOf, slopeOf } from '../mistakes/losses/binary.ts';
import { unlessStopped } from '../stopped.ts';
import type { ElementwiseProblem } from './elementwise.ts';
import { ownArray } from './own-functions.ts';

/** The 1e-7 of the sheet, and a rounding of 1 − ŷ in single precision on top. */
const moved = 1e-7 + 2 ** -24;
/** Rounding of the value itself, in single precision. */
const rounding = 2e-6;

const isBetween = (value: number, ends: readonly number[]): boolean => {
  const slack = rounding * Math.max(...ends.map(Math.abs));
  return value >= Math.min(...ends) - slack && value <= Math.max(...ends) + slack;
};

/** Whether this is the loss of a prediction that counts as p. */
export const isLossOf = (y: number, p: number, value: number): boolean =>
  isBetween(value, [lossOf(y, p - moved), lossOf(y, p + moved)]);

/** Whether this is the slope for a prediction that counts as p, in (ŷ − y) or in ŷ(1 − ŷ), to which some add the 1e-7. */
const isSlopeOf = (y: number, p: number, value: number): boolean =>
  isBetween(
    value,
    [p - moved, p + moved].flatMap((at) => [-moved, moved].map((by) => (at - y) / (p * (1 - p) + by))),
  );

/** The predictions of which loss or slope is judged, with both targets; the nearest are a few times the 1e-7 away. */
function drawPoints(context: CheckContext): { y: number; p: number }[] {
  const random = context.random('near 0 and 1');
  const distances = [
    random.uniform(4e-7, 9e-7),
    10 ** random.uniform(-6, -5),
    10 ** random.uniform(-5, -4),
    10 ** random.uniform(-4, -3),
  ];
  return distances.flatMap((d) => [0, 1].flatMap((y) => [d, 1 - d].map((p) => ({ y, p }))));
}

type Points = readonly { y: number; p: number }[];

const valuesAt = (
  context: CheckContext,
  problem: ElementwiseProblem,
  points: Points,
): Promise<readonly number[] | undefined> =>
  unlessStopped(async () => {
    const own = await ownArray(context, problem, [
      arrayOf(points.map(({ y }) => y)),
      arrayOf(points.map(({ p }) => p)),
    ]);
    return own && [...own.data];
  }, undefined);

/** The prediction for which the loss would be this one. */
const predictionOf = (y: number, loss: number): number => (y === 1 ? Math.exp(-loss) : 1 - Math.exp(-loss));

/** The judgement of a loss that is right elsewhere; one that cuts predictions off earns half. */
export async function judgeLossNearTheEnds(
  context: CheckContext,
  judgement: Judgement,
  problem: ElementwiseProblem,
): Promise<Judgement> {
  if (judgement.earned < 1) return judgement;
  const points = drawPoints(context);
  const values = await valuesAt(context, problem, points);
  const wrong = points.findIndex(({ y, p }, i) => values === undefined || !isLossOf(y, p, values[i]!));
  if (wrong < 0) return judgement;
  const { y, p } = points[wrong]!;
  const yours = values?.[wrong];
  const told = yours === undefined || !Number.isFinite(yours) ? undefined : predictionOf(y, yours);
  return cutOff(problem.target.name, { y, p }, yours, lossOf(y, p), told);
}

/**
 * The judgement of a derivative that is right elsewhere. It may be the derivative of the student's own loss, which cuts
 * predictions off and has paid for it: that of the prediction which the loss takes instead, or 0 where the loss stands still.
 */
export async function judgeSlopeNearTheEnds(
  context: CheckContext,
  judgement: Judgement,
  problem: ElementwiseProblem,
  own: { loss: ElementwiseProblem; task: string },
): Promise<Judgement> {
  if (judgement.earned < 1 || judgement.followThrough !== undefined) return judgement;
  const points = drawPoints(context);
  const values = await valuesAt(context, problem, points);
  const isWrong = ({ y, p }: { y: number; p: number }, i: number) =>
    values === undefined || !isSlopeOf(y, p, values[i]!);
  const wrong = points.findIndex(isWrong);
  if (wrong < 0) return judgement;
  const losses = await valuesAt(context, own.loss, points);
  const follows = points.every((point, i) => {
    if (!isWrong(point, i)) return true;
    if (values === undefined || losses === undefined || isLossOf(point.y, point.p, losses[i]!)) return false;
    return values[i] === 0 || isSlopeOf(point.y, predictionOf(point.y, losses[i]!), values[i]!);
  });
  if (follows) {
    return pass({
      ...judgement,
      followThrough: `Near 0 and 1 it is the derivative of your own loss, which cuts predictions off; that is paid for in ${own.task}.`,
    });
  }
  const { y, p } = points[wrong]!;
  const yours = values?.[wrong];
  const told = yours === undefined || yours === 0 ? undefined : y === 1 ? -1 / yours : 1 - 1 / yours;
  return cutOff(problem.target.name, { y, p }, yours, slopeOf(y, p), told);
}

function cutOff(
  name: string,
  { y, p }: { y: number; p: number },
  yours: number | undefined,
  expected: number,
  told: number | undefined,
): Judgement {
  const instead = told !== undefined && told > 0 && told < 1 ? ` It is the value for ŷ = ${short(told)}.` : '';
  return fail(
    {
      says: `${name} is right for most predictions, but not near 0 and 1.${instead}`,
      asked: `y = ${y} and ŷ = ${nearOne(p)}`,
      yours: yours === undefined ? 'no number' : short(yours),
      expected: short(expected),
      tolerance: 'that of predictions 1e-7 away is right as well',
      hint: 'Keep ŷ away from 0 and 1 by 1e-7 at most: what is cut off has no slope and is never learned.',
    },
    { earned: 0.5 },
  );
}

/** 1 − 4e-7 for a reader: six digits of the distance, not of the number. */
const nearOne = (p: number): string => (p > 0.9 ? `1 − ${short(1 - p)}` : short(p));
