/** Numbers of mistakes in no more digits than it takes to recognise them: what is right is kept to its last digit. */
import type { NdArray } from '../model/numbers.ts';
import type { Precision } from '../model/guest.ts';
import { maxAbs } from '../numerics/arrays.ts';

/**
 * Steps between 0 and the largest number, as a power of two. A known mistake is recognised within 2e-4 of the largest number
 * in single precision and within 1e-9 in double; half a step is 1.5e-5 and 2.3e-10 of it.
 */
const steps: Record<Precision, number> = { single: 15, double: 31 };

/** The array in fixed point; whole numbers, and what is not finite, stay as they are. */
export function coarseEnough(array: NdArray, precision: Precision): NdArray {
  const largest = maxAbs(array);
  if (!Number.isFinite(largest) || largest === 0 || array.data.every(Number.isInteger)) return array;
  const step = 2 ** (Math.floor(Math.log2(largest)) + 1 - steps[precision]);
  const most = 2 ** steps[precision] - 1;
  // No zero is negative. Where the largest number rounds up to a power of two it would take one more bit.
  const data = array.data.map((value) => Math.max(-most, Math.min(most, Math.round(value / step))) * step + 0);
  return { ...array, data };
}
