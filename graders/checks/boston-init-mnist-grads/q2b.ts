/**
 * Question 2b: normalised histograms of the activations, and what they say. 5 marks, 2 of them by a person.
 *
 *   asked   `densityHistogram` on six samples; the data behind the plot of five layers
 *   right   edges of equal width and heights of area 1; activations as saturated as weights from N(0, 1) make them
 *   costs   1.5 for each; a plot that shows what the student's own wrong draws or histograms make is not charged twice
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { judgeActivationPlot } from '../../kinds/activation-plots.ts';
import type { HistogramPlot } from '../../kinds/histogram-plot.ts';
import { expectedSignals, outerShare } from '../../kinds/histogram-plot.ts';
import { halfIfArgumentsChange } from '../../kinds/record.ts';
import { ownMistakes } from '../../kinds/own-mistakes.ts';
import { manualCheck } from '../../manual.ts';
import { lawsOf } from '../../numerics/sample-laws.ts';
import { ownConventions, ownInputVariances } from './own-network.ts';
import { histogramProblem, weightsProblem } from './q2-key.ts';
import { asked } from './q2-question.ts';

const file = 'plots/q2b.json';

export const checks: Check[] = [
  {
    id: 'q2b.histogram',
    task: 'Q2b',
    title: 'densityHistogram returns edges and heights whose area is 1',
    asks: 'Six samples, with and without a range, with values on the edges, beyond them and far out; the values after the call.',
    points: 1.5,
    problems: [histogramProblem],
    run: async (context) => {
      const words = { edges: 'The list of edges', density: 'The list of heights' };
      const judgement = firstWrong(await evaluate(context, histogramProblem), words);
      return halfIfArgumentsChange(context, judgement, histogramProblem, asked.histogram, 1);
    },
  },
  {
    id: 'q2b.plot',
    task: 'Q2b',
    title: 'Five normalised histograms of the activations, which are saturated',
    asks: `The data in ${file}: areas, ranges, and the share of activations beyond ±0.9.`,
    points: 1.5,
    run: async (context) => judgePlot(context),
  },
  manualCheck({
    id: 'q2b.comment',
    task: 'Q2b',
    title: 'The comment: what the histograms show and what causes it',
    points: 2,
  }),
];

const judgePlot = (context: CheckContext): Promise<Judgement> =>
  judgeActivationPlot(context, {
    file,
    conventions: ownConventions,
    asAsked: (plot) => firstPale(plot) < 0,
    asOwn: ownNetworkGives,
    fault: (plot) => ({
      says: `Layer ${firstPale(plot) + 1} of ${file} is hardly saturated: with N(0, 1) weights most activations lie beyond ±0.9.`,
      yours: sharesOf(plot)
        .map((share) => share.toFixed(2))
        .join(', '),
      expected: `at least ${signalsOf(plot)
        .map(({ saturated }) => (saturated - ROOM).toFixed(2))
        .join(', ')}`,
      hint: 'Take weights with variance 1 and plot the activations behind tanh, one histogram for each layer.',
    }),
  });

/** Saturated activations lie in the outermost bins, however wide these are. */
const sharesOf = ({ layers }: HistogramPlot): number[] => layers.map((layer) => outerShare(layer).most);
const signalsOf = ({ sizes }: HistogramPlot) => expectedSignals(sizes, () => 1);

/** At a sixteenth of the size the first layer varies by .037 from draw to draw; Glorot's rule gives a share below .01. */
const ROOM = 0.15;
function firstPale(plot: HistogramPlot): number {
  const shares = sharesOf(plot);
  return signalsOf(plot).findIndex(({ saturated }, k) => shares[k]! < saturated - ROOM);
}

/** Whether the plot is as saturated as the student's own wrong weights, or input, make it. */
async function ownNetworkGives(context: CheckContext, plot: HistogramPlot): Promise<boolean> {
  const shares = sharesOf(plot);
  const laws = (await ownMistakes(context, weightsProblem)).map(
    ({ compute }) =>
      (fanIn: number, fanOut: number) =>
        lawsOf(compute({ sizes: [fanIn, fanOut], seeds: [0, 0] }))[0]!.rms ** 2,
  );
  const inputs = await ownInputVariances(context);
  return [() => 1, ...laws].some((law) =>
    inputs.some((input) => {
      const signals = expectedSignals(plot.sizes, law, input);
      return signals.every(({ saturated }, k) => shares[k]! > saturated - ROOM && shares[k]! < saturated + 2 * ROOM);
    }),
  );
}
