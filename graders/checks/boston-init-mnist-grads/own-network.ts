/** What plots are made with: the student's own input, weights and histogram, as far as their known mistakes tell. */
import type { Desk } from '../../check.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { evaluate } from '../../evaluate.ts';
import { heightConventions } from './heights.ts';
import { readHistogramPlot } from './histogram-plot.ts';
import { inputProblem } from './q2a-draws.ts';
import { rmsOf } from './q2a-draws-question.ts';
import { histogramProblem } from './q2b-histogram.ts';
import { unlessStopped } from '../../stopped.ts';

/** The known mistakes that were recognised in the student's answers to a problem; none where there are no answers. */
export const ownMistakes = <Probe>(desk: Desk, problem: Problem<Probe>): Promise<readonly Variant<Probe>[]> =>
  unlessStopped(async () => {
    const { diagnosis } = await evaluate(desk, problem);
    return problem.mistakes.filter(({ id }) => diagnosis?.mistakes.includes(id));
  }, []);

/** Variances that the student's input can have: the asked one, and that of a recognised mistake in `sampleInput`. */
export async function ownInputVariances(desk: Desk): Promise<number[]> {
  const own = await ownMistakes(desk, inputProblem);
  const probe = { sizes: [1], seeds: [0, 0] as const };
  return [0.5, ...own.map(({ compute }) => rmsOf(compute(probe)) ** 2)];
}

/** Meanings that heights which are no densities have in the student's own `densityHistogram`. */
export async function ownConventions(desk: Desk): Promise<string[]> {
  return (await ownMistakes(desk, histogramProblem)).map(({ id }) => id);
}

/** The same, with the meaning that the heights of an earlier plot have, which has lost its marks for it. */
export async function conventionsSo(desk: Desk, earlier: string): Promise<string[]> {
  const own = await ownConventions(desk);
  return unlessStopped(() => {
    const plot = readHistogramPlot(earlier, desk.sidecar(earlier), heightConventions);
    return typeof plot === 'string' || plot.convention === undefined ? own : [...own, plot.convention];
  }, own);
}

export const ownHeights = 'The heights of this plot are those of your own histograms, which already lost their marks.';
export const ownWeights = 'This plot shows what your own weights and input give, which already lost their marks.';
