/** Questions 2.5 and 3.5: the whole network, forwards (7 marks), and a step with its gradient tape and update (10 marks). */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { randomRows } from '../../kinds/drawn-rows.ts';
import { forwardNames, make } from '../../kinds/layer-objects.ts';
import { wrongParts } from '../../kinds/own-parts.ts';
import { layoutOf } from '../../kinds/stored-layer.ts';
import { callAny } from '../../kinds/student-objects.ts';
import type { TapedNet } from '../../kinds/taped-net.ts';
import { judgeNetForward } from '../../kinds/taped-net.ts';
import { judgeGradients } from '../../kinds/taped-net-gradients.ts';
import { allGradientsKey, drawNet, predictionKey, stepKey } from '../../kinds/taped-net-key.ts';
import { judgeLoss } from '../../kinds/taped-net-loss.ts';
import { netForwardQuestion, netGradientQuestion, netUpdateQuestion } from '../../kinds/taped-net-question.ts';
import { judgeTape } from '../../kinds/taped-net-tape.ts';
import { judgeUpdate } from '../../kinds/taped-net-update.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { Arg } from '../../model/guest.ts';
import { arrayOf, rowsOf } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { loss } from './cce.ts';
import { layers } from './layer.ts';
import { softmaxCall } from './softmax.ts';

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
  {
    id: '2.5.layers',
    task: '2.5',
    title: 'layers holds one layer for each step from size to size',
    asks: 'Networks with one to four layers: how many there are, and their shapes.',
    points: 2,
    run: judgeLayers,
  },
  {
    id: '2.5.rows',
    task: '2.5',
    title: 'A new network turns 64 inputs into ten probabilities for each example',
    asks: 'A new network [64, 32, 10] with random inputs.',
    points: 1,
    run: judgeRows,
  },
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

/** A third of the marks where only those of the last layers are right. */
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
  {
    id: '3.5.update',
    task: '3.5',
    title: 'Every weight and every bias moves by −lr · gradient',
    asks: 'Weights and biases before and after one call of backward.',
    points: 3,
    problems: [update],
    run: (context) => judgeUpdate(context, network),
  },
  {
    id: '3.5.tape',
    task: '3.5',
    title: 'backward returns the tape: one entry for each layer with activations and gradients',
    asks: 'The tape of a network with three layers.',
    points: 1,
    run: (context) => judgeTape(context, network),
  },
  {
    id: '3.5.loss',
    task: '3.5',
    title: 'backward returns the loss before the update, and small steps lower it',
    asks: 'Eight small steps on one mini-batch; the first loss is computed again.',
    points: 1,
    run: (context) => judgeLoss(context, network),
  },
];

async function judgeLayers(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  for (const sizes of [
    [6, 4],
    [64, 32, 10],
    [9, 7, 5, 3],
    [8, 11, 6, 4, 5],
  ]) {
    const mlp = await make(guest, 'MLP', [arrayOf(sizes), { kind: 'rng', seed: 4 }]);
    const asked = `new MLP([${sizes.join(', ')}], rng)`;
    const count = await guest.get(mlp.id, 'layers.length');
    if (count !== sizes.length - 1) {
      return fail({
        says: 'The network does not have one layer for each step from size to size.',
        asked,
        yours: typeof count === 'number' ? `${count} layers` : `layers.length is ${inWords(count)}`,
        expected: `${sizes.length - 1}`,
        hint: 'The first size is the number of inputs: it has no layer of its own.',
      });
    }
    for (let l = 0; l + 1 < sizes.length; l++) {
      await layoutOf(guest, mlp.id, `layers.${l}.`, { inputs: sizes[l]!, units: sizes[l + 1]! });
    }
  }
  return pass();
}

async function judgeRows(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const mlp = await make(guest, 'MLP', [arrayOf([64, 32, 10]), { kind: 'rng', seed: 5 }]);
  const x: Arg = arrayOf(randomRows(context.random('2.5.rows'), 6, 64));
  const p = arrayFrom(await callAny(guest, mlp, forwardNames, [x]));
  if (p?.shape.join() !== '6,10') {
    return fail({
      says: 'Six examples should give six rows of ten numbers.',
      yours: p === undefined ? 'no array of numbers' : inWords(p),
    });
  }
  const bad = rowsOf(p).find(
    (row) => row.some((v) => !(v >= 0 && v <= 1)) || !(Math.abs(row.reduce((sum, v) => sum + v, 0) - 1) < 1e-4),
  );
  if (bad === undefined) return pass();
  const culprits = await wrongParts(context, [{ task: '2.3', problem: softmaxCall }]);
  if (culprits.length > 0)
    return pass({
      followThrough: 'The rows are no distributions because of your Softmax, which lost its marks in 2.3.',
    });
  return fail({
    says: 'A row of predictions is not a distribution over the ten classes.',
    yours: `the sum of a row is ${Number(bad.reduce((sum, v) => sum + v, 0).toPrecision(6))}`,
    expected: 'numbers from 0 to 1 with the sum 1',
    hint: 'The last layer has a Softmax.',
  });
}
