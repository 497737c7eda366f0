/** Question 2c: Glorot normal and Glorot uniform weights, and the activations that they give. 10 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Problem } from '../../problem.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { Evaluation } from '../../evaluate.ts';
import { glorotVariance, TRUNCATED_VARIANCE } from '../../../reference/oracles/initialisers.ts';
import { expectedSignals, outerShare, plotShape, readHistogramPlot, spreadOf } from './histogram-plot.ts';
import { normalWeights, uniformWeights } from './q2c-weights.ts';

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
    run: async (desk) => judgeLaw(await evaluate(desk, problem), law),
  };
}

/** Spread first, then shape, then symmetry: the first one that is wrong is told. */
function judgeLaw(evaluation: Evaluation, law: 'normal' | 'uniform'): Judgement {
  const judgements = [
    judgeTensor(evaluation, 'rms', 'The standard deviation of the weights'),
    judgeTensor(
      evaluation,
      'kurtosis',
      `The shape of their distribution (kurtosis; ${law === 'normal' ? '3 for normal' : '1.8 for uniform'})`,
    ),
    judgeTensor(evaluation, 'positive', 'The share of positive weights'),
  ];
  return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
}

function plotCheck(law: 'normal' | 'uniform'): Check {
  const file = `plots/q2c-${law}.json`;
  return {
    id: `q2c.plot-${law}`,
    task: 'Q2c',
    title: `Five normalised histograms of the activations under Glorot ${law} weights`,
    asks: `The data in ${file}: areas, ranges, and the spread of the activations layer by layer.`,
    points: 2,
    run: async (desk) => judgePlot(desk, file),
  };
}

/**
 * Standard deviations of the activations: about .30 .28 .26 .28 .26 (for the library's truncated normal .27 .23 .19 .19 .16).
 * One input and one draw vary by .025 at a sixteenth of the size; He gives .63, LeCun .52 in the first layer.
 */
function judgePlot(desk: Desk, file: string): Judgement {
  const plot = readHistogramPlot(file, desk.sidecar(file));
  if (typeof plot === 'string') return fail({ says: plot, hint: plotShape });
  const rules = [1, TRUNCATED_VARIANCE].map((factor) =>
    expectedSignals(plot.sizes, (fanIn, fanOut) => factor * glorotVariance(fanIn, fanOut)),
  );
  const spreads = plot.layers.map(spreadOf);
  const near = (expected: number, spread: number) => Math.abs(spread - expected) <= Math.max(0.25 * expected, 0.05);
  if (rules.some((signals) => signals.every(({ activation }, k) => near(activation, spreads[k]!)))) return pass();
  const saturated = plot.layers.some((layer) => outerShare(layer) > 0.3);
  return fail({
    says: saturated
      ? `The activations in ${file} are saturated: under Glorot's rule hardly any lie near −1 and 1.`
      : `The activations in ${file} do not have the spread that Glorot's rule gives.`,
    yours: `standard deviations ${inWords(spreads)}`,
    expected: `about ${inWords(rules[0]!.map((signal) => signal.activation))}`,
    hint: 'Draw all weight matrices again with the rule of this question, and plot the activations behind tanh.',
  });
}

const inWords = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(', ');
