/** Difference quotients: what the student's own function gives for a step, judged against σ, relu or the loss. */
import type { Desk, Judgement } from '../../check.ts';
import type { NdArray } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf, mapArray, zipArrays } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { halfIfChanging } from '../../changed-arguments.ts';
import type { ToldCall } from '../../changed-arguments.ts';
import { readElements } from './elementwise.ts';
import type { Elements } from './elementwise.ts';
import { followingOwn, isConstant, isRight, ownArray } from './own-answers.ts';
import { scaledBand } from '../../numerics/tolerance.ts';

/** Points, targets where the function has them, and the step. */
export interface Stepped {
  x: NdArray;
  y?: NdArray;
  epsilon: number;
}

/** A function of one number, with a target for the loss. */
type Curve = (x: number, y: number) => number;

/** A quotient made of the curve near one point. */
type Quotient = (curve: (x: number) => number, x: number, epsilon: number) => number;

const central: Quotient = (f, x, e) => (f(x + e) - f(x - e)) / (2 * e);
const halfEachSide: Quotient = (f, x, e) => (f(x + e / 2) - f(x - e / 2)) / e;

const wrongQuotients: readonly (readonly [id: string, title: string, advice: string, quotient: Quotient])[] = [
  [
    'forward',
    'forward difference',
    'Step to both sides: the error of a central difference falls with ε², that of a forward difference only with ε.',
    (f, x, e) => (f(x + e) - f(x)) / e,
  ],
  [
    'backward',
    'backward difference',
    'Step to both sides: the error of a central difference falls with ε², that of a backward difference only with ε.',
    (f, x, e) => (f(x) - f(x - e)) / e,
  ],
  [
    'factor-two',
    'divided by ε instead of 2ε',
    'The two points lie 2ε apart: divide by 2ε, or step by ε/2.',
    (f, x, e) => (f(x + e) - f(x - e)) / e,
  ],
  [
    'half-too-much',
    'divided by 2ε, but the points lie ε apart',
    'Divide by the distance of the two points, which is ε here.',
    (f, x, e) => (f(x + e / 2) - f(x - e / 2)) / (2 * e),
  ],
  [
    'sign',
    'the two points are exchanged',
    'Subtract f(x − ε) from f(x + ε).',
    (f, x, e) => (f(x - e) - f(x + e)) / (2 * e),
  ],
  [
    'not-divided',
    'not divided by the step',
    'Divide the difference by the distance of the two points.',
    (f, x, e) => f(x + e) - f(x - e),
  ],
];

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

export interface DifferencePlan {
  id: string;
  title: string;
  module: string;
  name: string;
  curve: Curve;
  /** The exact derivative: to return it is not a difference quotient. */
  derivative: Curve;
  draw(random: Random): { x: number; y?: number };
  /** Large steps show the quotient, the small one its use. */
  epsilons: readonly number[];
  twins?: Problem<Stepped>['twins'];
}

export function differenceProblem(plan: DifferencePlan): Problem<Stepped> {
  const by = (compute: (x: number, y: number, epsilon: number) => number) => (probe: Stepped) => ({
    values: zipArrays(probe.x, probe.y ?? probe.x, (x, y) => compute(x, y, probe.epsilon)),
  });
  const quotientOf = (quotient: Quotient) => by((x, y, e) => quotient((at) => plan.curve(at, y), x, e));
  return {
    id: plan.id,
    title: plan.title,
    names: { values: `the result of ${plan.name}` },
    precision: 'double',
    band: differenceBand,
    probes: (random) =>
      plan.epsilons.map((epsilon, i) => drawPoints(random.fork(`epsilon ${i}`), plan, 5 + i, epsilon)),
    describe: ({ x, epsilon }) => `${plan.name} at ${x.data.length} points with ε = ${epsilon}`,
    ask: async (guest, { x, y, epsilon }) => ({
      value: (await guest.call({ module: plan.module, name: plan.name }, [...(y ? [y] : []), x, epsilon])).value,
    }),
    read: ({ value }, { x }) => readElements(plan.name, value, x.shape),
    write: (answer) => answer['values'],
    oracle: quotientOf(central),
    accepts: [{ id: 'half-each-side', title: 'the points lie ε/2 to each side', compute: quotientOf(halfEachSide) }],
    mistakes: [
      ...wrongQuotients.map(([id, title, advice, quotient]): Variant<Stepped> => ({
        id,
        title,
        advice,
        compute: quotientOf(quotient),
      })),
      {
        id: 'formula',
        title: 'the formula of the derivative instead of a difference quotient',
        advice: 'Do not use the derivative here: it is what the difference quotient is to be compared with.',
        compute: by((x, y) => plan.derivative(x, y)),
      },
      {
        id: 'own-step',
        title: 'a small step of its own instead of ε',
        advice: 'Use the ε that the function is given.',
        compute: quotientOf((f, x) => central(f, x, 1e-5)),
      },
    ],
    twins: [
      ...(plan.twins ?? []),
      {
        ids: ['formula', 'own-step'],
        because: 'with a small step the quotient is the derivative but for the last digits',
      },
    ],
  };
}

function drawPoints(random: Random, plan: DifferencePlan, count: number, epsilon: number): Stepped {
  const points = Array.from({ length: count }, () => plan.draw(random));
  const x = arrayOf(points.map((point) => point.x));
  return points[0]!.y === undefined ? { x, epsilon } : { x, y: arrayOf(points.map((point) => point.y!)), epsilon };
}

/** A target strictly between 0 and 1. */
export const softened = (y: number): number => 0.3 + 0.5 * y;

/** Right if it is the quotient of the true function, or of the student's own function that has paid for its mistakes already. */
export async function judgeDifference(
  desk: Desk,
  problem: Problem<Stepped>,
  target: { module: string; name: string },
  own: { problem: Problem<Elements>; slope: Problem<Elements>; name: string; task: string },
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, problem), 'values', `The result of ${target.name}`);
  if (judgement.earned === 1) {
    const [{ x, y, epsilon }] = desk.probes(problem) as [Stepped];
    const args = y ? [y, x] : [x];
    const call: ToldCall = (guest, options) => guest.call(target, [...args, epsilon], options);
    return halfIfChanging(desk, judgement, { name: target.name, args, call });
  }
  const knowsSlope = await isRight(() => evaluate(desk, own.slope));
  const says = `It is the difference quotient of your own ${own.name}; a mistake there is paid for in ${own.task}.`;
  const sides = (half: number): Promise<Judgement> =>
    followingOwn(
      judgement,
      desk,
      problem,
      'values',
      async ({ x, y, epsilon }) => {
        const at = (step: number) => ownArray(desk, own.problem, [...(y ? [y] : []), mapArray(x, (v) => v + step)]);
        const [up, down] = [await at(epsilon * half), await at(-epsilon * half)];
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
