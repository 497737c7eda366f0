/** Later steps of the same network: what a program keeps from one call to the next shows there. */
import type { Mistake, Program } from '../../mistakes/program.ts';
import { mistake, variantsOf } from '../../mistakes/program.ts';
import type { NdArray, Value } from '../../model.ts';
import { arrayOf, makeArray, zipArrays } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { fieldOf, inWords, itemsOf } from '../../values.ts';
import { drawNet, drawSamples, netArg, netInside, readNet } from './p5-net.ts';
import type { Net } from './p5-net.ts';
import { layerNames } from './p5-names.ts';
import { movedAlong, readStep, sentAfter, sizesOf, stepBand, stepRounding } from './p5-step.ts';
import { gradientsOf, stepTarget } from './p5q3-step.ts';

interface LaterProbe {
  net: Net;
  lr: number;
  /** The samples of the steps, one after the other. */
  steps: { x: number[]; y: number }[];
  /** A network of other sizes that takes a step after each of them. */
  other: Net;
  otherX: number[];
}

interface LaterRules {
  /** Which sample the gradients of this step belong to. */
  sample(step: number): number;
  /** What a step moves along, from the gradients of this step and of the earlier ones. */
  along(now: Answer, earlier: readonly Answer[]): Answer;
}

const combined = (a: Answer, b: Answer, f: (x: number, y: number) => number): Answer =>
  Object.fromEntries(Object.entries(a).map(([name, array]) => [name, zipArrays(array, b[name]!, f)]));

const plus = (a: Answer, b: Answer): Answer => combined(a, b, (x, y) => x + y);
const minus = (a: Answer, b: Answer): Answer => combined(a, b, (x, y) => x - y);

/** The right gradients of every step. */
function rightSteps({ net, lr, steps }: LaterProbe): Answer[] {
  let at = net;
  return steps.map(({ x, y }) => {
    const gradients = gradientsOf({ net: at, x, y, lr });
    at = movedAlong(at, gradients, lr);
    return gradients;
  });
}

/**
 * Every step is judged from where the steps before it have led: the right gradients along the right way, plus what the step
 * differs from the right one at the network's own weights. So a mistake in one tensor does not show in the others. Stacked:
 * W1 has the shape steps × inputs × outputs.
 */
const laterProgram: Program<LaterProbe, LaterRules> = {
  right: { sample: (step) => step, along: (now) => now },
  run(probe, rules) {
    const { net, lr, steps } = probe;
    const right = rightSteps(probe);
    const gradients: Answer[] = [];
    let at = net;
    const seen = steps.map(({ x, y }, k) => {
      const { x: used, y: label } = steps[rules.sample(k)]!;
      const now = gradientsOf({ net: at, x: used, y: label, lr });
      const moved = rules.along(now, gradients);
      const error = minus(moved, gradientsOf({ net: at, x, y, lr }));
      gradients.push(now);
      at = movedAlong(at, moved, lr);
      return plus(right[k]!, error);
    });
    return stacked(seen);
  },
};

const stacked = (answers: readonly Answer[]): Answer =>
  Object.fromEntries(
    Object.entries(answers[0]!).map(([name, { shape }]) => [
      name,
      makeArray(
        [answers.length, ...shape],
        answers.flatMap((answer) => Array.from(answer[name]!.data)),
      ),
    ]),
  );

const slice = ({ shape, data }: NdArray, step: number): NdArray => {
  const size = data.length / shape[0]!;
  return makeArray(shape.slice(1), data.slice(step * size, (step + 1) * size));
};

const m = mistake<LaterRules>;

const velocity =
  (momentum: number): LaterRules['along'] =>
  (now, earlier) =>
    combined(
      now,
      // Horner: v = g + m (g₋₁ + m (g₋₂ + …)).
      earlier.reduce(
        (v, gradient) => combined(gradient, v, (g, old) => g + momentum * old),
        combined(now, now, () => 0),
      ),
      (g, old) => g + momentum * old,
    );
const times =
  (factor: (step: number) => number): LaterRules['along'] =>
  (now, earlier) =>
    combined(now, now, (g) => factor(earlier.length) * g);

const mistakes: readonly Mistake<LaterRules>[] = [
  m('momentum', 'momentum 0.9', 'Plain gradient descent keeps no velocity from one call to the next.', {
    along: velocity(0.9),
  }),
  m(
    'momentum-of-weights',
    'momentum 0.9 for the weights',
    'Plain gradient descent keeps no velocity from one call to the next.',
    {
      along: (now, earlier) => {
        const moved = velocity(0.9)(now, earlier);
        return Object.fromEntries(
          Object.entries(now).map(([name, g]) => [name, name.startsWith('b') ? g : moved[name]!]),
        );
      },
    },
  ),
  m('accumulates', 'gradients of earlier calls are added', 'Start every call with fresh gradients.', {
    along: velocity(1),
  }),
  m('stale-input', 'the first sample is kept', 'Use the sample of this call: run the forward pass anew.', {
    sample: () => 0,
  }),
  m('stale-gradient', 'the gradients of the first call are kept', 'Compute the gradients anew in every call.', {
    along: (now, earlier) => earlier[0] ?? now,
  }),
  m('previous-gradient', 'the gradients of the call before', 'Use the gradients of this call.', {
    along: (now, earlier) => earlier.at(-1) ?? now,
  }),
  m('decay', 'a learning rate that is divided by the number of calls', 'Use lr as it is passed in, in every call.', {
    along: times((step) => 1 / (step + 1)),
  }),
  m('halving', 'a learning rate that is halved at every call', 'Use lr as it is passed in, in every call.', {
    along: times((step) => 0.5 ** step),
  }),
  m('once', 'only the first call takes a step', 'Take a step at every call.', {
    along: times((step) => Number(step === 0)),
  }),
];

const designs = [
  { sizes: [6, 5, 7, 4], other: [4, 3, 5, 3], lr: 0.625 },
  { sizes: [8, 7, 5, 3], other: [5, 6, 4, 6], lr: 0.9375 },
];

function drawProbe(random: Random, { sizes, other, lr }: (typeof designs)[number]): LaterProbe {
  const classes = sizes.at(-1)!;
  const { X, Y } = drawSamples(random, 2, sizes[0]!, classes);
  const [a, b] = [
    { x: X[0]!, y: Y[0]! },
    { x: X[1]!, y: Y[1]! },
  ];
  return {
    net: drawNet(random, sizes, 1.5),
    lr,
    steps: [a, b, a],
    other: drawNet(random, other, 1),
    otherX: drawSamples(random, 1, other[0]!, 3).X[0]!,
  };
}

export const laterProblem: Problem<LaterProbe> = {
  id: 'P5.Q3.later',
  title: 'Three steps of the same network, with another network between them',
  precision: 'double',
  band: stepBand,
  probes: (random) => designs.map((design, i) => drawProbe(random.fork(`later ${i}`), design)),
  describe: ({ net, lr }) =>
    `three steps of one ${sizesOf(net).join('–')} network, learning rate ${lr}: a sample, another one, the first one again; another network takes steps in between`,
  async ask(guest, { net, lr, steps, other, otherX }) {
    const [kept, between] = [await guest.make(netArg(net)), await guest.make(netArg(other))];
    const items: Value[] = [];
    for (const { x, y } of steps) {
      await guest.call(stepTarget, [kept, arrayOf(x), y, lr]);
      items.push(await netInside(guest, kept.id));
      await guest.call(stepTarget, [between, arrayOf(otherX), 1, lr]);
    }
    return { value: { kind: 'record', entries: { nets: { kind: 'list', items } } } };
  },
  read: readSteps,
  write(answer, probe) {
    const { net, lr, steps } = probe;
    const right = rightSteps(probe);
    const items: Value[] = [];
    let at = net;
    for (const [k, { x, y }] of steps.entries()) {
      const told = Object.fromEntries(Object.entries(answer).map(([name, all]) => [name, slice(all, k)]));
      const gradients = plus(minus(told, right[k]!), gradientsOf({ net: at, x, y, lr }));
      items.push(sentAfter(at, gradients, lr));
      at = movedAlong(at, gradients, lr);
    }
    return { kind: 'record', entries: { nets: { kind: 'list', items } } };
  },
  oracle: (probe) => laterProgram.run(probe, laterProgram.right),
  mistakes: variantsOf(laterProgram, mistakes),
  seenAs: 'the step: gradient × learning rate, subtracted',
  names: layerNames(3),
};

/** What every step changed, and what single precision may have taken from the coarsest of them. */
function readSteps({ value }: Answered, probe: LaterProbe): Reading {
  const { net, lr, steps } = probe;
  const right = rightSteps(probe);
  const answers: Answer[] = [];
  const rounding: Record<string, number> = {};
  let before = net;
  const items = itemsOf(fieldOf(value, 'nets')) ?? [];
  if (items.length !== steps.length)
    return { misread: { says: 'There is no network to read.', yours: inWords(value) } };
  for (const [k, item] of items.entries()) {
    const after = readNet(item, sizesOf(net));
    if ('says' in after) return { misread: { yours: inWords(item), ...after } };
    const gradients = readStep(before, after, lr);
    for (const [name, lost] of Object.entries(stepRounding(after, gradients, lr))) {
      rounding[name] = Math.max(rounding[name] ?? 0, lost);
    }
    // Where a step before has left what is no number, nothing can be said of this one.
    const error = isFinite(before) && minus(gradients, gradientsOf({ net: before, ...steps[k]!, lr }));
    answers.push(error ? plus(right[k]!, error) : right[k]!);
    before = after;
  }
  return { answer: stacked(answers), notes: [], rounding };
}

const isFinite = ({ weights, biases }: Net): boolean =>
  [...weights.flat(), ...biases].every((row) => row.every(Number.isFinite));
