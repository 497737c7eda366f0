/**
 * Known wrong functions of arrays: of every number by itself, of every row, or of all numbers together. A problem binds them to
 * what its probes hold, whatever it is called there.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { everywhere, wrongFunction } from 'gradmark/mistakes/wrong-function';
 *
 * const noUpstream = wrongFunction('no-dy', 'dy ignored', 'Multiply with dy.', everywhere((x) => x! * (1 - x!)));
 * assert.deepEqual([...noUpstream.compute(arrayOf([0.5, 0]), arrayOf([2, 2])).data], [0.25, 0]);
 * ```
 */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import type { Named, Variant } from '../key.ts';
import { mistakeMaker } from '../key.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf, makeArray, rowsOf } from '../numerics/arrays.ts';
import type { Answer } from '../question.ts';

export interface WrongFunction extends Named {
  /** What is computed of arrays that all have one shape. */
  compute(...args: NdArray[]): NdArray;
}

/** f at every place. */
export function applied(args: readonly NdArray[], f: (...numbers: number[]) => number): NdArray {
  const [first] = args;
  return makeArray(
    first!.shape,
    first!.data.map((_, i) => f(...args.map((arg) => arg.data[i]!))),
  );
}

/** A wrong function as one line; `everywhere`, `ofRows` and `together` say what it is a function of. */
export const wrongFunction = mistakeMaker((compute: WrongFunction['compute']) => ({ compute }));

/** Of the numbers at one place. */
export const everywhere =
  (f: (...numbers: number[]) => number): WrongFunction['compute'] =>
  (...args) =>
    applied(args, f);

/** Of numbers at different places, e.g. a mean. */
export const together =
  (f: (...args: NdArray[]) => ArrayLike<number>): WrongFunction['compute'] =>
  (...args) =>
    makeArray(args[0]!.shape, f(...args));

/** Of matrices, example by example or over the mini-batch. */
export const ofRows =
  (f: (...args: Mat[]) => number[] | Mat): WrongFunction['compute'] =>
  (...args) =>
    arrayOf(f(...args.map(rowsOf)));

/** These functions of what a probe holds, as mistakes of its problem; `answer` gives the result its name. */
export const madeOf = <Probe, Mistake extends WrongFunction>(
  mistakes: readonly Mistake[],
  args: (probe: Probe) => readonly NdArray[],
  answer: (result: NdArray, mistake: Mistake) => Answer,
): (Variant<Probe> & { advice: string })[] =>
  mistakes.map((mistake) => ({ ...mistake, compute: (probe) => answer(mistake.compute(...args(probe)), mistake) }));
