/** Plots of activation histograms: judged as asked, or as the student's own histograms, weights and input would make them. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import { unlessStopped } from '../stopped.ts';
import type { HistogramPlot } from './histogram-plot.ts';
import { plotShape, readHistogramPlot } from './histogram-plot.ts';
import { heightConventions } from './histogram-heights.ts';

interface ActivationPlot {
  file: string;
  /** Meanings that heights may have that are no densities, because they have lost their marks elsewhere. */
  conventions(context: CheckContext): Promise<readonly string[]>;
  /** What is wrong before anything is compared, e.g. a copy of another plot. */
  copied?(context: CheckContext, sidecar: unknown): Promise<Finding | undefined>;
  asAsked(plot: HistogramPlot): boolean;
  /** Whether it shows what the student's own wrong parts make. */
  asOwn(context: CheckContext, plot: HistogramPlot): Promise<boolean>;
  fault(plot: HistogramPlot): Finding;
}

export async function judgeActivationPlot(context: CheckContext, asked: ActivationPlot): Promise<Judgement> {
  const { file } = asked;
  const sidecar = await context.sidecar(file);
  const strict = readHistogramPlot(file, sidecar);
  const plot = typeof strict === 'string' ? readHistogramPlot(file, sidecar, await asked.conventions(context)) : strict;
  if (typeof plot === 'string') return fail({ says: plot, hint: plotShape });
  const copied = await asked.copied?.(context, sidecar);
  if (copied !== undefined) return fail(copied);
  if (asked.asAsked(plot)) return pass(plot.convention === undefined ? {} : { followThrough: ownHeights });
  return (await asked.asOwn(context, plot)) ? pass({ followThrough: ownWeights }) : fail(asked.fault(plot));
}

const ownHeights = 'The heights of this plot are those of your own histograms, which already lost their marks.';
const ownWeights = 'This plot shows what your own weights and input give, which already lost their marks.';

/** The conventions of the student's own histograms, with the one of an earlier plot, which has lost its marks for it. */
export const withThatOf = (
  context: CheckContext,
  earlier: string,
  own: readonly string[],
): Promise<readonly string[]> =>
  unlessStopped(async () => {
    const plot = readHistogramPlot(earlier, await context.sidecar(earlier), heightConventions);
    return typeof plot === 'string' || plot.convention === undefined ? own : [...own, plot.convention];
  }, own);

/** Whether another plot of the hand-in holds the same heights in all layers. */
export const isCopyOf = (context: CheckContext, other: string, sidecar: unknown): Promise<boolean> =>
  unlessStopped(async () => {
    const layers = (plot: unknown) => JSON.stringify((plot as { layers?: unknown }).layers);
    return layers(await context.sidecar(other)) === layers(sidecar);
  }, false);
