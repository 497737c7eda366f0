/**
 * Recognises derivatives that were taken by finite differences, from how they answer to a change that means nothing.
 *
 * Theory. A function value near L is known up to its rounding, about 2^-53 |L|, and another point draws another rounding. Divided
 * by a step h that becomes 2^-53 |L| / h: where all numbers of a question are changed in their last digits alone, what was
 * computed by differences changes by hundreds or millions of roundings, whatever the step is and however the values were
 * combined. A derivative by the chain rule changes by as few roundings as the numbers were changed by.
 *
 * Who is accused. In half of all probes, in two at least, half of the numbers have to change by more than 2^10 roundings of the
 * largest, and by more than what was lost on their way; and the same question, asked again, has to get the same answer, so that
 * nobody who draws at random is meant. An honest program in single precision takes both questions for the same one, or for one
 * of which next to no number is rounded otherwise; and an error that follows a formula (a number that keeps a logarithm finite)
 * is the same at both.
 *
 * Not recognised: the complex step and dual numbers, which divide by nothing and are derivations; differences that are rounded
 * afterwards to fewer digits than they have; and long steps, from about 0.01, whose formulas are exact for curves of high degree.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { noiseOfDifferences, nudges } from 'gradmark/numerics/difference-noise';
 *
 * const told = (slope: (x: number) => number) => {
 *   const asked = (x: number) => {
 *     const nudged = nudges.map((factor) => slope(x * factor));
 *     return { yours: slope(x), again: slope(x), nudged, expected: Math.exp(x), lost: 0 };
 *   };
 *   return noiseOfDifferences([0.3, 0.4].map((from) => Array.from({ length: 20 }, (_, i) => asked(from + i / 17)))) !== undefined;
 * };
 * assert.equal(told((x) => (Math.exp(x + 2 ** -17) - Math.exp(x - 2 ** -17)) * 2 ** 16), true);
 * assert.equal(told((x) => Math.exp(x)), false);
 * assert.equal(told((x) => Math.fround(Math.exp(x) + 1e-9)), false);
 * ```
 */
import type { DerivedNumber } from './difference-rounding.ts';

/** By what the numbers of a question are multiplied: several times, since two roundings may fall alike. */
export const nudges = [1 + 3 * 2 ** -50, 1 - 5 * 2 ** -50, 1 + 2 ** -48] as const;

/** One number of an answer, of the same question asked again, and of those whose numbers are other by a few roundings. */
export interface NudgedNumber extends Pick<DerivedNumber, 'yours' | 'expected' | 'lost'> {
  again: number;
  nudged: readonly number[];
}

/** What was recognised. */
export interface Noise {
  /** How many numbers change more than a derivation does. */
  numbers: number;
  /** Their median change, where what they are computed from changes by a few roundings. */
  change: number;
}

/** Of the largest number of a tensor. Chain rules that were measured stay below 2^-46, differences with steps up to 1e-3 come to 2^-42. */
const mostRounding = 2 ** -43;
/** Of what was lost on the way. */
const mostLost = 2 ** 5;
/** Fewer numbers are no evidence. */
const leastNumbers = 6;

/** By how much an answer changes that was computed by differences, probe by probe; undefined where it may have been derived. */
export function noiseOfDifferences(answer: readonly (readonly NudgedNumber[])[]): Noise | undefined {
  if (answer.flat().some(({ yours, again }) => !Object.is(yours, again))) return undefined;
  const noisy = answer.map(noisyAmong).filter((changes) => changes.length > 0);
  const changes = noisy.flat().sort((a, b) => a - b);
  if (noisy.length < Math.max(2, answer.length / 2) || changes.length < leastNumbers) return undefined;
  return { numbers: changes.length, change: changes[changes.length >> 1]! };
}

/** How much the numbers of a probe change, those that change too much; none where that is less than half of them. */
function noisyAmong(numbers: readonly NudgedNumber[]): number[] {
  const largest = numbers.reduce((most, { expected }) => Math.max(most, Math.abs(expected)), 0);
  const changes = numbers
    .map(({ yours, nudged, lost }) => ({ lost, by: Math.max(...nudged.map((number) => Math.abs(number - yours))) }))
    .filter(({ lost, by }) => by > mostRounding * largest + mostLost * lost)
    .map(({ by }) => by);
  return 2 * changes.length >= numbers.filter(({ yours }) => yours !== 0).length ? changes : [];
}
