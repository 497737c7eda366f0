/** How many draws a check needs, so that it wrongs nobody and still finds what it looks for. */
import { chiSquareQuantile, normalQuantile, normalUpperQuantile } from './special-functions.ts';
import { CHECK_ALPHA } from './statistics.ts';

export interface Wanted {
  alpha?: number;
  /** Probability of rejecting the wrong program. */
  power?: number;
  /** Kurtosis of the wrong law; 3 (normal) is exact, others by the central limit theorem. */
  kurtosis?: number;
}

/**
 * Smallest sample for which a two-sided variance test at α rejects, with this power, draws whose variance is `ratio` times
 * the asked one. Ratio 2 takes 303 draws, 1.1 takes 16,257.
 */
export function designN(ratio: number, wanted: Wanted = {}): number {
  const { alpha = CHECK_ALPHA, power = 0.9999, kurtosis = 3 } = wanted;
  if (!(ratio > 0) || ratio === 1) throw new RangeError(`designN: the ratio must be positive and not 1, got ${ratio}`);
  if (kurtosis !== 3) {
    const z = normalUpperQuantile(alpha / 2) + ratio * normalQuantile(power);
    return Math.ceil((kurtosis - 1) * (z / (ratio - 1)) ** 2);
  }
  const enough = (n: number): boolean =>
    ratio > 1
      ? ratio * chiSquareQuantile({ lower: 1 - power }, n - 1) >= chiSquareQuantile({ upper: alpha / 2 }, n - 1)
      : ratio * chiSquareQuantile({ upper: 1 - power }, n - 1) <= chiSquareQuantile({ lower: alpha / 2 }, n - 1);
  let high = 2;
  while (!enough(high)) high *= 2;
  let low = Math.max(2, high / 2);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** Smallest sample for which a two-sided mean test at α finds a shift of `shift` standard deviations: ((z_α/2 + z_β)/shift)². */
export function designNMean(shift: number, wanted: Omit<Wanted, 'kurtosis'> = {}): number {
  const { alpha = CHECK_ALPHA, power = 0.9999 } = wanted;
  if (!(shift > 0)) throw new RangeError(`designNMean: the shift must be positive, got ${shift}`);
  return Math.ceil(((normalUpperQuantile(alpha / 2) + normalQuantile(power)) / shift) ** 2);
}
