/** Follow-through: a later answer is right when it is what the student's own earlier answers lead to. */
import type { NdArray } from '../../model.ts';
import type { Evaluation } from '../../evaluate.ts';
import { compareTensor, judge } from '../../numerics/compare.ts';
import { unlessStopped } from '../../stopped.ts';
import { plainBand } from './plain.ts';

/** Whether every tensor is right; a program that stops is not. */
export const isRight = (evaluation: () => Promise<Evaluation>): Promise<boolean> =>
  unlessStopped(async () => Object.values((await evaluation()).tensors).every((tensor) => tensor.accepted), false);

/** Equal up to rounding; what is empty or not finite agrees with nothing. */
export const agree = (yours: NdArray, theirs: NdArray): boolean =>
  theirs.data.length > 0 &&
  theirs.data.every(Number.isFinite) &&
  judge(compareTensor('', yours, theirs, plainBand), plainBand) === 'accept';
