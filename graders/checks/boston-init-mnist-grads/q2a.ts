/** Question 2a: activations of a deep tanh network with N(0, 1) weights. 10 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { firstWrong, isAttempt, evaluate } from '../../evaluate.ts';
import { fieldOf, inWords, isArray, itemsOf } from '../../values.ts';
import { binomialTest, twoStage } from '../../numerics/statistics.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { saturatedShare } from '../../../reference/oracles/signal-propagation.ts';
import { forwardProblem } from './q2a-forward.ts';
import { inputProblem, weightsProblem } from './q2a-draws.ts';
import { module, runNetwork } from './q2a-network.ts';
import { ProgramStopped } from '../../stopped.ts';

const sheetSizes = [1024, 8192, 8192, 8192, 4096, 4096];
/** 753,664 weights instead of the sheet's 192,937,984, unless the full size is asked for. */
const sizesFor = ({ full }: CheckContext) => sheetSizes.map((n) => n / (full ? 1 : 16));

export const checks: Check[] = [
  {
    id: 'q2a.forward',
    task: 'Q2a',
    title: 'layerActivations returns tanh(W h + b) of every layer',
    asks: 'Three small networks with known weights and biases that are not zero.',
    points: 3,
    problems: [forwardProblem],
    run: async (context) =>
      firstWrong(await evaluate(context, forwardProblem), {
        h1: 'Layer 1',
        h2: 'Layer 2',
        h3: 'Layer 3',
        h4: 'Layer 4',
        h5: 'Layer 5',
      }),
  },
  {
    id: 'q2a.input',
    task: 'Q2a',
    title: 'sampleInput draws independent numbers with mean 0 and variance ½',
    asks: 'Mean, spread and independence of 30,000 numbers, whatever their law; a rejection is confirmed on fresh draws.',
    points: 1.5,
    problems: [inputProblem],
    run: async (context) =>
      firstWrong(await evaluate(context, inputProblem), {
        dependence: 'The input',
        rms: 'The standard deviation of the input',
        mean: 'The mean of the input',
      }),
  },
  {
    id: 'q2a.weights',
    task: 'Q2a',
    title: 'initStandardNormal draws N(0, 1) weights, every layer its own, and sets the biases to zero',
    asks: '177,500 weights in four layers, two of them of the same shape; a rejection is confirmed on fresh draws.',
    points: 2.5,
    problems: [weightsProblem],
    run: async (context) =>
      firstWrong(await evaluate(context, weightsProblem), {
        ...lawWords('the weights'),
        shared: 'The correlation of two layers (0 for draws of their own, 1 for the same draws)',
        dependence: 'The weights',
        bias: 'The bias at the start',
      }),
  },
  {
    id: 'q2a.variables',
    task: 'Q2a',
    title: 'Weights and biases are tf.Variables, inputs and activations are tensors',
    asks: 'What initStandardNormal, sampleInput and layerActivations return, for a network of five layers.',
    points: 1,
    run: judgeTypes,
  },
  {
    id: 'q2a.signal',
    task: 'Q2a',
    title: 'Put together, five layers of the asked proportions are saturated as theory says',
    asks: 'sampleInput, initStandardNormal and layerActivations with all sizes divided by 16.',
    points: 2,
    needs: ['q2a.variables'],
    run: judgeSignal,
  },
];

const lawWords = (of: string) => ({
  rms: `The standard deviation of ${of}`,
  kurtosis: `The shape of the distribution of ${of} (kurtosis; 3 for normal, 1.8 for uniform)`,
  positive: `The share of positive numbers in ${of}`,
});

async function judgeTypes(context: CheckContext): Promise<Judgement> {
  const attempted =
    (await isAttempt(() => evaluate(context, forwardProblem))) ||
    (await isAttempt(() => evaluate(context, weightsProblem)));
  if (!attempted) return { earned: 0, skipped: 'Not judged: neither the weights nor the activations are there yet.' };
  const guest = await context.guest();
  const sizes = [6, 9, 8, 7, 5, 4];
  const { value: made } = await guest.call({ module, name: 'initStandardNormal' }, [makeArray([6], sizes), 3]);
  for (const field of ['weights', 'biases']) {
    const items = itemsOf(fieldOf(made, field)) ?? [];
    const stranger = items.find((item) => !isArray(item) || item.container !== 'variable');
    if (items.length === 0 || stranger !== undefined) {
      return fail({
        says: `The ${field} should be tf.Variables, in a list.`,
        yours: items.length === 0 ? inWords(fieldOf(made, field)) : inWords(stranger),
        hint: 'tf.variable(tensor) makes a variable of a tensor.',
      });
    }
  }
  const run = await runNetwork(guest, sizes, 3);
  if ('says' in run) return fail(run);
  const plain = [run.x, ...run.activations].find(({ container }) => container !== 'tensor' && container !== 'variable');
  return plain === undefined
    ? pass()
    : fail({ says: 'Inputs and activations should be tensors.', yours: inWords(plain) });
}

/**
 * Given the layer before, pre-activations are N(0, ‖h‖²): the number of |h| > 0.99 is binomial with the share
 * P(|Z| > artanh(0.99) / ‖h‖). Judged for each of the five layers at α/5, confirmed on fresh draws.
 */
async function judgeSignal(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  let worst = '';
  let undefinedIn: number | undefined;
  let silent = true;
  const { rejected } = await twoStage(async (alpha, stage) => {
    const run = await runNetwork(guest, sizesFor(context), stage === 'check' ? 11 : 7011);
    if ('says' in run) throw new ProgramStopped('crash', run.says);
    const broken = run.activations.findIndex(({ data }) => !data.every(Number.isFinite));
    if (broken >= 0) undefinedIn ??= broken + 1;
    silent &&= run.activations.every(({ data }) => data.every((h) => h === 0));
    const tests = run.activations.map(({ data }, k) => {
      const before = k === 0 ? run.x.data : run.activations[k - 1]!.data;
      const share = saturatedShare(Math.hypot(...before));
      const saturated = data.filter((h) => Math.abs(h) > 0.99).length;
      return { k, test: binomialTest(saturated, data.length, share, { alpha: alpha / 5 }) };
    });
    const bad = tests.find(({ test }) => test.rejected) ?? tests[0]!;
    if (bad.test.rejected) worst = `layer ${bad.k + 1}: ${bad.test.says}`;
    return bad.test;
  });
  if (!rejected && !silent && undefinedIn === undefined) return pass();
  // What is not finite, or only zeros, follows from anything.
  if (undefinedIn === undefined && !silent && !(await partsAreRight(context))) {
    return pass({
      followThrough:
        'The share of saturated activations follows from your own weights and layers, which already lost their marks.',
    });
  }
  if (undefinedIn !== undefined) {
    return fail({
      says: `With your own weights and input, layer ${undefinedIn} holds activations that are not finite.`,
      hint: 'Pre-activations reach ±100 and more here, where e^z overflows: tf.tanh does not.',
    });
  }
  if (silent) return fail({ says: 'With your own weights and input, all activations of all layers are zero.' });
  return fail({
    says: 'With your own weights and input, another share of the activations is saturated than theory says.',
    yours: worst,
    hint: 'Weights of variance 1 and zero biases make pre-activations with the standard deviation ‖h‖ of the layer before.',
  });
}

async function partsAreRight(context: CheckContext): Promise<boolean> {
  const evaluations = [await evaluate(context, forwardProblem), await evaluate(context, weightsProblem)];
  return evaluations.every(({ tensors }) => Object.values(tensors).every(({ accepted }) => accepted));
}
