/** Problems whose answer is a matrix made of a matrix: activations, their derivatives, softmax. */
import type { Desk, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import type { NdArray } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { makeArray, mapArray, sizeOf } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayFrom, inWords, isArray } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';

export interface MatrixProbe {
  X: NdArray;
}

export interface MatrixFunction {
  id: string;
  title: string;
  module: string;
  name: string;
  /** Set to ask for the derivative. */
  deriv?: true;
  draw(random: Random, place: number): number;
  truth(X: NdArray): NdArray;
  mistakes: readonly Variant<MatrixProbe>[];
}

/** Batches of different sizes, one row among them. */
const shapes = [
  [3, 5],
  [6, 2],
  [1, 4],
] as const;

/** A wrong function of every number. */
export const everywhere = (
  id: string,
  title: string,
  advice: string,
  f: (x: number) => number,
): Variant<MatrixProbe> => ({ id, title, advice, compute: ({ X }) => ({ values: mapArray(X, f) }) });

export function matrixFunction(plan: MatrixFunction): Problem<MatrixProbe> {
  const target = { module: plan.module, name: plan.name };
  return {
    id: plan.id,
    title: plan.title,
    precision: 'double',
    band: plainNumbers,
    probes: (random) =>
      shapes.map((shape, i) => {
        const own = random.fork(`shape ${i}`);
        return {
          X: makeArray(
            shape,
            Array.from({ length: sizeOf(shape) }, (_, place) => plan.draw(own, place)),
          ),
        };
      }),
    describe: ({ X }) => `${plan.name} of ${X.shape.join('×')} numbers${plan.deriv ? ', deriv = true' : ''}`,
    ask: async (guest, { X }) => ({ value: (await guest.call(target, plan.deriv ? [X, true] : [X])).value }),
    read({ value }, { X }) {
      const given = arrayFrom(value);
      if (given === undefined) {
        return { misread: { says: `${plan.name} should return a matrix of the same shape.`, yours: inWords(value) } };
      }
      const read = canonicalise(`the result of ${plan.name}`, given, X.shape, { transposed: 'refuse' });
      return 'misread' in read ? read : { answer: { values: read.array }, notes: read.note ? [read.note] : [] };
    },
    write: (answer) => answer['values'],
    oracle: ({ X }) => ({ values: plan.truth(X) }),
    mistakes: plan.mistakes,
  };
}

/** The judgement of such a function; one that changes its argument earns half. */
export async function judgeMatrix(
  desk: Desk,
  problem: Problem<MatrixProbe>,
  target: { module: string; name: string },
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, problem), 'values', `The result of ${target.name}`);
  if (judgement.earned < 1) return judgement;
  const { X } = desk.probes(problem)[0]!;
  const { argsAfter } = await (await desk.guest()).call(target, [X], { argsAfter: true });
  const after = argsAfter?.[0];
  if (isArray(after) && X.data.every((value, k) => Object.is(value, after.data[k]))) return judgement;
  const says = `${target.name} returns the right numbers, but changes the matrix that it was given.`;
  const hint = 'Build new rows, for instance with map: backpropagation needs the old numbers once more.';
  return fail({ says, hint }, { earned: 0.5 });
}
