/** Difference quotients: what the student's own function gives for a step, judged against the true function. */
import type { ToldCall } from '../changed-arguments.ts';
import { halfIfChanging } from '../changed-arguments.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { evaluate, isRight, judgeTensor } from '../evaluate.ts';
import type { Key } from '../key.ts';
import { wrongly } from '../key.ts';
import type { Quotient } from '../mistakes/difference-quotient.ts';
import { central, halfEachSide, ownStep, wrongQuotients } from '../mistakes/difference-quotient.ts';
import { arrayOf, mapArray, zipArrays } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import { scaledBand } from '../numerics/tolerance.ts';
import type { Problem } from '../problem.ts';
import type { Stepped } from './difference-quotient-question.ts';
import { arraysOf } from './difference-quotient-question.ts';
import type { ElementwiseProblem } from './elementwise.ts';
import type { OfFunction } from './elementwise-question.ts';
import { followingOwn, isConstant, ownArray } from './own-functions.ts';

/**
 * Functions may be kept in single precision: f then carries an error of 6e-8, and the quotient with the smallest step, 0.01,
 * one of 6e-6 of a slope of 1. The nearest other quotient is a thousandth off for the large steps.
 */
const differenceBand = scaledBand(
  'difference quotient',
  5e-5,
  2e-4,
  'accepted up to 0.00005 of the largest expected value, rejected from 0.0002: single precision, divided by the smallest step, stays below 0.00002',
);

/** A function of one number, with a target for the loss. */
type Curve = (x: number, y: number) => number;

interface DifferenceKey {
  curve: Curve;
  /** The exact derivative: to return it is not a difference quotient. */
  derivative: Curve;
  draw(random: Random): { x: number; y?: number };
  /** Large steps show the quotient, the small one its use. */
  epsilons: readonly number[];
}

/** A difference quotient, asked and answered. */
export type DifferenceProblem = Problem<Stepped> & OfFunction<Stepped>;

/** The key of a difference quotient; steps of ε/2 to each side are right as well. */
export function differenceKey({ curve, derivative, draw, epsilons }: DifferenceKey): Key<Stepped> {
  const by = (compute: (x: number, y: number, epsilon: number) => number) => (probe: Stepped) => ({
    values: zipArrays(probe.x, probe.y ?? probe.x, (x, y) => compute(x, y, probe.epsilon)),
  });
  const quotientOf = (quotient: Quotient) => by((x, y, e) => quotient((at) => curve(at, y), x, e));
  return {
    band: differenceBand,
    probes: (random) => epsilons.map((epsilon, i) => drawPoints(draw, random.fork(`epsilon ${i}`), 5 + i, epsilon)),
    oracle: quotientOf(central),
    accepts: [{ id: 'half-each-side', title: 'the points lie ε/2 to each side', compute: quotientOf(halfEachSide) }],
    mistakes: [
      ...wrongQuotients.map(({ quotient, ...words }) => ({ ...words, compute: quotientOf(quotient) })),
      wrongly(
        'formula',
        'the formula of the derivative instead of a difference quotient',
        'Do not use the derivative here: it is what the difference quotient is to be compared with.',
        by((x, y) => derivative(x, y)),
      ),
      wrongly(ownStep.id, ownStep.title, ownStep.advice, quotientOf(ownStep.quotient)),
    ],
    twins: [
      {
        ids: ['formula', ownStep.id],
        because: 'with a small step the quotient is the derivative but for the last digits',
      },
    ],
  };
}

function drawPoints(draw: DifferenceKey['draw'], random: Random, count: number, epsilon: number): Stepped {
  const points = Array.from({ length: count }, () => draw(random));
  const x = arrayOf(points.map((point) => point.x));
  return points[0]!.y === undefined ? { x, epsilon } : { x, y: arrayOf(points.map((point) => point.y!)), epsilon };
}

/** A target strictly between 0 and 1. */
export const softened = (y: number): number => 0.3 + 0.5 * y;

/** Right if it is the quotient of the true function, or of the student's own function that has paid for its mistakes already. */
export async function judgeDifference(
  context: CheckContext,
  problem: DifferenceProblem,
  own: { function: ElementwiseProblem; slope: ElementwiseProblem; task: string },
): Promise<Judgement> {
  const { target } = problem;
  const judgement = judgeTensor(await evaluate(context, problem), 'values', `The result of ${target.name}`);
  if (judgement.earned === 1) {
    const [probe] = context.probes(problem) as [Stepped];
    const args = arraysOf(probe);
    const call: ToldCall = (guest, options) => guest.call(target, [...args, probe.epsilon], options);
    return halfIfChanging(context, judgement, { name: target.name, args, call });
  }
  const knowsSlope = await isRight(() => evaluate(context, own.slope));
  const says = `It is the difference quotient of your own ${own.function.target.name}; a mistake there is paid for in ${own.task}.`;
  const sides = (half: number): Promise<Judgement> =>
    followingOwn(
      judgement,
      context,
      problem,
      'values',
      async ({ epsilon, ...at }) => {
        const moved = (step: number) =>
          ownArray(context, own.function, arraysOf({ ...at, x: mapArray(at.x, (v) => v + step), epsilon }));
        const [up, down] = [await moved(epsilon * half), await moved(-epsilon * half)];
        if (up === undefined || down === undefined) return undefined;
        const values = zipArrays(up, down, (a, b) => (a - b) / (2 * half * epsilon));
        return isConstant(values) && !knowsSlope ? undefined : { values };
      },
      says,
      // Exchanged arguments of the loss give infinities for targets of 0 and 1.
      (probe) => (probe.y === undefined ? probe : { ...probe, y: mapArray(probe.y, softened) }),
    );
  const full = await sides(1);
  return full.earned === 1 ? full : sides(0.5);
}
