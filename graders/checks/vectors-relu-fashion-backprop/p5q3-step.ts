/** One step of backpropagation on the loss of one sample, asked on networks that have taken none before. */
import { hiddenMistakes } from '../../mistakes/mlp/hidden-forward.ts';
import { outputMistakes } from '../../mistakes/mlp/output-forward.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { mlpLibrary } from '../../mistakes/mlp/library.ts';
import { wholeNet } from '../../mistakes/mlp/views.ts';
import { fixedRate, stepMistakes } from '../../mistakes/training/step.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import { createRandom } from '../../numerics/random.ts';
import type { Random } from '../../numerics/random.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { inWords } from '../../values.ts';
import { drawNet, drawSamples, guessing, guessOf, netArg, probabilitiesOf, readNet, targetsOf } from './p5-net.ts';
import type { Net } from './p5-net.ts';
import { layerNames, withLayerNames } from './p5-names.ts';
import { readStep, sentAfter, sizesOf, standsOut, stepBand, stepRounding } from './p5-step.ts';
import { mistake } from './plain.ts';
import { visibleOn } from './visible.ts';

export const stepTarget = { module: 'p5q3.ts', name: 'trainOneSample' };

export interface StepProbe {
  net: Net;
  x: number[];
  y: number;
  lr: number;
}

/** Rates that differ, that single precision holds, and that are large enough for a step to stand out there. */
const designs = [
  { sizes: [8, 6, 7, 4], scale: 1, lr: 0.625, guess: 0, label: 0 },
  { sizes: [11, 7, 9, 10], scale: 3, lr: 1.375, guess: 9, label: 0 },
  { sizes: [9, 12, 5, 3], scale: 2, lr: 0.8125, guess: 2, label: 2 },
  { sizes: [7, 9, 6, 5], scale: 1.5, lr: 0.4375, guess: 0, label: 4 },
];

/** A network that is almost certain of the label: its step is small, so the rate is large. The first pixel is black. */
function drawSure(random: Random): StepProbe {
  const { net, x, y, lr } = drawProbe(random, { sizes: [6, 8, 5, 4], scale: 1.5, lr: 12.5, guess: 1, label: 1 });
  const dark = [0, ...x.slice(1)];
  const p = probabilitiesOf(net, dark)[y]!;
  const biases = net.biases.map((row) => [...row]);
  // From these odds to those of 0.96.
  biases.at(-1)![y]! = Math.fround(biases.at(-1)![y]! + Math.log((24 * (1 - p)) / p));
  return { net: { ...net, biases }, x: dark, y, lr };
}

const drawProbe = (random: Random, { sizes, scale, lr, guess, label }: (typeof designs)[number]): StepProbe => {
  const net = drawNet(random, sizes, scale);
  const [x] = drawSamples(random, 1, sizes[0]!, sizes.at(-1)!).X;
  return { net: guessing(net, x!, guess), x: x!, y: label, lr };
};
const probes = (random: Random): StepProbe[] => [
  ...designs.map((design, i) => drawProbe(random.fork(`${i}`), design)),
  drawSure(random.fork('sure')),
];

const isRightGuess = ({ net, x, y }: StepProbe): boolean => guessOf(net, x) === y;
const last = ({ net }: StepProbe): number => net.biases.at(-1)!.length - 1;

/** The library remembers forward passes by the case: one case for a probe. */
const cases = new WeakMap<StepProbe, MlpCase>();
function toCase(probe: StepProbe): MlpCase {
  const { net, x, y, lr } = probe;
  const made = cases.get(probe) ?? {
    W: net.weights,
    b: net.biases,
    hidden: 'sigmoid',
    output: 'softmax-cce',
    X: [x],
    Y: targetsOf(net, [y]),
    learningRate: lr,
  };
  cases.set(probe, made);
  return made;
}

const kind = { hidden: 'sigmoid', output: 'softmax-cce', layers: 3, outputs: 'many', learningRate: 0.5 } as const;
const library = mlpLibrary<StepProbe>({ kind, view: wholeNet(3), toCase });

/** The gradients of the loss of one sample. */
export const gradientsOf = (probe: StepProbe): Answer => library.program.run(probe, library.program.right);

const step = { right: gradientsOf, rate: ({ lr }: StepProbe) => lr };
const noneWhere = (id: string, title: string, advice: string, where: (probe: StepProbe) => boolean) =>
  mistake<StepProbe>(id, title, advice, (probe) =>
    Object.fromEntries(
      Object.entries(gradientsOf(probe)).map(([name, g]) => [name, where(probe) ? mapArray(g, () => 0) : g]),
    ),
  );

/** Slips of the update, beside those of the gradients. */
const updates: readonly Variant<StepProbe>[] = [
  ...stepMistakes<StepProbe>(step).filter(({ id }) => id !== 'nothing'),
  noneWhere(
    'nothing',
    'nothing is updated',
    'trainOneSample leaves the network as it was: change the numbers in net.weights and net.biases themselves.',
    () => true,
  ),
  noneWhere(
    'only-when-wrong',
    'no step where the guess is right',
    'Take a step for every sample, also where the guess is right already: the loss is not zero there.',
    isRightGuess,
  ),
  noneWhere(
    'only-when-right',
    'no step where the guess is wrong',
    'Take a step for every sample, also where the guess is wrong.',
    (probe) => !isRightGuess(probe),
  ),
];

const trial = probes(createRandom(0, 'backpropagation of one sample'));
/** In a batch of one nothing can be divided by N − 1, and without its sample there is no step, which is told as such. */
const possible = library.mistakes.filter((variant) =>
  trial.every((probe) => {
    const right = gradientsOf(probe);
    const answer = Object.entries(variant.compute(probe));
    const fits = ([name, { data }]: (typeof answer)[number]) =>
      data.length === right[name]!.data.length && data.every(Number.isFinite);
    return answer.every(fits) && answer.some(([, { data }]) => data.some((value) => value !== 0));
  }),
);
const visible = visibleOn(
  trial,
  gradientsOf,
  [...possible, ...updates],
  'in the step for a single sample they are the same formula',
);
const clues = withLayerNames(library.clues);

export const stepProblem: Problem<StepProbe> = {
  id: 'P5.Q3.step',
  title: 'Gradients of one sample, read from the step that they cause',
  precision: 'double',
  band: stepBand,
  probes,
  visits: [
    { says: 'a guess that is right', holds: (all) => all.some(isRightGuess) },
    { says: 'a guess that is wrong', holds: (all) => !all.every(isRightGuess) },
    {
      says: 'a label of probability above 0.95',
      holds: (all) => all.some(({ net, x, y }) => probabilitiesOf(net, x)[y]! > 0.95),
    },
    { says: 'a pixel that is black', holds: (all) => all.some(({ x }) => x.includes(0)) },
    { says: 'class 0 as the label', holds: (all) => all.some(({ y }) => y === 0) },
    { says: 'the last class as the label', holds: (all) => all.some((probe) => probe.y === last(probe)) },
    { says: 'class 0 as the guess', holds: (all) => all.some(({ net, x }) => guessOf(net, x) === 0) },
    { says: 'the last class as the guess', holds: (all) => all.some((p) => guessOf(p.net, p.x) === last(p)) },
    {
      says: 'steps that stand out from the rounding of single precision',
      holds: (all) => all.every((probe) => standsOut(probe.net, gradientsOf(probe), probe.lr)),
    },
  ],
  describe: ({ net, x, y, lr }) =>
    `a ${sizesOf(net).join('–')} network, learning rate ${lr}, a sample whose class it guesses ${guessOf(net, x) === y ? 'rightly' : 'wrongly'}`,
  async ask(guest, { net, x, y, lr }) {
    const { argsAfter } = await guest.call(stepTarget, [netArg(net), arrayOf(x), y, lr], { argsAfter: true });
    return { value: argsAfter?.[0] };
  },
  read: readAfter,
  write: (answer, { net, lr }) => sentAfter(net, answer, lr),
  oracle: gradientsOf,
  mistakes: visible.mistakes,
  twins: visible.twins,
  seenAs: 'the step: gradient × learning rate, subtracted',
  names: layerNames(3),
  clues: { ...clues, families: [...(clues.families ?? []), fixedRate<StepProbe>(step)] },
};

/** The network after the step, read as gradients. */
function readAfter({ value }: Answered, { net, lr }: StepProbe): Reading {
  const after = readNet(value, sizesOf(net));
  if ('says' in after) return { misread: { yours: inWords(value), ...after } };
  const answer = readStep(net, after, lr);
  return { answer, notes: [], rounding: stepRounding(after, answer, lr) };
}

/** The slips of the forward pass by name, and the one with a number in it. */
export const forwardMistakes: ReadonlySet<string> = new Set(
  [...hiddenMistakes, ...outputMistakes].map(({ id }) => id),
).add('temperature');
