/** What one epoch of training, sample after sample, has to do. */
import { backward } from '../../../reference/oracles/mlp.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { mistake, variantsOf } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { inWords } from '../../values.ts';
import {
  drawNet,
  drawSamples,
  netArg,
  readNet,
  layerNames,
  readStep,
  sentAfter,
  sizesOf,
  stepBand,
  stepRounding,
} from '../../kinds/listed-net.ts';
import { mlpOf, targetsOf } from './p5-net.ts';
import type { Net } from '../../kinds/listed-net.ts';

export interface EpochProbe {
  net: Net;
  X: Mat;
  Y: number[];
  lr: number;
}

interface EpochRules {
  /** The samples in their order, in groups that share one step. */
  groups(count: number): number[][];
  stepSize(lr: number, epoch: number): number;
  reduction: 'sum' | 'mean';
}

/** Samples of a probe. */
const samples = 9;
const everyOne = (count: number) => Array.from({ length: count }, (_, i) => [i]);

export const epochProgram: Program<EpochProbe, EpochRules> = {
  right: { groups: everyOne, stepSize: (lr) => lr, reduction: 'sum' },
  run: (probe, rules) => readStep(probe.net, afterEpoch(probe, rules), probe.lr),
};

/** The network as an epoch with these rules leaves it. */
export function afterEpoch({ net, X, Y, lr }: EpochProbe, rules: EpochRules = epochProgram.right): Net {
  const targets = targetsOf(net, Y);
  return rules.groups(Y.length).reduce((at, group, i) => {
    const rows = (all: Mat) => group.map((sample) => all[sample]!);
    const { dW, db } = backward(mlpOf(at), rows(X), rows(targets), rules.reduction);
    const size = rules.stepSize(lr, i);
    return {
      weights: at.weights.map((W, l) => zipMat(W, dW[l]!, (w, g) => w - size * g)),
      biases: at.biases.map((b, l) => b.map((v, j) => v - size * db[l]![j]!)),
    };
  }, net);
}

const m = mistake<EpochRules>;

const all = (count: number) => [everyOne(count).flat()];

const mistakes: readonly Mistake<EpochRules>[] = [
  m('whole-batch', 'one step with the gradients of all samples added', 'Take a step after every sample.', {
    groups: all,
  }),
  m('mean-batch', 'one step with the mean gradient of all samples', 'Take a step after every sample.', {
    groups: all,
    reduction: 'mean',
  }),
  m('pairs', 'steps with two samples at a time', 'No mini-batches here: a step after every sample.', {
    groups: (count) => everyOne(Math.ceil(count / 2)).map(([i]) => [2 * i!, 2 * i! + 1].filter((k) => k < count)),
  }),
  m('reversed', 'the samples in reverse', 'Keep the order of the data.', {
    groups: (count) => everyOne(count).reverse(),
  }),
  m('skips-last', 'without the last sample', 'The loop ends one sample too early.', {
    groups: (count) => everyOne(count).slice(0, -1),
  }),
  m('skips-first', 'without the first sample', 'The first sample has index 0.', {
    groups: (count) => everyOne(count).slice(1),
  }),
  m('first-only', 'one sample only', 'Go through all samples.', { groups: (count) => everyOne(count).slice(0, 1) }),
  m('twice', 'two epochs', 'Go through the samples once.', {
    groups: (count) => [...everyOne(count), ...everyOne(count)],
  }),
  m('own-rate', 'the learning rate 0.003 whatever is passed in', 'Pass lr on to trainOneSample.', {
    stepSize: () => 0.003,
  }),
  m(
    'divided-rate',
    'the learning rate divided by the number of samples',
    'Every sample takes a full step of size lr.',
    {
      stepSize: (lr) => lr / samples,
    },
  ),
];

function drawProbe(random: Random, sizes: readonly number[], count: number, lr: number): EpochProbe {
  return { net: drawNet(random, sizes, 1.5), lr, ...drawSamples(random, count, sizes[0]!, sizes.at(-1)!) };
}

export const epochProblem: Problem<EpochProbe> = {
  id: 'P5.Q4.epoch',
  title: 'One epoch, sample after sample',
  names: layerNames(3),
  precision: 'double',
  band: stepBand,
  probes: (random) => [
    drawProbe(random.fork('a'), [7, 5, 6, 4], samples, 0.4),
    drawProbe(random.fork('b'), [6, 8, 5, 3], samples, 0.25),
  ],
  describe: ({ net, Y, lr }) => `a ${sizesOf(net).join('–')} network, ${Y.length} samples, learning rate ${lr}`,
  async ask(guest, { net, X, Y, lr }) {
    const sent = [netArg(net), arrayOf(X), arrayOf(Y), lr];
    const { argsAfter } = await guest.call({ module: 'p5q4.ts', name: 'trainOneEpoch' }, sent, { argsAfter: true });
    return { value: argsAfter?.[0] };
  },
  read({ value }, { net, lr }) {
    const after = readNet(value, sizesOf(net));
    if ('says' in after) return { misread: { yours: inWords(value), ...after } };
    const answer = readStep(net, after, lr);
    return { answer, notes: [], rounding: stepRounding(after, answer, lr, samples) };
  },
  write: (answer, { net, lr }) => sentAfter(net, answer, lr),
  oracle: (probe) => epochProgram.run(probe, epochProgram.right),
  mistakes: variantsOf(epochProgram, mistakes),
};
