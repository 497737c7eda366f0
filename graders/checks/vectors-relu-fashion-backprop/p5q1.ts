/** Problem 5, Question 1: initial weights. 3 marks. */
import { oneOverMaxVariance } from '../../../reference/oracles/initialisers.ts';
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { kurtosisTest, missingTailTest } from '../../numerics/distribution-shape.ts';
import { independenceFault } from '../../numerics/independence.ts';
import { fitScale } from '../../numerics/scale.ts';
import { meanTest, twoStage, varianceTest } from '../../numerics/statistics.ts';
import type { StatisticalTest } from '../../numerics/statistics.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { inWords } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { inPlainNumbers, mistake } from './plain.ts';
import { sheetLastLayer } from './p5q1-sheet.ts';
import { readNet } from '../../kinds/listed-net.ts';
import type { Net } from '../../kinds/listed-net.ts';

const target = { module: 'p5q1.ts', name: 'initNet' };

/** A network of one layer, whose weights come from exactly these standard normal draws, in whatever order. */
interface LayerProbe {
  sizes: readonly [number, number];
  normals: readonly number[];
}

const spread = (sd: (inputs: number, outputs: number) => number, { sizes, normals }: LayerProbe) => ({
  weights: arrayOf(normals.map((v) => sd(...sizes) * v).sort((a, b) => a - b)),
});
const wrong = (
  id: string,
  title: string,
  advice: string,
  sd: (inputs: number, outputs: number) => number,
): Variant<LayerProbe> => mistake(id, title, advice, (probe) => spread(sd, probe));

export const layerProblem: Problem<LayerProbe> = {
  id: 'P5.Q1.layer',
  title: 'Spread of the initial weights',
  precision: 'double',
  band: plainNumbers,
  probes: (random) => [
    { sizes: [5, 40], normals: Array.from({ length: 200 }, () => random.normal()) },
    { sizes: [40, 7], normals: Array.from({ length: 280 }, () => random.normal()) },
    // With the draws of the sheet, its last layer comes out.
    { sizes: [32, 10], normals: sheetLastLayer.map((w) => w * Math.sqrt(32)) },
  ],
  describe: ({ sizes }) => `initNet([${sizes.join(', ')}]) with draws that the grader knows`,
  async ask(guest, { sizes, normals }) {
    const rng = { kind: 'rng', seed: 1, normals } as const;
    return { value: (await guest.call(target, [arrayOf([...sizes]), rng])).value };
  },
  read({ value }, { sizes }) {
    const net = readNet(value, sizes);
    if ('says' in net) return { misread: { yours: inWords(value), ...net } };
    return { answer: { weights: arrayOf(net.weights[0]!.flat().sort((a, b) => a - b)) }, notes: [] };
  },
  write: (answer, { sizes: [inputs, outputs] }) => ({
    kind: 'record',
    entries: {
      weights: { kind: 'list', items: [makeArray([inputs, outputs], answer['weights']!.data)] },
      biases: { kind: 'list', items: [makeArray([outputs], new Float64Array(outputs))] },
    },
  }),
  oracle: (probe) => spread((inputs, outputs) => Math.sqrt(oneOverMaxVariance(inputs, outputs)), probe),
  mistakes: [
    wrong(
      'variance-as-sd',
      'the variance used as standard deviation',
      'normal(mean, sd) takes the standard deviation: the square root of 1/max.',
      (inputs, outputs) => 1 / Math.max(inputs, outputs),
    ),
    wrong(
      'inputs-only',
      'variance 1/inputs',
      'Take the larger of inputs and outputs.',
      (inputs) => 1 / Math.sqrt(inputs),
    ),
    wrong(
      'outputs-only',
      'variance 1/outputs',
      'Take the larger of inputs and outputs.',
      (_, outputs) => 1 / Math.sqrt(outputs),
    ),
    wrong('smaller', 'variance 1/min', 'Take the larger of inputs and outputs, not the smaller.', (inputs, outputs) =>
      Math.sqrt(1 / Math.min(inputs, outputs)),
    ),
    wrong(
      'glorot',
      'the variance of Glorot and Bengio',
      'The sheet asks for 1/max(inputs, outputs).',
      (inputs, outputs) => Math.sqrt(2 / (inputs + outputs)),
    ),
    wrong('he', 'the variance of He', 'The sheet asks for 1/max(inputs, outputs).', (inputs) => Math.sqrt(2 / inputs)),
    wrong('standard', 'variance 1', 'Divide the variance by max(inputs, outputs).', () => 1),
    wrong('root-inverted', 'multiplied by √max', 'Larger layers need smaller weights: divide.', (inputs, outputs) =>
      Math.sqrt(Math.max(inputs, outputs)),
    ),
  ],
  twins: [],
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
    run: (desk) => inPlainNumbers(desk, target.module, () => judgeShapes(desk)),
  },
  {
    id: 'p5q1.spread',
    task: 'P5.Q1',
    title: 'The weights have the variance 1/max(inputs, outputs)',
    asks: 'initNet with draws that the grader knows; else the variances of four layers.',
    points: 1.5,
    problems: [layerProblem],
    run: (desk) => inPlainNumbers(desk, target.module, () => judgeSpread(desk)),
  },
  {
    id: 'p5q1.law',
    task: 'P5.Q1',
    title: 'The weights are normally distributed around 0, every one drawn anew',
    asks: 'initNet with [784, 32, 32, 10], two seeds, and one of them again.',
    points: 0.5,
    run: (desk) => inPlainNumbers(desk, target.module, () => judgeLaw(desk)),
  },
];

/** A network from an rng with this seed; `elsewhere` seeds whatever else gives random numbers. */
async function drawn(
  desk: Desk,
  sizes: readonly number[],
  seed: number,
  elsewhere = seed,
): Promise<Net | { says: string }> {
  const guest = await desk.guest();
  await guest.seed(elsewhere);
  return readNet((await guest.call(target, [arrayOf([...sizes]), { kind: 'rng', seed }])).value, sizes);
}

async function judgeShapes(desk: Desk): Promise<Judgement> {
  for (const sizes of checked) {
    const net = await drawn(desk, sizes, 1);
    if ('says' in net) return fail({ asked: `initNet([${sizes.join(', ')}])`, ...net });
    const bias = net.biases.flat().find((value) => value !== 0);
    if (bias !== undefined) return fail({ says: 'The biases should be 0.', yours: String(bias), expected: '0' });
  }
  return pass();
}

/** Exactly where the draws are the grader's; programs that make normal numbers in their own way are judged by statistics. */
async function judgeSpread(desk: Desk): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, layerProblem), 'weights', 'The spread of the weights');
  if (judgement.earned === 1) return judgement;
  const [probe] = desk.probes(layerProblem);
  const reading = layerProblem.read(await desk.ask(layerProblem, probe!), probe!);
  if (!('answer' in reading)) return judgement;
  const fit = fitScale(reading.answer['weights']!, layerProblem.oracle(probe!)['weights']!);
  if (fit !== undefined && fit.cosine > 0.999999) return judgement;
  const layers = await twoStage(async (alpha, stage) => worstVariance(desk, alpha, stage === 'check' ? 11 : 12));
  return layers.rejected
    ? {
        ...judgement,
        finding: { ...judgement.finding!, says: `The spread of the weights is wrong: ${layers.tests[0]!.says}.` },
      }
    : pass({ notes: ['normal numbers made in another way than with rng.normal; judged by their variances'] });
}

async function worstVariance(desk: Desk, alpha: number, seed: number): Promise<StatisticalTest> {
  const tests: StatisticalTest[] = [];
  for (const sizes of checked) {
    const net = await drawn(desk, sizes, seed);
    if ('says' in net) continue;
    net.weights.forEach((W, l) =>
      tests.push(varianceTest(W.flat(), oneOverMaxVariance(sizes[l]!, sizes[l + 1]!), { alpha })),
    );
  }
  return tests.reduce((worst, test) => (test.pValue < worst.pValue ? test : worst));
}

/** The tails and the kurtosis of a normal law, mean 0, other numbers with another seed and the same with the same. */
async function judgeLaw(desk: Desk): Promise<Judgement> {
  const [sizes] = checked;
  const [net, other] = [await drawn(desk, sizes!, 21), await drawn(desk, sizes!, 22)];
  const again = await drawn(desk, sizes!, 21, 23);
  if ('says' in net || 'says' in other || 'says' in again)
    return fail({ says: 'The weights cannot be read; see the first check.' });
  const flat = net.weights[0]!.flat();
  if (new Set(flat).size < flat.length / 2) return fail({ says: 'Many weights are equal: draw every one anew.' });
  if (flat.every((value, i) => value === other.weights[0]!.flat()[i])) {
    return fail({ says: 'Another rng gives the same weights: draw them from the rng that is passed in.' });
  }
  const repeated = again.weights[0]!.flat();
  if (flat.filter((value, i) => value === repeated[i]).length < flat.length / 2) {
    return fail({ says: 'An equal rng gives other weights: draw them from the rng that is passed in.' });
  }
  const sd = Math.sqrt(flat.reduce((sum, v) => sum + v * v, 0) / flat.length);
  for (const test of [meanTest(flat, 0, sd), missingTailTest(flat, sd, Math.sqrt(3)), kurtosisTest(flat, 'normal')]) {
    if (test.rejected) return fail({ says: `The weights are not normally distributed around 0: ${test.says}.` });
  }
  const fault = independenceFault(standardised(net, sizes!));
  if (fault !== undefined) {
    return fail({
      says: `The weights are not drawn independently of each other: ${fault}.`,
      hint: 'Draw every one anew.',
    });
  }
  return pass();
}

/** The weights of all layers, each divided by its standard deviation, in digits that survive the division. */
const standardised = (net: Net, sizes: readonly number[]): number[] =>
  net.weights.flatMap((W, l) =>
    W.flat().map((w) => Math.fround(w / Math.sqrt(oneOverMaxVariance(sizes[l]!, sizes[l + 1]!)))),
  );
