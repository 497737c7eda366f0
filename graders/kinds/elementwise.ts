/**
 * The keys of functions that keep the shape of their arguments, and how such functions are judged.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { elementwiseKey } from 'gradmark/kinds/elementwise';
 * import { everywhere, wrongFunction } from 'gradmark/mistakes/wrong-function';
 * import { createRandom } from 'gradmark/random';
 *
 * const key = elementwiseKey({
 *   draw: (random) => [random.uniform(-2, 2)],
 *   truth: (x) => Math.max(0, x!),
 *   mistakes: [wrongFunction('abs', '|x|', 'Negative numbers become 0.', everywhere((x) => Math.abs(x!)))],
 * });
 * const [probe] = key.probes(createRandom(1));
 * assert.ok([...key.oracle(probe!)['values']!.data].every((y) => y >= 0));
 * ```
 */
import { halfIfChanging } from '../changed-arguments.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail } from '../check.ts';
import { evaluate, judgeTensor } from '../evaluate.ts';
import { agree } from '../follow-through.ts';
import type { Key } from '../key.ts';
import { applied, madeOf } from '../mistakes/wrong-function.ts';
import type { WrongFunction } from '../mistakes/wrong-function.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray, mapArray, sizeOf } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import { plainNumbers } from '../numerics/tolerance.ts';
import type { Problem } from '../problem.ts';
import { ProgramStopped, unlessStopped } from '../stopped.ts';
import type { Form } from '../two-sided.ts';
import { judgeBothSides } from '../two-sided.ts';
import { isArray } from '../values.ts';
import type { Elements, OfFunction } from './elementwise-question.ts';

/** A vector, a matrix, one number, a column, a row; and other numbers in the shape of the first, for whoever remembers results by shape. */
const anyShapes: readonly (readonly number[])[] = [[7], [3, 5], [], [4, 1], [1, 6], [7]];

/** Batches of different sizes, one row among them. */
export const batchShapes: readonly (readonly number[])[] = [
  [3, 5],
  [6, 2],
  [1, 4],
];

export interface ElementwiseKey extends Pick<Key<Elements>, 'visits' | 'twins' | 'differences'> {
  shapes?: readonly (readonly number[])[];
  /** One number for every argument. */
  draw(random: Random, place: number): number[];
  /** Of the numbers at one place, or of whole arrays. */
  truth: ((...numbers: number[]) => number) | { of(...args: NdArray[]): NdArray };
  mistakes: readonly WrongFunction[];
}

/** The key of such a function, with `draw` for every number of every shape. */
export function elementwiseKey({ shapes = anyShapes, draw, truth, mistakes, ...key }: ElementwiseKey): Key<Elements> {
  const of = typeof truth === 'function' ? (...args: NdArray[]) => applied(args, truth) : truth.of;
  const named = (values: NdArray) => ({ values });
  return {
    ...key,
    band: plainNumbers,
    probes: (random) => shapes.map((shape, i) => drawElements(random.fork(`shape ${i}`), shape, draw)),
    oracle: ({ args }) => named(of(...args)),
    mistakes: madeOf(mistakes, ({ args }) => args, named),
  };
}

function drawElements(random: Random, shape: readonly number[], draw: ElementwiseKey['draw']): Elements {
  const places = Array.from({ length: sizeOf(shape) }, (_, i) => draw(random, i));
  const argument = (k: number) =>
    makeArray(
      shape,
      places.map((place) => place[k]!),
    );
  return { args: places[0]!.map((_, k) => argument(k)) };
}

export type ElementwiseProblem = Problem<Elements> & OfFunction<Elements>;

/** The judgement of an elementwise function; one that changes its argument, or is right for vectors only, earns half. */
export async function judgeElementwise(context: CheckContext, problem: ElementwiseProblem): Promise<Judgement> {
  const { target } = problem;
  try {
    const judgement = judgeTensor(await evaluate(context, problem), 'values', `The result of ${target.name}`);
    if (judgement.earned < 1) return (await vectorsOnly(context, problem, judgement.finding?.says)) ?? judgement;
    const { args } = context.probes(problem)[1]!;
    const call = (guest: Guest, options: { argsAfter: true }) => guest.call(target, args, options);
    return await halfIfChanging(context, judgement, { name: target.name, args, call });
  } catch (error) {
    const partly = error instanceof ProgramStopped ? await vectorsOnly(context, problem, error.message) : undefined;
    if (partly === undefined) throw error;
    return partly;
  }
}

/** The judgement of a derivative, of the true function or of the student's own; its argument is the last one, e.g. ŷ. */
export const judgeSlope = (
  context: CheckContext,
  byOracle: Judgement,
  problem: Problem<Elements>,
  own: { problem: Problem<Elements>; form: Form; task: string },
): Promise<Judgement> =>
  judgeBothSides(context, byOracle, {
    backward: problem,
    forward: own.problem,
    output: 'values',
    form: own.form,
    inputs: ({ args }) => ({ values: args.at(-1)! }),
    at: ({ args }, { values }) => ({ args: [...args.slice(0, -1), values!] }),
    upstream: (_, output) => mapArray(output, () => 1),
    paidIn: own.task,
  });

/** Half of the marks for a function that is right for the vectors among the probes; `trouble` is what went wrong elsewhere. */
async function vectorsOnly(
  context: CheckContext,
  problem: ElementwiseProblem,
  trouble = 'the result is wrong.',
): Promise<Judgement | undefined> {
  const vectors = context.probes(problem).filter(({ args }) => args[0]!.shape.length === 1);
  const right = await unlessStopped(async () => {
    for (const vector of vectors) {
      const reading = problem.read(await context.ask(problem, vector), vector);
      if (!('answer' in reading) || !agree(reading.answer['values'], problem.oracle(vector)['values'], plainNumbers))
        return false;
    }
    return true;
  }, false);
  if (!right) return undefined;
  const says = `${problem.target.name} is right for a vector, but not for single numbers and matrices: ${trouble}`;
  const hint = 'Treat one number, a vector and a matrix alike; `each` of arrays.ts does that.';
  return fail({ says, hint }, { earned: 0.5 });
}

/** The judgement of a function of matrices; one that changes its argument earns half. */
export async function judgeMatrix(context: CheckContext, problem: ElementwiseProblem): Promise<Judgement> {
  const { name } = problem.target;
  const judgement = judgeTensor(await evaluate(context, problem), 'values', `The result of ${name}`);
  if (judgement.earned < 1) return judgement;
  const { args } = context.probes(problem)[0]!;
  const { argsAfter } = await (await context.guest()).call(problem.target, args, { argsAfter: true });
  const after = argsAfter?.[0];
  if (isArray(after) && args[0]!.data.every((value, k) => Object.is(value, after.data[k]))) return judgement;
  const says = `${name} returns the right numbers, but changes the matrix that it was given.`;
  const hint = 'Build new rows, for instance with map: backpropagation needs the old numbers once more.';
  return fail({ says, hint }, { earned: 0.5 });
}
