/** Questions 2.5 and 3.5: the predictions of a network (4 marks), and a step with its gradient tape and update (10 marks). */
import type { Check } from '../../check.ts';
import type { TapedNet } from '../../kinds/taped-net.ts';
import { judgeNetForward } from '../../kinds/taped-net.ts';
import { judgeGradients } from '../../kinds/taped-net-gradients.ts';
import { allGradientsKey, drawNet, predictionKey, stepKey } from '../../kinds/taped-net-key.ts';
import { judgeLoss } from '../../kinds/taped-net-loss.ts';
import { netForwardQuestion, netGradientQuestion, netUpdateQuestion } from '../../kinds/taped-net-question.ts';
import { judgeTape } from '../../kinds/taped-net-tape.ts';
import { judgeUpdate } from '../../kinds/taped-net-update.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Problem } from '../../problem.ts';
import { loss } from './cce.ts';
import { layers } from './layer.ts';

/** The predictions of networks with one to four layers; all sizes differ, so that every mistake has its own numbers. */
const forward: Problem<MlpCase> = {
  ...netForwardQuestion({ id: '2.5.forward', title: 'The predictions of the network' }),
  ...predictionKey,
  probes: (random) => [
    drawNet(random.fork('0'), [6, 4], 4),
    drawNet(random.fork('1'), [7, 5, 3], 5),
    drawNet(random.fork('2'), [13, 7, 5, 3], 6),
    drawNet(random.fork('3'), [9, 8, 6, 3, 5], 7),
  ],
};

/** No simple fractions, so that they cannot be taken for one over a batch size; two, so that a rate of one's own shows. */
const learningRates = [0.237, 0.413] as const;

type Design = readonly [sizes: readonly number[], examples: number];

/** The gradients of two networks of one depth, by which the step of `backward` goes: (old − new) / learning rate. */
function gradientsOf(id: string, title: string, designs: readonly [Design, Design]): Problem<MlpCase> {
  const [[sizes]] = designs;
  return {
    ...netGradientQuestion({ id, title }),
    ...allGradientsKey(sizes.length - 1, learningRates[0]),
    probes: (random) =>
      designs.map(([units, examples], i) => ({
        ...drawNet(random.fork(`${i}`), units, examples),
        learningRate: learningRates[i]!,
      })),
  };
}

// Sizes and numbers of examples are all different, and no layer has one unit more than inputs: with the bias among its
// weights, either orientation would fit.
const gradients = [
  gradientsOf('3.5.gradients3', 'The gradients of 3 layers', [
    [[13, 7, 5, 3], 8],
    [[11, 6, 3, 5], 17],
  ]),
  gradientsOf('3.5.gradients2', 'The gradients of 2 layers', [
    [[6, 5, 4], 9],
    [[8, 7, 3], 11],
  ]),
  gradientsOf('3.5.gradients1', 'The gradients of one layer', [
    [[5, 4], 7],
    [[8, 3], 11],
  ]),
] as const;
const [, ofTwo] = gradients;

/** The step of the networks with two layers: −learning rate · gradient, as a mean over the mini-batch or as a sum. */
const update: Problem<MlpCase> = {
  ...netUpdateQuestion({ id: '3.5.update', title: 'The step that backward takes, divided by the learning rate' }),
  ...stepKey((net) => ofTwo.oracle(net)),
  probes: (random) => ofTwo.probes(random),
  accepts: ofTwo.accepts ?? [],
};

/** The network and what it builds on: layers (2.2 to 2.4, 3.2 to 3.4) and the loss (2.6, 3.1). Their mistakes are paid there. */
export const network: TapedNet = {
  forward,
  gradients,
  update,
  alongStep: ofTwo,
  layers,
  loss,
  tasks: { forward: '2.5', backward: '3.5' },
};

export const forwardChecks: Check[] = [
  // Right are the predictions, or those that the student's own layers make where each has the activation of its place.
  {
    id: '2.5.forward',
    task: '2.5',
    title: 'forward hands every result to the next layer: Sigmoid everywhere, Softmax at the end',
    asks: 'Networks with one to four layers, weights and biases set by the grader.',
    points: 4,
    problems: [forward],
    run: (context) => judgeNetForward(context, network),
  },
];

/**
 * Right are the gradients of the mean cross-entropy over the mini-batch, or of its sum, on the tape or, without one, in the
 * step that is taken; and those that the student's own layers and loss lead to, whose mistakes are paid elsewhere. A third of
 * the marks where only those of the last layers are right.
 */
const gradientCheck = (id: string, part: 'W' | 'b', title: string, points: number): Check => ({
  id,
  task: '3.5',
  title,
  asks: 'Networks with one, two and three layers, of two sizes each; weights and biases set by the grader.',
  points,
  problems: gradients,
  run: (context) => judgeGradients(context, network, part),
});

export const backwardChecks: Check[] = [
  gradientCheck('3.5.dW', 'W', 'The gradients of all weights are right', 3),
  gradientCheck('3.5.dB', 'b', 'The gradients of all biases are right', 2),
  // Right is (old − new) / lr = the gradient, be it a mean or a sum; or the gradient that the tape shows, if that is wrong.
  {
    id: '3.5.update',
    task: '3.5',
    title: 'Every weight and every bias moves by −lr · gradient',
    asks: 'Weights and biases before and after one call of backward.',
    points: 3,
    problems: [update],
    run: (context) => judgeUpdate(context, network),
  },
  // Right are entries from the first layer to the last, with what this step computed on its way forwards, before any weight
  // moved; and as many in a second call.
  {
    id: '3.5.tape',
    task: '3.5',
    title: 'backward returns the tape: one entry for each layer with activations and gradients',
    asks: 'The tape of a network with three layers.',
    points: 1,
    run: (context) => judgeTape(context, network),
  },
  // Right is the cross-entropy of the predictions with which the step begins, as mean or sum, if every step lowers it. Where
  // parts before it are wrong it is enough that the loss is finite, not 0 and not the same for all networks.
  {
    id: '3.5.loss',
    task: '3.5',
    title: 'backward returns the loss before the update, and small steps lower it',
    asks: 'Eight small steps on one mini-batch; the first loss is computed again.',
    points: 1,
    run: (context) => judgeLoss(context, network),
  },
];
