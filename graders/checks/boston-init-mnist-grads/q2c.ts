/**
 * Question 2c: Glorot normal and Glorot uniform weights, and the activations that they give. 10 marks.
 *
 *   asked   what `glorotNormal` and `glorotUniform` draw, by its statistics; the data behind the plots of five layers
 *   right   variance 2 / (in + out), of the law that the name says; the library's normal law, cut at two deviations, is accepted;
 *           activations of the spread that the rule gives
 *   costs   3 for each law, 2 for each plot; a plot of the student's own wrong weights or input is not charged twice
 */
import { glorotVariance } from '../../../reference/oracles/initialisers.ts';
import type { LayerSignal } from '../../../reference/oracles/signal-propagation.ts';
import type { Check, CheckContext, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { isCopyOf, judgeActivationPlot, withThatOf } from '../../kinds/activation-plots.ts';
import type { HistogramPlot } from '../../kinds/histogram-plot.ts';
import { expectedSignals, outerShare, spreadOf } from '../../kinds/histogram-plot.ts';
import { ownMistakes } from '../../kinds/own-mistakes.ts';
import { TRUNCATED_VARIANCE } from '../../numerics/distribution-shape.ts';
import { lawsOf } from '../../numerics/sample-laws.ts';
import type { Problem } from '../../problem.ts';
import { unlessStopped } from '../../stopped.ts';
import { ownConventions, ownInputVariances } from './own-network.ts';
import { normalWeights, uniformWeights } from './q2-key.ts';

export const checks: Check[] = [
  weightsCheck('normal', normalWeights, 'glorotNormal draws N(0, 2 / (in + out))'),
  plotCheck('normal'),
  weightsCheck('uniform', uniformWeights, 'glorotUniform draws from ±√(6 / (in + out)), evenly'),
  plotCheck('uniform'),
];

function weightsCheck<Probe>(law: 'normal' | 'uniform', problem: Problem<Probe>, title: string): Check {
  return {
    id: `q2c.${law}`,
    task: 'Q2c',
    title,
    asks: 'The spread, the shape and the symmetry of 35,200 and of 23,400 weights; a rejection is confirmed on fresh draws.',
    points: 3,
    problems: [problem],
    run: async (context) => judgeLaw(await evaluate(context, problem), law),
  };
}

/** Spread first, then shape, then symmetry: the first one that is wrong is told. */
const judgeLaw = (evaluation: Evaluation, law: 'normal' | 'uniform'): Judgement =>
  firstWrong(evaluation, {
    rms: 'The standard deviation of the weights',
    kurtosis: `The shape of their distribution (kurtosis; ${law === 'normal' ? '3 for normal' : '1.8 for uniform'})`,
    positive: 'The share of positive weights',
    dependence: 'The weights',
  });

function plotCheck(law: 'normal' | 'uniform'): Check {
  const file = `plots/q2c-${law}.json`;
  return {
    id: `q2c.plot-${law}`,
    task: 'Q2c',
    title: `Five normalised histograms of the activations under Glorot ${law} weights`,
    asks: `The data in ${file}: areas, ranges, and the spread of the activations layer by layer.`,
    points: 2,
    run: async (context) => judgePlot(context, file, law),
  };
}

const judgePlot = (context: CheckContext, file: string, law: 'normal' | 'uniform'): Promise<Judgement> =>
  judgeActivationPlot(context, {
    file,
    conventions: async (context) => withThatOf(context, 'plots/q2b.json', await ownConventions(context)),
    async copied(context, sidecar) {
      if (law === 'normal' || (await hasWrongLaw(context))) return undefined;
      if (!(await isCopyOf(context, 'plots/q2c-normal.json', sidecar))) return undefined;
      return {
        says: `${file} holds the very numbers of plots/q2c-normal.json: other weights give other activations.`,
        hint: 'Draw the weights again by the rule of this part, and plot what they give.',
      };
    },
    asAsked: (plot) => [1, TRUNCATED_VARIANCE].some((factor) => shows(plot, signalsOf(plot, factor))),
    asOwn: (context, plot) => showsOwnNetwork(context, plot, law),
    fault: (plot) => ({
      says: plot.layers.some((layer) => outerShare(layer).least > 0.3)
        ? `The activations in ${file} are saturated: under Glorot's rule hardly any lie near −1 and 1.`
        : `The activations in ${file} do not have the spread that Glorot's rule gives.`,
      yours: `standard deviations ${inWords(plot.layers.map((layer) => spreadOf(layer).middle))}`,
      expected: `about ${inWords(signalsOf(plot, 1).map((signal) => signal.activation))}`,
      hint: 'Draw all weight matrices again with the rule of this question, and plot the activations behind tanh.',
    }),
  });

const signalsOf = ({ sizes }: HistogramPlot, factor: number) =>
  expectedSignals(sizes, (fanIn, fanOut) => factor * glorotVariance(fanIn, fanOut));

/** Whether glorotUniform is wrong: weights of the other law may well give its very plot, and have lost their marks. */
const hasWrongLaw = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => judgeLaw(await evaluate(context, uniformWeights), 'uniform').earned < 1, false);

/**
 * Standard deviations of the activations: about .30 .28 .26 .28 .26 (for the library's truncated normal .27 .23 .19 .19 .16).
 * Under Glorot's rule they are spread over several bins, whose middles nearly give that; peaks narrower than a bin lie
 * anywhere in theirs (`binShare` 1). One input and one draw vary by .025 at a sixteenth of the size; He gives .63, LeCun .52 in the first layer.
 */
const shows = ({ layers }: HistogramPlot, signals: readonly LayerSignal[], binShare = 0.5): boolean =>
  signals.every(({ activation }, k) => {
    const { least, middle, most } = spreadOf(layers[k]!);
    const room = Math.max(0.25 * activation, 0.05);
    const [low, high] = [middle + binShare * (least - middle), middle + binShare * (most - middle)];
    return low - room <= activation && activation <= high + room;
  });

/** Whether the plot is what the student's own wrong weights of this law, or their own input, give. */
async function showsOwnNetwork(
  context: CheckContext,
  plot: HistogramPlot,
  law: 'normal' | 'uniform',
): Promise<boolean> {
  const inputs = await ownInputVariances(context);
  const mistakes = await ownMistakes(context, law === 'normal' ? normalWeights : uniformWeights);
  const own = mistakes.map(({ compute }) => (fanIn: number, fanOut: number) => {
    return lawsOf(compute({ fanIn, fanOut, rule: 'glorot', law, seeds: [0, 0] }))[0]!;
  });
  // Weights of one sign push all units the same way: from the third layer on they are saturated.
  const pushed = plot.layers.slice(2).every((layer) => spreadOf(layer).most > 0.85);
  if (pushed && own.some((lawOf) => lawOf(2, 2).positive === 1)) return true;
  if (own.length === 0 && inputs.length === 1) return false;
  const variances = [glorotVariance, ...own.map((lawOf) => (i: number, o: number) => lawOf(i, o).rms ** 2)];
  return variances.some((variance) =>
    inputs.some((input) => shows(plot, expectedSignals(plot.sizes, variance, input), 1)),
  );
}

const inWords = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(', ');
