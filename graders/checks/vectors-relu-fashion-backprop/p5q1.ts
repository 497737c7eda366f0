/** Problem 5, Question 1: initial weights. 3 marks. */
import { oneOverMaxVariance } from '../../../reference/oracles/initialisers.ts';
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { fitScale } from '../../numerics/scale.ts';
import { twoStage, varianceTest } from '../../numerics/statistics.ts';
import type { StatisticalTest } from '../../numerics/statistics.ts';
import { wrongly } from '../../key.ts';
import { judgeNormal } from '../../kinds/initial-weights.ts';
import { oneOverMaxMistakes } from '../../mistakes/training/spread-of-weights.ts';
import type { Problem } from '../../problem.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { inPlainNumbers } from './plain.ts';
import type { LayerProbe } from './p5q1-question.ts';
import { drawn, layerQuestion, unit } from './p5q1-question.ts';
import { sheetLastLayer } from './p5q1-sheet.ts';
import type { Net } from '../../kinds/listed-net.ts';

const spread = (sd: (inputs: number, outputs: number) => number, { sizes, normals }: LayerProbe) => ({
  weights: arrayOf(normals.map((v) => sd(...sizes) * v).sort((a, b) => a - b)),
});
const layerProblem: Problem<LayerProbe> = {
  ...layerQuestion,
  harmless: { reordered: 'The order in which weights are drawn is free.' },
  band: plainNumbers,
  probes: (random) => [
    { sizes: [5, 40], normals: Array.from({ length: 200 }, () => random.normal()) },
    { sizes: [40, 7], normals: Array.from({ length: 280 }, () => random.normal()) },
    // With the draws of the sheet, its last layer comes out.
    { sizes: [32, 10], normals: sheetLastLayer.map((w) => w * Math.sqrt(32)) },
  ],
  oracle: (probe) => spread((inputs, outputs) => Math.sqrt(oneOverMaxVariance(inputs, outputs)), probe),
  mistakes: oneOverMaxMistakes.map(({ id, title, advice, sd }) =>
    wrongly(id, title, advice, (probe) => spread(sd, probe)),
  ),
};

/** Not monotone, so that the larger side is the inputs here and the outputs there. */
const checked: readonly (readonly number[])[] = [
  [784, 32, 32, 10],
  [5, 40, 7],
];

export const checks: Check[] = [
  {
    id: 'p5q1.shapes',
    task: 'P5.Q1',
    title: 'weights are inputs × outputs, biases are 0',
    asks: 'initNet with [784, 32, 32, 10] and [5, 40, 7].',
    points: 1,
    run: (context) => inPlainNumbers(context, unit, () => judgeShapes(context)),
  },
  {
    id: 'p5q1.spread',
    task: 'P5.Q1',
    title: 'The weights have the variance 1/max(inputs, outputs)',
    asks: 'initNet with draws that the grader knows; else the variances of four layers.',
    points: 1.5,
    problems: [layerProblem],
    run: (context) => inPlainNumbers(context, unit, () => judgeSpread(context)),
  },
  {
    id: 'p5q1.law',
    task: 'P5.Q1',
    title: 'The weights are normally distributed around 0, every one drawn anew',
    asks: 'initNet with [784, 32, 32, 10], two seeds, and one of them again.',
    points: 0.5,
    run: (context) => inPlainNumbers(context, unit, () => judgeLaw(context)),
  },
];

async function judgeShapes(context: CheckContext): Promise<Judgement> {
  for (const sizes of checked) {
    const net = await drawn(await context.guest(), sizes, 1);
    if ('says' in net) return fail({ asked: `initNet([${sizes.join(', ')}])`, ...net });
    const bias = net.biases.flat().find((value) => value !== 0);
    if (bias !== undefined) return fail({ says: 'The biases should be 0.', yours: String(bias), expected: '0' });
  }
  return pass();
}

/** Exactly where the draws are the grader's; programs that make normal numbers in their own way are judged by statistics. */
async function judgeSpread(context: CheckContext): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, layerProblem), 'weights', 'The spread of the weights');
  if (judgement.earned === 1) return judgement;
  const [probe] = context.probes(layerProblem);
  const reading = layerProblem.read(await context.ask(layerProblem, probe!), probe!);
  if (!('answer' in reading)) return judgement;
  const fit = fitScale(reading.answer['weights']!, layerProblem.oracle(probe!)['weights']!);
  if (fit !== undefined && fit.cosine > 0.999999) return judgement;
  const layers = await twoStage(async (alpha, stage) => worstVariance(context, alpha, stage === 'check' ? 11 : 12));
  return layers.rejected
    ? {
        ...judgement,
        finding: { ...judgement.finding!, says: `The spread of the weights is wrong: ${layers.tests[0]!.says}.` },
      }
    : pass({ notes: ['normal numbers made in another way than with rng.normal; judged by their variances'] });
}

async function worstVariance(context: CheckContext, alpha: number, seed: number): Promise<StatisticalTest> {
  const tests: StatisticalTest[] = [];
  for (const sizes of checked) {
    const net = await drawn(await context.guest(), sizes, seed);
    if ('says' in net) continue;
    net.weights.forEach((W, l) =>
      tests.push(varianceTest(W.flat(), oneOverMaxVariance(sizes[l]!, sizes[l + 1]!), { alpha })),
    );
  }
  return tests.reduce((worst, test) => (test.pValue < worst.pValue ? test : worst));
}

/** The tails and the kurtosis of a normal law, mean 0, other numbers with another seed and the same with the same. */
async function judgeLaw(context: CheckContext): Promise<Judgement> {
  const [sizes] = checked;
  const [net, other] = [await drawn(await context.guest(), sizes!, 21), await drawn(await context.guest(), sizes!, 22)];
  const again = await drawn(await context.guest(), sizes!, 21, 23);
  if ('says' in net || 'says' in other || 'says' in again)
    return fail({ says: 'The weights cannot be read; see the first check.' });
  return judgeNormal({
    flat: net.weights[0]!.flat(),
    other: other.weights[0]!.flat(),
    again: again.weights[0]!.flat(),
    standardised: standardised(net, sizes!),
  });
}

/** The weights of all layers, each divided by its standard deviation, in digits that survive the division. */
const standardised = (net: Net, sizes: readonly number[]): number[] =>
  net.weights.flatMap((W, l) =>
    W.flat().map((w) => Math.fround(w / Math.sqrt(oneOverMaxVariance(sizes[l]!, sizes[l + 1]!)))),
  );
