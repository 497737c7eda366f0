/**
 * Recognises derivatives that were taken by finite differences, from the rounding that these leave and nothing else does.
 *
 * Theory. Two values of one function near L are floating-point numbers, so their difference is a whole multiple of the
 * distance u between neighbours there, a power of two, and is computed without rounding. Divided by the step (or by 2, 6 or
 * 12 steps) it is a whole multiple of 2^e / h. All differences of one loss, and of one function entry by entry, lie on such
 * a lattice; e need not be known, since multiples of a coarse lattice are multiples of a fine one. A derivative by the
 * chain rule is a sum of rounded products: it lies anywhere.
 *
 * Who is accused. An entry speaks where the right value lies clearly off the lattice; there the answer has to lie on it.
 * All entries of a probe that speak have to agree, in two probes at least and in half of all, and so many of them that chance
 * would take 2^-60. An answer within rounding of the right value lies off the lattice where that does, so no coincidence of a
 * formula can accuse an honest answer in double precision. Honest answers with larger errors are of three sorts: those
 * in single precision, whose values lie on lattices of powers of two, on which no decimal step leaves anything (those that single
 * precision holds are measured by its own rounding, besides); those rounded to decimals, on lattices with fives in the
 * denominator, where a decimal step has them in the numerator; and those that clip, which lie on none.
 *
 * Not recognised here, and most of it by asking once more (difference-noise.ts): steps that are powers of two, which leave what
 * single precision leaves; steps of three digits or more; extrapolation by other factors than 2; differences of several outputs,
 * each multiplied with an error signal. Recognised nowhere: the complex step and dual numbers, which round like the chain rule, and
 * differences that are rounded afterwards.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { latticeOfDifferences } from 'gradmark/numerics/difference-rounding';
 *
 * const told = (slope: (x: number) => number) => {
 *   const probe = (from: number) => Array.from({ length: 20 }, (_, i) => from + i / 17);
 *   const answer = [probe(0.3), probe(0.4)].map((xs) => xs.map((x) => ({ yours: slope(x), expected: Math.exp(x), lost: 0 })));
 *   return latticeOfDifferences(answer) !== undefined;
 * };
 * assert.equal(told((x) => (Math.exp(x + 1e-5) - Math.exp(x - 1e-5)) / 2e-5), true);
 * assert.equal(told((x) => Math.exp(x)), false);
 * assert.equal(told((x) => Math.fround(Math.exp(x))), false);
 * ```
 */

/** One number of an answer. */
export interface DerivedNumber {
  yours: number;
  expected: number;
  /** What it lost on its way here, absolutely, e.g. because it is read off a step. */
  lost: number;
  /** Where it is the derivative with respect to a number: that number. */
  at?: number;
}

/** What was recognised. */
export interface Lattice {
  /** How many numbers lie on it where the right ones do not. */
  numbers: number;
  /** Their median distance from the right value. */
  off: number;
}

/** What a difference is divided by at this place, up to a power of two. */
type Divisor = (at: number | undefined) => number | undefined;

/** Steps of up to two digits and their thirds (six and twelve steps), without what powers of two or further powers of ten add. */
const digits = Array.from({ length: 50 }, (_, i) => 2 * i + 1).filter((m) => m % 5 !== 0);
const tens = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** The cube root of the distance between 1 and its neighbour is what textbooks recommend. */
const cubeRoot = Math.cbrt(Number.EPSILON);

const everywhere = [...tens(1, 12).flatMap((k) => digits.map((m) => m * 10 ** -k)), cubeRoot, 3 * cubeRoot];

/** Careful programs divide by the step that was taken, or take longer steps from larger numbers. */
const stepsFrom: ((h: number, x: number) => number)[] = [
  (h, x) => x + h - (x - h),
  (h, x) => x + h - x,
  (h, x) => h * Math.max(1, Math.abs(x)),
  (h, x) => h * (1 + Math.abs(x)),
  (h, x) => h * Math.abs(x),
];
const usual = [...tens(2, 9).map((k) => 10 ** -k), cubeRoot];

const divisors: readonly Divisor[] = [
  ...everywhere.map(
    (h): Divisor =>
      () =>
        h,
  ),
  ...stepsFrom.flatMap((step) =>
    usual.map(
      (h): Divisor =>
        (at) =>
          at === undefined ? undefined : step(h, at),
    ),
  ),
];

/** Two ways to look: a coarse lattice, on which numbers lie closely, and a fine one, which is all that larger steps leave. */
const looks = [
  { roundings: 2 ** 12, near: 2 ** -7 },
  { roundings: 2 ** 5, near: 2 ** -3 },
];
type Look = (typeof looks)[number];
const leastBits = 60;

/**
 * The lattice of differences on which an answer lies, probe by probe, or undefined where it may have been derived in any
 * other way. Infinite and vanishing numbers say nothing.
 */
export function latticeOfDifferences(answer: readonly (readonly DerivedNumber[])[]): Lattice | undefined {
  const probes = answer.map((numbers) =>
    numbers.filter(({ yours, expected }) => yours !== 0 && Number.isFinite(yours - expected)),
  );
  const isSingle = probes.flat().every(({ yours }) => Math.fround(yours) === yours);
  const mostSilent = probes.length - Math.max(2, probes.length / 2);
  const rounding = isSingle ? 2 ** -24 : 2 ** -53;
  for (const look of looks) {
    const needed = Math.ceil(leastBits / -Math.log2(2 * look.near));
    for (const divisor of divisors) {
      const found: DerivedNumber[] = [];
      let silent = 0;
      for (const numbers of probes) {
        const heard = speaking(numbers, look, divisor, rounding);
        if (heard.length === 0 && ++silent > mostSilent) break;
        for (const number of heard) found.push(number);
      }
      if (silent > mostSilent || found.length < needed) continue;
      const off = found.map(({ yours, expected }) => Math.abs(yours - expected)).sort((a, b) => a - b);
      return { numbers: found.length, off: off[off.length >> 1]! };
    }
  }
  return undefined;
}

/** The numbers of a probe that lie on the lattice although the right ones do not; none as soon as one of those is off it, too. */
function speaking(numbers: readonly DerivedNumber[], look: Look, divisor: Divisor, rounding: number): DerivedNumber[] {
  const found: DerivedNumber[] = [];
  for (const number of numbers) {
    const step = divisor(number.at);
    if (step === undefined || !(step > 0)) return [];
    const finest = look.roundings * Math.max(rounding * Math.abs(number.yours), number.lost);
    const spacing = 2 ** Math.ceil(Math.log2(finest * step)) / step;
    if (offLattice(number.expected / spacing) <= 2 * look.near) continue;
    if (offLattice(number.yours / spacing) > look.near) return [];
    found.push(number);
  }
  return found;
}

const offLattice = (multiple: number): number => Math.abs(multiple - Math.round(multiple));
