/** Question 2b: normalised histograms of the activations, and what they say. 5 marks, 2 by a person. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { manualCheck } from '../../manual.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { LayerSignal } from '../../../reference/oracles/signal-propagation.ts';
import { expectedSignals, outerShare, plotShape, readHistogramPlot } from './histogram-plot.ts';
import { halfIfValuesChange, histogramProblem } from './q2b-histogram.ts';
import { weightsProblem } from './q2a-draws.ts';
import { ownConventions, ownHeights, ownInputVariances, ownMistakes, ownWeights } from './own-network.ts';
import { lawsOf } from '../../numerics/sample-laws.ts';

const file = 'plots/q2b.json';

export const checks: Check[] = [
  {
    id: 'q2b.histogram',
    task: 'Q2b',
    title: 'densityHistogram returns edges and heights whose area is 1',
    asks: 'Six samples, with and without a range, with values on the edges, beyond them and far out; the values after the call.',
    points: 1.5,
    problems: [histogramProblem],
    run: async (desk) => {
      const evaluation = await evaluate(desk, histogramProblem);
      const judgements = [
        judgeTensor(evaluation, 'edges', 'The list of edges'),
        judgeTensor(evaluation, 'density', 'The list of heights'),
      ];
      const judgement = judgements.find(({ earned }) => earned < 1) ?? judgements[0]!;
      return halfIfValuesChange(desk, judgement);
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

async function judgePlot(desk: Desk): Promise<Judgement> {
  const sidecar = desk.sidecar(file);
  const strict = readHistogramPlot(file, sidecar);
  const plot = typeof strict === 'string' ? readHistogramPlot(file, sidecar, await ownConventions(desk)) : strict;
  if (typeof plot === 'string') return fail({ says: plot, hint: plotShape });
  const signals = expectedSignals(plot.sizes, () => 1);
  // Saturated activations lie in the outermost bins, however wide these are.
  const shares = plot.layers.map((layer) => outerShare(layer).most);
  const pale = firstPale(shares, signals);
  if (pale < 0) return pass(plot.convention === undefined ? {} : { followThrough: ownHeights });
  if (await ownNetworkGives(desk, plot.sizes, shares)) return pass({ followThrough: ownWeights });
  return fail({
    says: `Layer ${pale + 1} of ${file} is hardly saturated: with N(0, 1) weights most activations lie beyond ±0.9.`,
    yours: shares.map((share) => share.toFixed(2)).join(', '),
    expected: `at least ${signals.map(({ saturated }) => (saturated - ROOM).toFixed(2)).join(', ')}`,
    hint: 'Take weights with variance 1 and plot the activations behind tanh, one histogram for each layer.',
  });
}

/** At a sixteenth of the size the first layer varies by .037 from draw to draw; Glorot's rule gives a share below .01. */
const ROOM = 0.15;
const firstPale = (shares: readonly number[], signals: readonly LayerSignal[]) =>
  signals.findIndex(({ saturated }, k) => shares[k]! < saturated - ROOM);

/** Whether the plot is as saturated as the student's own wrong weights, or input, make it. */
async function ownNetworkGives(desk: Desk, sizes: readonly number[], shares: readonly number[]): Promise<boolean> {
  const laws = (await ownMistakes(desk, weightsProblem)).map(
    ({ compute }) =>
      (fanIn: number, fanOut: number) =>
        lawsOf(compute({ sizes: [fanIn, fanOut], seeds: [0, 0] }))[0]!.rms ** 2,
  );
  const inputs = await ownInputVariances(desk);
  return [() => 1, ...laws].some((law) =>
    inputs.some((input) => {
      const signals = expectedSignals(sizes, law, input);
      return signals.every(({ saturated }, k) => shares[k]! > saturated - ROOM && shares[k]! < saturated + 2 * ROOM);
    }),
  );
}
