/** Later steps of a network on single samples, each judged from where the steps before it have led. */
import type { StepsCase } from '../mistakes/mlp/later-steps.ts';
import { stepsAlong, stepsFrom, stepsMistakes, stepsProgram } from '../mistakes/mlp/later-steps.ts';
import { adapt, variantsOf } from '../mistakes/program.ts';
import type { Value } from '../model/guest.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import { list, record } from '../values.ts';
import type { NetFunction } from './listed-net.ts';
import { drawNet, drawSamples, movedAlong, sentAfter, stepBand } from './listed-net.ts';
import type { LaterProbe } from './sample-step-question.ts';
import { laterStepsQuestion, readSteps } from './sample-step-question.ts';
import { sigmoidNet, targetsOf } from './sigmoid-net.ts';

export interface LaterDesign {
  sizes: readonly number[];
  /** Of the network that takes a step after each of them. */
  other: readonly number[];
  lr: number;
}

/** A sample, another one, and the first one again. */
function drawProbe(random: Random, { sizes, other, lr }: LaterDesign): LaterProbe {
  const { X, Y } = drawSamples(random, 2, sizes[0]!, sizes.at(-1)!);
  const [a, b] = [0, 1].map((i) => ({ x: X[i]!, y: Y[i]! }));
  return {
    net: drawNet(random, sizes, 1.5),
    lr,
    steps: [a!, b!, a!],
    other: drawNet(random, other, 1),
    otherX: drawSamples(random, 1, other[0]!, 3).X[0]!,
  };
}

const caseOf = ({ net, lr, steps }: LaterProbe): StepsCase => ({
  ...sigmoidNet,
  W: net.weights,
  b: net.biases,
  rate: lr,
  steps: steps.map(({ x, y }) => ({ X: [x], Y: targetsOf(net, [y]) })),
});

const program = adapt(stepsProgram, caseOf);

export const laterSteps = (asked: NetFunction, designs: readonly LaterDesign[]): Problem<LaterProbe> => ({
  ...laterStepsQuestion(asked),
  band: stepBand,
  probes: (random) => designs.map((design, i) => drawProbe(random.fork(`later ${i}`), design)),
  read({ value }, probe) {
    const seen = readSteps(value, probe);
    if ('misread' in seen) return seen;
    const steps = seen.map(({ before: { weights: W, biases: b }, gradients }) => ({ before: { W, b }, gradients }));
    // What single precision may have taken from the coarsest of them.
    const rounding: Record<string, number> = {};
    for (const [name, lost] of seen.flatMap((one) => Object.entries(one.rounding))) {
      rounding[name] = Math.max(rounding[name] ?? 0, lost);
    }
    return { answer: stepsFrom(caseOf(probe), steps), notes: [], rounding };
  },
  write(answer, probe) {
    const nets: Value[] = [];
    let at = probe.net;
    for (const gradients of stepsAlong(caseOf(probe), answer)) {
      nets.push(sentAfter(at, gradients, probe.lr));
      at = movedAlong(at, gradients, probe.lr);
    }
    return record({ nets: list(nets) });
  },
  oracle: (probe) => program.run(probe, program.right),
  mistakes: variantsOf(program, stepsMistakes),
});
