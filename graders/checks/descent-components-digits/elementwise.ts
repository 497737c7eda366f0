/** Problems whose answer is one function applied to every number: σ, relu, the binary cross-entropy and their derivatives. */
import { agree } from '../../follow-through.ts';
import type { Desk, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import type { NdArray } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Reading } from '../../question.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { makeArray, mapArray, shapeText, sizeOf } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Random } from '../../numerics/random.ts';
import type { Form } from '../../two-sided.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { halfIfChanging } from '../../changed-arguments.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { unlessStopped, ProgramStopped } from '../../stopped.ts';

/** The arguments, all of one shape. */
export interface Elements {
  args: readonly NdArray[];
}

type Apply = (...values: number[]) => number;

/** A vector, a matrix, one number, a column, a row; and other numbers in the shape of the first, for whoever remembers results by shape. */
const shapes: readonly (readonly number[])[] = [[7], [3, 5], [], [4, 1], [1, 6], [7]];

/** A wrong (or another right) function of the numbers at one place. */
export const everywhere = (id: string, title: string, advice: string, f: Apply): Variant<Elements> => ({
  id,
  title,
  advice,
  compute: ({ args }) => ({ values: applied(args, f) }),
});

/** A mistake that mixes numbers of different places, e.g. a mean. */
export const together = (
  id: string,
  title: string,
  advice: string,
  compute: (...args: NdArray[]) => ArrayLike<number>,
): Variant<Elements> => ({
  id,
  title,
  advice,
  compute: ({ args }) => ({ values: makeArray(args[0]!.shape, compute(...args)) }),
});

/** f at every place. */
export function applied(args: readonly NdArray[], f: Apply): NdArray {
  const [first] = args;
  return makeArray(
    first!.shape,
    first!.data.map((_, i) => f(...args.map((arg) => arg.data[i]!))),
  );
}

export interface ElementwisePlan {
  id: string;
  title: string;
  module: string;
  name: string;
  /** One value for every argument. */
  draw(random: Random, place: number): number[];
  truth: Apply;
  accepts?: readonly Variant<Elements>[];
  mistakes: readonly Variant<Elements>[];
  visits?: Problem<Elements>['visits'];
  twins?: Problem<Elements>['twins'];
}

export function elementwiseProblem(plan: ElementwisePlan): Problem<Elements> {
  return {
    id: plan.id,
    title: plan.title,
    names: { values: `the result of ${plan.name}` },
    precision: 'double',
    band: plainNumbers,
    probes: (random) => shapes.map((shape, i) => drawElements(random.fork(`shape ${i}`), shape, plan)),
    describe: ({ args }) => `${plan.name} of ${inShape(args[0]!.shape)}`,
    ask: async (guest, { args }) => ({
      value: (await guest.call({ module: plan.module, name: plan.name }, args)).value,
    }),
    read: ({ value }, { args }) => readElements(plan.name, value, args[0]!.shape),
    write: (answer) => answer['values'],
    oracle: ({ args }) => ({ values: applied(args, plan.truth) }),
    accepts: plan.accepts ?? [],
    mistakes: plan.mistakes,
    visits: plan.visits ?? [],
    twins: plan.twins ?? [],
  };
}

function drawElements(random: Random, shape: readonly number[], plan: ElementwisePlan): Elements {
  const places = Array.from({ length: sizeOf(shape) }, (_, i) => plan.draw(random, i));
  return {
    args: places[0]!.map((_, k) =>
      makeArray(
        shape,
        places.map((place) => place[k]!),
      ),
    ),
  };
}

const inShape = (shape: readonly number[]) =>
  shape.length === 0
    ? 'one number'
    : shape.length === 1
      ? `a vector of ${shape[0]} numbers`
      : `a matrix of ${shapeText(shape)} numbers`;

/** Numbers (true and false count as 1 and 0) in the shape of the arguments. */
export function readElements(name: string, value: Parameters<typeof arrayFrom>[0], shape: readonly number[]): Reading {
  const given = arrayFrom(typeof value === 'boolean' ? Number(value) : value);
  if (given === undefined) {
    return {
      misread: {
        says: `${name} should return ${inShape(shape)}.`,
        yours: inWords(value),
        hint: 'Apply the formula to every number and return the same shape; `each` of arrays.ts does that.',
      },
    };
  }
  const read = canonicalise(`The result of ${name}`, given, shape, { transposed: 'refuse' });
  return 'misread' in read ? read : { answer: { values: read.array }, notes: read.note ? [read.note] : [] };
}

/** The judgement of an elementwise function; one that changes its argument, or is right for vectors only, earns half. */
export async function judgeElementwise(
  desk: Desk,
  problem: Problem<Elements>,
  target: { module: string; name: string },
): Promise<Judgement> {
  try {
    const judgement = judgeTensor(await evaluate(desk, problem), 'values', `The result of ${target.name}`);
    if (judgement.earned === 1) return await judgePurity(desk, judgement, problem, target);
    return (await vectorsOnly(desk, problem, target.name, judgement.finding?.says)) ?? judgement;
  } catch (error) {
    const partly =
      error instanceof ProgramStopped ? await vectorsOnly(desk, problem, target.name, error.message) : undefined;
    if (partly === undefined) throw error;
    return partly;
  }
}

/** The judgement of a derivative, of the true function or of the student's own; its argument is the last one, e.g. ŷ. */
export async function judgeSlope(
  desk: Desk,
  problem: Problem<Elements>,
  target: { module: string; name: string },
  own: { problem: Problem<Elements>; form: Form; task: string },
): Promise<Judgement> {
  return judgeBothSides(desk, await judgeElementwise(desk, problem, target), {
    backward: problem,
    forward: own.problem,
    output: 'values',
    form: own.form,
    inputs: ({ args }) => ({ values: args.at(-1)! }),
    at: ({ args }, { values }) => ({ args: [...args.slice(0, -1), values!] }),
    upstream: (_, output) => mapArray(output, () => 1),
    paidIn: own.task,
  });
}

/** Half of the marks for a function that is right for the vectors among the probes; `trouble` is what went wrong elsewhere. */
async function vectorsOnly(
  desk: Desk,
  problem: Problem<Elements>,
  name: string,
  trouble = 'the result is wrong.',
): Promise<Judgement | undefined> {
  const vectors = desk.probes(problem).filter(({ args }) => args[0]!.shape.length === 1);
  const right = await unlessStopped(async () => {
    for (const vector of vectors) {
      const reading = problem.read(await desk.ask(problem, vector), vector);
      if (!('answer' in reading) || !agree(reading.answer['values'], problem.oracle(vector)['values'], plainNumbers))
        return false;
    }
    return true;
  }, false);
  if (!right) return undefined;
  const says = `${name} is right for a vector, but not for single numbers and matrices: ${trouble}`;
  const hint = 'Treat one number, a vector and a matrix alike; `each` of arrays.ts does that.';
  return fail({ says, hint }, { earned: 0.5 });
}

function judgePurity(
  desk: Desk,
  judgement: Judgement,
  problem: Problem<Elements>,
  target: { module: string; name: string },
): Promise<Judgement> {
  const { args } = desk.probes(problem)[1]!;
  return halfIfChanging(desk, judgement, {
    name: target.name,
    args,
    call: (guest, options) => guest.call(target, args, options),
  });
}
