/** Small questions about answers that checks ask outside of an evaluation. */
import type { NdArray } from '../../model.ts';
import { mapArray, sameShape } from '../../numerics/arrays.ts';
import { compareTensor, judge } from '../../numerics/compare.ts';
import { plainBand } from './plain-band.ts';

/** Equal up to rounding, and not empty; where a wrong function of the student's gives no number, the same no-number is expected. */
export function agree(yours: NdArray, expected: NdArray): boolean {
  if (expected.data.length === 0 || !sameShape(yours.shape, expected.shape)) return false;
  const finite = (array: NdArray) => mapArray(array, (value, i) => (Number.isFinite(expected.data[i]!) ? value : 0));
  const sameGaps = expected.data.every((value, i) => Number.isFinite(value) || Object.is(value, yours.data[i]));
  return sameGaps && judge(compareTensor('', finite(yours), finite(expected), plainBand), plainBand) === 'accept';
}
