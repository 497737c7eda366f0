/**
 * Samples of random weights, read as the law that they could come from. A law is what a large sample shows about zero; a
 * sample belongs to a law when no moment is farther off than chance allows: less than once in a million right programs, and
 * a rejection has to repeat on fresh draws.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { normalLaw, readLaws, sampleOf, uniformLaw } from 'gradmark/numerics/sample-laws';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(7);
 * const draws = { check: sampleOf(uniformLaw(1), 2000, random), confirm: sampleOf(uniformLaw(1), 2000, random) };
 * const [law] = readLaws([draws], [[normalLaw(1)], [uniformLaw(1)]]);
 * assert.ok(Math.abs(law!.kurtosis - 1.8) < 0.1);
 * ```
 */
import type { NdArray } from '../model/numbers.ts';
import type { NamedArrays } from './arrays.ts';
import { makeArray } from './arrays.ts';
import { KURTOSIS, TRUNCATED_VARIANCE } from './distribution-shape.ts';
import type { Random } from './random.ts';
import { normalQuantile } from './special-functions.ts';

export interface Law {
  /** Root mean square. */
  rms: number;
  /** Fourth moment over the squared second. */
  kurtosis: number;
  /** Share of positive values. */
  positive: number;
}

export const normalLaw = (sd: number): Law => ({ rms: sd, kurtosis: KURTOSIS.normal, positive: 0.5 });
export const uniformLaw = (limit: number): Law => ({
  rms: limit / Math.sqrt(3),
  kurtosis: KURTOSIS.uniform,
  positive: 0.5,
});
/** N(0, sd²) cut at two standard deviations, with the spread that is left. */
export const truncatedLaw = (sd: number): Law => ({
  rms: sd * Math.sqrt(TRUNCATED_VARIANCE),
  kurtosis: KURTOSIS.truncatedNormal,
  positive: 0.5,
});

/** One number a sample: the answer of every problem about random weights. */
export const lawsAnswer = (laws: readonly Law[]): Record<string, NdArray> => ({
  rms: row(laws.map((law) => law.rms)),
  kurtosis: row(laws.map((law) => law.kurtosis)),
  positive: row(laws.map((law) => law.positive)),
});

const row = (values: readonly number[]) => makeArray([values.length], values);

/** The laws behind an answer. */
export const lawsOf = (answer: NamedArrays): Law[] =>
  Array.from(answer['rms']!.data, (rms, i) => ({
    rms,
    kurtosis: answer['kurtosis']!.data[i]!,
    positive: answer['positive']!.data[i]!,
  }));

/** Standard errors that chance may be off: two-sided 6e-7 each at first, 6e-5 on the fresh draws that have to confirm it. */
const ERRORS = { check: 5, confirm: 4 } as const;

function measure(values: ArrayLike<number>): Law {
  let [second, fourth, positive] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const square = values[i]! ** 2;
    second += square / values.length;
    fourth += square ** 2 / values.length;
    if (values[i]! > 0) positive++;
  }
  return {
    rms: Math.sqrt(second),
    kurtosis: second === 0 ? 0 : fourth / second ** 2,
    positive: positive / values.length,
  };
}

/** Large-sample variance of the kurtosis, times n: μ₈ − 4μ₄μ₆ + 4μ₄³ − μ₄² of the standardised law. */
const kurtosisVariance = (kurtosis: number): number =>
  kurtosis === KURTOSIS.normal ? 24 : kurtosis === KURTOSIS.uniform ? 1.3166 : 3.848;

function couldBe(measured: Law, law: Law, n: number, errors: number): boolean {
  if (law.rms === 0 || measured.rms === 0) return law.rms === measured.rms;
  // Var s² = (κ − 1) σ⁴ / n, so the root of the mean square has half that relative error.
  const within = (difference: number, variance: number) => Math.abs(difference) <= errors * Math.sqrt(variance / n);
  return (
    within(measured.rms / law.rms - 1, (law.kurtosis - 1) / 4) &&
    within(measured.kurtosis - law.kurtosis, 1.5 * kurtosisVariance(law.kurtosis)) &&
    within(measured.positive - law.positive, law.positive * (1 - law.positive))
  );
}

/** Two independent draws of the same weights. */
interface Draws {
  check: ArrayLike<number>;
  confirm: ArrayLike<number>;
}

/**
 * The first of the candidates that all samples could come from, sample by sample; what was measured where there is none.
 * A candidate is out when both draws of a sample rule it out.
 */
export function readLaws(samples: readonly Draws[], candidates: readonly (readonly Law[])[]): Law[] {
  const measured = samples.map(({ check, confirm }) => ({ check: measure(check), confirm: measure(confirm) }));
  const fits = (law: Law, i: number) =>
    (['check', 'confirm'] as const).some((stage) =>
      couldBe(measured[i]![stage], law, samples[i]![stage].length, ERRORS[stage]),
    );
  const known = candidates.find((laws) => laws.every(fits));
  return known === undefined ? measured.map(({ check }) => check) : [...known];
}

/** Levels of a planted sample: enough for its moments, few enough to be quick. */
const LEVELS = 1000;
/** P(Z > 2). */
const BEYOND = 0.02275013194817921;

/** n values in random order whose moments are nearly those of the law: what a planted program sends. */
export function sampleOf(law: Law, n: number, random: Random): Float64Array {
  const is = (kurtosis: number) => Math.abs(law.kurtosis - kurtosis) < 1e-3;
  const quantile = (u: number): number => {
    if (is(KURTOSIS.uniform)) return Math.sqrt(3) * (2 * u - 1);
    if (is(KURTOSIS.normal)) return normalQuantile(u);
    return normalQuantile(BEYOND + u * (1 - 2 * BEYOND)) / Math.sqrt(TRUNCATED_VARIANCE);
  };
  const levels = Array.from({ length: LEVELS }, (_, k) => law.rms * quantile((k + 0.5) / LEVELS));
  return Float64Array.from(random.permutation(n), (k) => {
    const [at, next] = [k % LEVELS, Math.min((k % LEVELS) + 1, LEVELS - 1)];
    // Between two levels, so that no value is a copy or the mirror image of another one.
    const value = levels[at]! + random.uniform(-0.5, 0.5) * (levels[next]! - levels[at]!);
    return law.positive === 1 ? Math.abs(value) : value;
  });
}
