/** Follow-through: a later answer is right when it is what the student's own earlier answers lead to. */
import type { Evaluation } from '../../evaluate.ts';
import { unlessStopped } from '../../stopped.ts';

/** Whether every tensor is right; a program that stops is not. */
export const isRight = (evaluation: () => Promise<Evaluation>): Promise<boolean> =>
  unlessStopped(async () => Object.values((await evaluation()).tensors).every((tensor) => tensor.accepted), false);
