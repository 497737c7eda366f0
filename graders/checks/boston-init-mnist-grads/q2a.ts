/**
 * Question 2a: a deep tanh network whose weights are drawn from N(0, 1), from an input of variance ½. 10 marks.
 *
 *   asked   `layerActivations` on three small networks with weights of the grader's; what `sampleInput` and
 *           `initStandardNormal` draw, by its statistics; all three together at a sixteenth of the size
 *   right   h = tanh(W h + b) layer by layer, stored as the student likes; independent draws of the asked law; tf.Variables for
 *           parameters and tensors for the rest; as many saturated activations as their pre-activations say
 *   costs   3, 1.5, 2.5, 1 and 2 in the order of the checks; saturation that follows from own weights or layers is not charged twice
 */
import type { Check, CheckContext } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { judgeContainers } from '../../kinds/own-layers.ts';
import { judgeSaturation } from '../../kinds/saturation.ts';
import { forwardProblem, inputProblem, weightsProblem } from './q2-key.ts';
import { functions } from './q2-question.ts';

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
    asks: '191,900 weights in five layers, two of them of the same shape; a rejection is confirmed on fresh draws.',
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
    run: (context) => judgeContainers(context, functions, [forwardProblem, weightsProblem]),
  },
  {
    id: 'q2a.signal',
    task: 'Q2a',
    title: 'Put together, five layers of the asked proportions are saturated as theory says',
    asks: 'sampleInput, initStandardNormal and layerActivations with all sizes divided by 16.',
    points: 2,
    needs: ['q2a.variables'],
    run: (context) =>
      judgeSaturation(context, { functions, sizes: sizesFor(context), parts: [forwardProblem, weightsProblem] }),
  },
];

const lawWords = (of: string) => ({
  rms: `The standard deviation of ${of}`,
  kurtosis: `The shape of the distribution of ${of} (kurtosis; 3 for normal, 1.8 for uniform)`,
  positive: `The share of positive numbers in ${of}`,
});
