/** Question 2b: normalised histograms of the activations, and what they say. 5 marks, 2 by a person. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { manualCheck } from '../../manual.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { expectedSignals, outerShare, plotShape, readHistogramPlot } from './histogram-plot.ts';
import { histogramProblem } from './q2b-histogram.ts';

const file = 'plots/q2b.json';

export const checks: Check[] = [
  {
    id: 'q2b.histogram',
    task: 'Q2b',
    title: 'densityHistogram returns edges and heights whose area is 1',
    asks: 'Two samples, with and without a range, with values on the edges and beyond them.',
    points: 1.5,
    problems: [histogramProblem],
    run: async (desk) => {
      const evaluation = await evaluate(desk, histogramProblem);
      const judgements = [
        judgeTensor(evaluation, 'edges', 'The list of edges'),
        judgeTensor(evaluation, 'density', 'The list of heights'),
      ];
      return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
    },
  },
  {
    id: 'q2b.plot',
    task: 'Q2b',
    title: 'Five normalised histograms of the activations, which are saturated',
    asks: `The data in ${file}: areas, ranges, and the share of activations beyond ±0.9.`,
    points: 1.5,
    run: async (desk) => judgePlot(desk),
  },
  manualCheck({
    id: 'q2b.comment',
    task: 'Q2b',
    title: 'The comment: what the histograms show and what causes it',
    points: 2,
  }),
];

/** At a sixteenth of the size the first layer varies by .037 from draw to draw; Glorot's rule gives a share below .01. */
function judgePlot(desk: Desk): Judgement {
  const plot = readHistogramPlot(file, desk.sidecar(file));
  if (typeof plot === 'string') return fail({ says: plot, hint: plotShape });
  const signals = expectedSignals(plot.sizes, () => 1);
  const shares = plot.layers.map(outerShare);
  const pale = signals.findIndex(({ saturated }, k) => shares[k]! < saturated - 0.15);
  if (pale < 0) return pass();
  return fail({
    says: `Layer ${pale + 1} of ${file} is hardly saturated: with N(0, 1) weights most activations lie beyond ±0.9.`,
    yours: shares.map((share) => share.toFixed(2)).join(', '),
    expected: `at least ${signals.map(({ saturated }) => saturated.toFixed(2)).join(', ')}`,
    hint: 'Take weights with variance 1 and plot the activations behind tanh, one histogram for each layer.',
  });
}
