/**
 * How far an answer may be from the expected one, and why. A band has two ends: at or below `accept` an answer is right,
 * at or above `reject` it is wrong; what lies between is decided by asking again in double precision, on fresh probes.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { bandOf, float32, scaledBand } from 'gradmark/tolerance';
 *
 * assert.equal(bandOf('single'), float32);
 * const own = scaledBand('rounded', 0.005, 0.02, 'accepted up to half a unit of the second decimal');
 * assert.ok(own.accept < own.reject);
 * assert.throws(() => scaledBand('empty', 1, 0, ''), RangeError);
 * ```
 */
import type { NamedArrays } from './arrays.ts';
import { maxAbs, sameShape } from './arrays.ts';
import type { Random } from './random.ts';

export interface Band {
  id: string;
  accept: number;
  reject: number;
  /** `scaled`: error over the largest expected magnitude of that tensor. `ulp`: error in units in the last place of each entry. */
  measure: 'scaled' | 'ulp';
  /** With `ulp`: the grid whose last place counts, and the absolute error that is always allowed. */
  ulp?: { precision: 'single' | 'double'; atol: number };
  /** One sentence for a report: the limit and where it comes from. */
  says: string;
}

/** Single precision. Correct float32 gradients stay below 3.1e-6 of the largest entry, the nearest known mistake is above 1e-2. */
export const float32: Band = {
  id: 'float32',
  accept: 2e-4,
  reject: 2e-3,
  measure: 'scaled',
  says: 'accepted up to 0.0002 of the largest expected value, rejected from 0.002: rounding in single precision stays a hundred times below, the nearest known mistake ten times above',
};

/** Double precision. Rounding noise of a small network is below 1e-14; the rest is room for another order of the same sums. */
export const float64: Band = {
  id: 'float64',
  accept: 1e-9,
  reject: 1e-6,
  measure: 'scaled',
  says: 'accepted up to 1e-9 of the largest expected value, rejected from 1e-6: rounding in double precision stays below 1e-14',
};

/** Integers and everything that must arrive untouched. */
export const exact: Band = {
  id: 'exact',
  accept: 0,
  reject: 0,
  measure: 'scaled',
  says: 'no difference allowed: every number here is exact in any precision and in any order of summing',
};

/** One elementary function in single precision: the worst library kernel measured is 3 units in the last place. */
export const elementary32: Band = {
  id: 'elementary32',
  accept: 8,
  reject: 80,
  measure: 'ulp',
  ulp: { precision: 'single', atol: 1e-7 },
  says: 'accepted up to 8 units in the last place of a 32-bit number (plus 1e-7), rejected from 80: the least exact library function is off by 3',
};

/** One elementary function in double precision; room for algebraically equal forms such as 1/(1+e^−x) and e^x/(1+e^x). */
export const elementary64: Band = {
  id: 'elementary64',
  accept: 64,
  reject: 4096,
  measure: 'ulp',
  ulp: { precision: 'double', atol: 1e-15 },
  says: 'accepted up to 64 units in the last place of a 64-bit number (plus 1e-15), rejected from 4096: equal formulas differ by a few',
};

/** The band of a network's answer in this precision. */
export const bandOf = (precision: 'single' | 'double'): Band => (precision === 'single' ? float32 : float64);

/** A band of an author's own, with the reason a reader will see; throws RangeError when the ends are not 0 ≤ accept ≤ reject. */
export function scaledBand(id: string, accept: number, reject: number, says: string): Band {
  if (!(accept >= 0 && accept <= reject && reject < Infinity))
    throw new RangeError(`band ${id}: accept ${accept} and reject ${reject} must satisfy 0 ≤ accept ≤ reject < ∞`);
  return { id, accept, reject, measure: 'scaled', says };
}

/** Plain numbers, kept in rows that may be of either precision. */
export const plainNumbers = scaledBand(
  'plain numbers',
  2e-6,
  2e-5,
  'accepted up to 0.000002 of the largest expected value, rejected from 0.00002: programs may keep rows in single precision, which rounds by less than 0.000001 here',
);

export interface Calibration {
  /** The right answer in float64. */
  expected: NamedArrays;
  /** The same answer in float32 with every reduction summed in an order drawn from `random`. */
  rerun(random: Random): NamedArrays;
  random: Random;
  runs?: number;
  /** Distance of the nearest known mistake per tensor, in units of its largest expected magnitude. */
  separation?: Readonly<Record<string, number>>;
}

/**
 * Bands measured on this very probe: τ = max(10·e, 2e-4) of the tensor's scale, where e is the worst float32 error over
 * `runs` orders of summing (correct programs were measured at most 2.7·e away). Throws when τ would come within a factor
 * 10 of the nearest known mistake: then the probe is badly chosen, and loosening the tolerance would hide mistakes.
 */
export function calibrate(plan: Calibration): Record<string, Band> {
  const noise: Record<string, number> = {};
  for (const [name, expected] of Object.entries(plan.expected)) {
    const scale = maxAbs(expected);
    if (!(scale > 0 && scale < Infinity))
      throw new RangeError(`calibrate: the expected ${name} must be finite and not all zero`);
    noise[name] = 0;
  }
  const runs = plan.runs ?? 8;
  if (runs < 1) throw new RangeError('calibrate: needs at least one run');
  for (let run = 0; run < runs; run++) {
    const rounded = plan.rerun(plan.random.fork(`rerun ${run}`));
    for (const [name, expected] of Object.entries(plan.expected)) {
      const again = rounded[name];
      if (!again || !sameShape(again.shape, expected.shape))
        throw new RangeError(`calibrate: the re-run gave no ${name} of the expected shape`);
      const scale = maxAbs(expected);
      expected.data.forEach((value, i) => {
        const error = Math.abs(again.data[i]! - value) / scale;
        noise[name] = Number.isNaN(error) ? Infinity : Math.max(noise[name]!, error);
      });
    }
  }
  return Object.fromEntries(
    Object.entries(noise).map(([name, e]) => [name, calibratedBand(name, e, plan.separation?.[name])]),
  );
}

function calibratedBand(name: string, noise: number, separation = Infinity): Band {
  if (!Number.isFinite(noise))
    throw new RangeError(`calibrate: ${name} is not finite in float32; choose a milder probe`);
  const accept = Math.max(10 * noise, float32.accept);
  if (accept > separation / 10)
    throw new RangeError(
      `calibrate: ${name} would accept ${accept.toExponential(1)}, but the nearest known mistake is only ${separation.toExponential(1)} away; choose another probe`,
    );
  const reject = Math.min(10 * accept, Math.max(accept, separation / 2));
  return scaledBand(
    `calibrated ${name}`,
    accept,
    reject,
    `accepted up to ${accept.toExponential(1)} of the largest expected value, rejected from ${reject.toExponential(1)}: ten times the rounding error measured on this input in single precision`,
  );
}
