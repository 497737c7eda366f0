/**
 * Follow-through: a later answer is judged with the student's own earlier answer in place of ours, so that one mistake costs
 * once. Here stand the one rule by which two answers of one student agree, and what shows that anything followed at all.
 */
import type { NdArray } from './model/numbers.ts';
import { sameShape } from './numerics/arrays.ts';
import { compareTensor, judge } from './numerics/compare.ts';
import type { Band } from './numerics/tolerance.ts';
import { float32 } from './numerics/tolerance.ts';
import type { Answer } from './question.ts';

/**
 * Equal up to the band's accepting end, in the same shape, and not empty. What is not finite equals nothing, one's own NaN
 * included: an answer that is NaN or infinite everywhere would follow from anything.
 */
export const agree = (yours: NdArray | undefined, own: NdArray | undefined, band: Band = float32): boolean =>
  yours !== undefined &&
  own !== undefined &&
  own.data.length > 0 &&
  sameShape(yours.shape, own.shape) &&
  own.data.every(Number.isFinite) &&
  judge(compareTensor('', yours, own, band), band) === 'accept';

/**
 * Whether something of what the student's own parts lead to is more than zeros and is the student's answer as well. Zeros
 * follow from zeros in any program; who returns them everywhere has shown nothing.
 */
export const leadsSomewhere = (yours: Answer, own: Answer, band: Band = float32): boolean =>
  Object.entries(own).some(([name, array]) => array.data.some((v) => v !== 0) && agree(yours[name], array, band));
