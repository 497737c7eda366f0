/** What the plots of Question 2 are made with: the student's own input and histogram, as far as their known mistakes tell. */
import type { CheckContext } from '../../check.ts';
import { ownMistakes } from '../../kinds/own-mistakes.ts';
import { rmsOf } from '../../kinds/vector-draws-question.ts';
import { histogramProblem, inputProblem } from './q2-key.ts';

/** Variances that the student's input can have: the asked one, and that of a recognised mistake in `sampleInput`. */
export async function ownInputVariances(context: CheckContext): Promise<number[]> {
  const own = await ownMistakes(context, inputProblem);
  const probe = { size: 1, seeds: [0, 0] as const };
  return [0.5, ...own.map(({ compute }) => rmsOf(compute(probe)) ** 2)];
}

/** Meanings that heights which are no densities have in the student's own `densityHistogram`. */
export const ownConventions = async (context: CheckContext): Promise<string[]> =>
  (await ownMistakes(context, histogramProblem)).map(({ id }) => id);
