/** Networks before training, weights normal with variance 1/max(inputs, outputs) and biases 0: their key and their judgements. */
import { oneOverMaxVariance } from '../../reference/oracles/initialisers.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, judgeTensor } from '../evaluate.ts';
import { wrongly } from '../key.ts';
import { oneOverMaxMistakes } from '../mistakes/training/spread-of-weights.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import { fitScale } from '../numerics/scale.ts';
import type { StatisticalTest } from '../numerics/statistics.ts';
import { concluded, twoStage, varianceTest } from '../numerics/statistics.ts';
import { plainNumbers } from '../numerics/tolerance.ts';
import type { Problem } from '../problem.ts';
import type { AskedInitialNet, LayerProbe } from './initial-net-question.ts';
import { drawn, layerQuestion } from './initial-net-question.ts';
import { judgeNormal } from './initial-weights.ts';
import type { Net } from './listed-net.ts';
import { sizesOf } from './listed-net.ts';
import { isHeld } from '../values.ts';

/** The student's function, and what is right for it. */
export interface InitialNet {
  asked: AskedInitialNet;
  /** Layers from draws that the grader knows. */
  problem: Problem<LayerProbe>;
  /** Sizes of the networks whose weights are counted, the sheet's first; not monotone, so that either side of a layer is the larger one. */
  sizes: readonly (readonly number[])[];
}

interface InitialNetTable extends Omit<AskedInitialNet, 'sheet'>, Pick<InitialNet, 'sizes'> {
  layers(random: Random): LayerProbe[];
}

export const initialNet = ({ sizes, layers, ...named }: InitialNetTable): InitialNet => {
  const asked = { ...named, sheet: sizes[0]! };
  return {
    asked,
    sizes,
    problem: {
      ...layerQuestion(asked),
      harmless: { reordered: 'The order in which weights are drawn is free.' },
      band: plainNumbers,
      probes: layers,
      oracle: (probe) => spread((inputs, outputs) => Math.sqrt(oneOverMaxVariance(inputs, outputs)), probe),
      mistakes: oneOverMaxMistakes.map(({ id, title, advice, sd }) =>
        wrongly(id, title, advice, (probe) => spread(sd, probe)),
      ),
    },
  };
};

const spread = (sd: (inputs: number, outputs: number) => number, { sizes, normals }: LayerProbe) => ({
  weights: arrayOf(normals.map((v) => sd(...sizes) * v).sort((a, b) => a - b)),
});

/** Whether weights are inputs × outputs and biases are 0. */
export async function judgeShapes(context: CheckContext, { asked, sizes: checked }: InitialNet): Promise<Judgement> {
  for (const sizes of checked) {
    const net = await drawn(await context.guest(), asked, sizes, 1);
    if ('says' in net) return fail({ asked: `${asked.name}([${sizes.join(', ')}])`, ...net });
    const bias = net.biases.flat().find((value) => value !== 0);
    if (bias !== undefined) return fail({ says: 'The biases should be 0.', yours: String(bias), expected: '0' });
  }
  return pass();
}

/** Exactly where the draws are the grader's; programs that make normal numbers in their own way are judged by statistics. */
export async function judgeSpread(context: CheckContext, initial: InitialNet): Promise<Judgement> {
  const { problem } = initial;
  const judgement = judgeTensor(await evaluate(context, problem), 'weights', 'The spread of the weights');
  if (judgement.earned === 1) return judgement;
  const [probe] = context.probes(problem);
  const answered = await context.ask(problem, probe!);
  const reading = problem.read(answered, probe!);
  if ('answer' in reading) {
    const fit = fitScale(reading.answer['weights']!, problem.oracle(probe!)['weights']!);
    if (fit !== undefined && fit.cosine > 0.999999) return judgement;
  } else {
    // What stands in variables may have sizes of its own, and none of the probe's.
    const own = isHeld(answered.value)
      ? await drawn(await context.guest(), initial.asked, initial.asked.sheet, 1)
      : reading;
    if (!('weights' in own)) return judgement;
  }
  const layers = await twoStage(async (alpha, stage) =>
    worstVariance(context, initial, alpha, stage === 'check' ? 11 : 12),
  );
  const says = `The spread of the weights is wrong: ${layers.tests[0]!.says}.`;
  if (layers.rejected && !('answer' in reading)) return fail({ says });
  return layers.rejected
    ? { ...judgement, finding: { ...judgement.finding!, says } }
    : pass({ notes: ['normal numbers made in another way than with rng.normal; judged by their variances'] });
}

async function worstVariance(
  context: CheckContext,
  { asked, sizes: checked }: InitialNet,
  alpha: number,
  seed: number,
): Promise<StatisticalTest> {
  const tests: StatisticalTest[] = [];
  for (const sizes of checked) {
    const net = await drawn(await context.guest(), asked, sizes, seed);
    if ('says' in net) continue;
    const own = sizesOf(net);
    net.weights.forEach((W, l) =>
      tests.push(varianceTest(W.flat(), oneOverMaxVariance(own[l]!, own[l + 1]!), { alpha })),
    );
  }
  const none = concluded(NaN, NaN, alpha, 'no numbers at any of the sizes');
  return tests.reduce((worst, test) => (test.pValue < worst.pValue ? test : worst), tests[0] ?? none);
}

/** The tails and the kurtosis of a normal law, mean 0, other numbers with another seed and the same with the same. */
export async function judgeLaw(context: CheckContext, { asked, sizes: checked }: InitialNet): Promise<Judgement> {
  const [sizes] = checked;
  const [net, other] = [
    await drawn(await context.guest(), asked, sizes!, 21),
    await drawn(await context.guest(), asked, sizes!, 22),
  ];
  const again = await drawn(await context.guest(), asked, sizes!, 21, 23);
  if ('says' in net || 'says' in other || 'says' in again)
    return fail({ says: 'The weights cannot be read; see the first check.' });
  return judgeNormal({
    flat: net.weights[0]!.flat(),
    ...(net.held === undefined && { other: other.weights[0]!.flat(), again: again.weights[0]!.flat() }),
    standardised: standardised(net),
  });
}

/** The weights of all layers, each divided by its standard deviation, in digits that survive the division. */
const standardised = (net: Net): number[] => {
  const sizes = sizesOf(net);
  return net.weights.flatMap((W, l) =>
    W.flat().map((w) => Math.fround(w / Math.sqrt(oneOverMaxVariance(sizes[l]!, sizes[l + 1]!)))),
  );
};
