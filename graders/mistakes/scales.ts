/** Answers that are the right numbers, or those of a known mistake, times a factor; and right numbers in another order. */
import { maxAbs } from '../numerics/arrays.ts';
import type { Quantity, ScaleExplanation } from '../numerics/scale.ts';
import { explainScale, fitScale } from '../numerics/scale.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer } from '../question.ts';
import type { Evidence } from './matching.ts';
import { tensorDistance } from './matching.ts';

/** One tensor that is a multiple of the expected one on every probe. */
export interface TensorScale {
  name: string;
  /** The factor on each probe. */
  factors: number[];
  /** The simplest reason that fits every probe, in the words of the first; undefined when there is none. */
  explanation?: ScaleExplanation;
  /** The same factor on every probe. */
  constant: boolean;
}

/** The factor between answers and `target`, tensor by tensor; undefined for tensors that are no multiples. */
export function scalesOf(
  evidence: Evidence<unknown>,
  target: (probe: number) => Answer,
  quantities: readonly (readonly Quantity[])[],
  tolerance: number,
): Map<string, TensorScale | undefined> {
  const names = Object.keys(evidence.right[0] ?? {});
  return new Map(
    names.map((name) => {
      const fit = factorsOf(name, evidence, target, tolerance);
      return [name, fit && explained(fit, quantities, tolerance)];
    }),
  );
}

type Fit = Pick<TensorScale, 'name' | 'factors'>;

function factorsOf(
  name: string,
  { answers, right }: Evidence<unknown>,
  target: (probe: number) => Answer,
  tolerance: number,
): Fit | undefined {
  const factors: number[] = [];
  for (const [i, answer] of answers.entries()) {
    const [yours, goal] = [answer[name], target(i)[name]];
    const fit = yours && goal && fitScale(yours, goal);
    if (!fit || tensorDistance(yours, times(goal, fit.scale), right[i]![name]!) > tolerance) return undefined;
    factors.push(fit.scale);
  }
  return { name, factors };
}

function explained(
  { name, factors }: Fit,
  quantities: readonly (readonly Quantity[])[],
  tolerance: number,
): TensorScale {
  const explanation = commonExplanation(factors, quantities, tolerance);
  const [first] = factors;
  const constant = factors.every((factor) => Math.abs(factor / first! - 1) <= tolerance);
  return { name, factors, constant, ...(explanation ? { explanation } : {}) };
}

/** Every tensor's factor; undefined as soon as one tensor is no multiple. */
export function allScales(
  evidence: Evidence<unknown>,
  target: (probe: number) => Answer,
  quantities: readonly (readonly Quantity[])[],
  tolerance: number,
): TensorScale[] | undefined {
  const fits: Fit[] = [];
  for (const name of Object.keys(evidence.right[0] ?? {})) {
    const fit = factorsOf(name, evidence, target, tolerance);
    if (!fit) return undefined;
    fits.push(fit);
  }
  // What a factor is made of takes far longer to find than that there is one.
  return fits.map((fit) => explained(fit, quantities, tolerance));
}

const times = (a: NdArray, factor: number): NdArray => ({ ...a, data: a.data.map((v) => v * factor) });

/** Most parts an explanation may have: with more, some product of small numbers hits almost anything. */
const SIMPLE = 3;

/** The simplest product of quantities that gives every probe's factor; undefined when two are equally simple. */
function commonExplanation(
  factors: readonly number[],
  quantities: readonly (readonly Quantity[])[],
  tolerance: number,
): ScaleExplanation | undefined {
  const explain = (factor: number, i: number) => explainScale(factor, quantities[i] ?? [], tolerance);
  let common = factors
    .slice(0, 1)
    .flatMap(explain)
    .filter(({ complexity }) => complexity <= SIMPLE);
  for (let i = 1; i < factors.length && common.length > 0; i++) {
    const others = explain(factors[i]!, i);
    common = common.filter((candidate) => others.some((other) => sameExplanation(candidate, other)));
  }
  const [simplest, next] = common;
  return simplest && next?.complexity !== simplest.complexity ? simplest : undefined;
}

function sameExplanation(a: ScaleExplanation, b: ScaleExplanation): boolean {
  const symbols = new Set([...Object.keys(a.exponents), ...Object.keys(b.exponents)]);
  return a.negative === b.negative && [...symbols].every((s) => (a.exponents[s] ?? 0) === (b.exponents[s] ?? 0));
}

/** Whether the entries are the expected ones in another order, within the tolerance; false for equal arrays and for none. */
export function isReordered(yours: NdArray | undefined, expected: NdArray, tolerance: number): boolean {
  if (!yours || yours.data.length !== expected.data.length || yours.data.length < 3) return false;
  const limit = tolerance * maxAbs(expected);
  const near = (a: Float64Array, b: Float64Array) => a.every((v, i) => Math.abs(v - b[i]!) <= limit);
  const [sorted, goal] = [yours.data.toSorted(), expected.data.toSorted()];
  return goal[0] !== goal.at(-1) && near(sorted, goal) && !near(yours.data, expected.data);
}
