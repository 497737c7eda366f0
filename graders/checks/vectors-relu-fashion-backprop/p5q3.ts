/** Problem 5, Question 3: backpropagation of one sample. 9 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { hiddenMistakes } from '../../mistakes/mlp/hidden-forward.ts';
import { outputMistakes } from '../../mistakes/mlp/output-forward.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { mlpLibrary } from '../../mistakes/mlp/library.ts';
import { wholeNet } from '../../mistakes/mlp/views.ts';
import type { NdArray, Value } from '../../model.ts';
import { arrayOf, rowsOf, zipArrays } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { createRandom } from '../../numerics/random.ts';
import type { Random } from '../../numerics/random.ts';
import type { Answer, Answered, Problem, Reading } from '../../problem.ts';
import { inWords } from '../../values.ts';
import { drawNet, drawSamples, netArg, readNet, targetsOf } from './p5-net.ts';
import type { Net } from './p5-net.ts';
import { isRight } from './own-answers.ts';
import { layerNames, withLayerNames } from './p5-names.ts';
import { sampleProblem } from './p5q2-problems.ts';
import { inPlainNumbers } from './plain.ts';
import { visibleOn } from './visible.ts';
import { scaledBand } from '../../numerics/tolerance.ts';

const module = 'p5q3.ts';

export interface StepProbe {
  net: Net;
  x: number[];
  y: number;
  lr: number;
}

/** Gradients come back as (before − after)/lr: what is lost in the subtraction stays below 1e-10 even for lr = 0.003. */
export const stepBand = scaledBand(
  'gradients from a step',
  2e-6,
  2e-5,
  'accepted up to 0.000002 of the largest expected gradient, rejected from 0.00002: subtracting the weights before and after a step loses less than a ten-thousandth of that',
);

const designs = [
  { sizes: [8, 6, 7, 4], scale: 1, lr: 0.003 },
  { sizes: [11, 7, 9, 10], scale: 4, lr: 0.003 },
  { sizes: [9, 12, 5, 3], scale: 2, lr: 0.1 },
];

const drawProbe = (random: Random, { sizes, scale, lr }: (typeof designs)[number]): StepProbe => {
  const net = drawNet(random, sizes, scale);
  const { X, Y } = drawSamples(random, 1, sizes[0]!, sizes.at(-1)!);
  return { net, x: X[0]!, y: Y[0]!, lr };
};
const probes = (random: Random): StepProbe[] => designs.map((design, i) => drawProbe(random.fork(`${i}`), design));

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

const kind = { hidden: 'sigmoid', output: 'softmax-cce', layers: 3, outputs: 'many', learningRate: 0.003 } as const;
const library = mlpLibrary<StepProbe>({ kind, view: wholeNet(3), toCase });
const oracle = (probe: StepProbe): Answer => library.program.run(probe, library.program.right);
const trial = probes(createRandom(0, 'backpropagation of one sample'));
/** In a batch of one nothing can be divided by N − 1, and without its sample there is no step, which is told as such. */
const possible = library.mistakes.filter((mistake) =>
  trial.every((probe) => {
    const right = oracle(probe);
    const answer = Object.entries(mistake.compute(probe));
    const fits = ([name, { data }]: (typeof answer)[number]) =>
      data.length === right[name]!.data.length && data.every(Number.isFinite);
    return answer.every(fits) && answer.some(([, { data }]) => data.some((value) => value !== 0));
  }),
);
const visible = visibleOn(trial, oracle, possible, 'for a single sample they are the same formula');

/** The gradients by which a step changed the network. */
export function readStep(before: Net, after: Net, lr: number): Answer {
  return Object.fromEntries(
    before.weights.flatMap((W, l) => [
      [`W${l + 1}`, zipArrays(arrayOf(W), arrayOf(after.weights[l]!), (a, b) => (a - b) / lr)],
      [`b${l + 1}`, zipArrays(arrayOf(before.biases[l]!), arrayOf(after.biases[l]!), (a, b) => (a - b) / lr)],
    ]),
  );
}

export const sizesOf = (net: Net): number[] => [net.weights[0]!.length, ...net.biases.map((b) => b.length)];

export const stepProblem: Problem<StepProbe> = {
  id: 'P5.Q3.step',
  title: 'Gradients of one sample, read from the step that they cause',
  precision: 'double',
  band: stepBand,
  probes,
  describe: ({ net, lr }) => `a ${sizesOf(net).join('–')} network, learning rate ${lr}`,
  async ask(guest, { net, x, y, lr }) {
    const target = { module, name: 'trainOneSample' };
    const { argsAfter } = await guest.call(target, [netArg(net), arrayOf(x), y, lr], { argsAfter: true });
    return { value: argsAfter?.[0] };
  },
  read: readAfter,
  write: (answer, { net, lr }) => sentAfter(net, answer, lr),
  oracle,
  mistakes: visible.mistakes,
  twins: visible.twins,
  names: layerNames(3),
  clues: withLayerNames(library.clues),
};

/** The network after the step, read as gradients. */
function readAfter({ value }: Answered, { net, lr }: StepProbe): Reading {
  const after = readNet(value, sizesOf(net));
  if ('says' in after) return { misread: { yours: inWords(value), ...after } };
  const answer = readStep(net, after, lr);
  if (Object.values(answer).every((array) => array.data.every((v) => v === 0))) {
    const says =
      'trainOneSample leaves the network as it was: change the numbers in net.weights and net.biases themselves.';
    return { misread: { says } };
  }
  return { answer, notes: [] };
}

/** The network that a step along these gradients leaves behind. */
export function sentAfter(net: Net, gradients: Answer, lr: number): Value {
  const moved = (name: string, before: NdArray): NdArray =>
    zipArrays(before, gradients[name]!, (value, gradient) => value - lr * gradient);
  return {
    kind: 'record',
    entries: {
      weights: { kind: 'list', items: net.weights.map((W, l) => moved(`W${l + 1}`, arrayOf(W))) },
      biases: { kind: 'list', items: net.biases.map((b, l) => moved(`b${l + 1}`, arrayOf(b))) },
    },
  };
}

const layerOf = (name: string): number => Number(name[1]) - 1;
const what = (name: string) =>
  `The gradient with respect to ${name[0] === 'W' ? 'weights' : 'biases'}[${layerOf(name)}]`;
const points: Readonly<Record<string, number>> = { W3: 2, b3: 1, W2: 2, b2: 1, W1: 2, b1: 1 };

export const checks: Check[] = Object.entries(points).map(([name, marks]) => ({
  id: `p5q3.${name.toLowerCase()}`,
  task: 'P5.Q3',
  title: `${what(name)} is right`,
  asks: 'What trainOneSample changes in networks of three layers with random biases, divided by the learning rate.',
  points: marks,
  problems: [stepProblem],
  run: (desk) => inPlainNumbers(desk, module, () => judgeGradient(desk, name)),
}));

async function judgeGradient(desk: Desk, name: string): Promise<Judgement> {
  const evaluation = await evaluate(desk, stepProblem);
  const judgement = judgeTensor(evaluation, name, what(name));
  if (judgement.earned === 1 || (await isRight(() => evaluate(desk, sampleProblem)))) return judgement;
  if (!onlyForwardIsWrong(evaluation)) return ofOwnLoss(desk, judgement, name);
  return pass({
    followThrough: 'It is the right gradient for your own forward pass; its mistake is paid for in P5.Q2.',
  });
}

/** The gradient of what the student's own feedForwardSample gives. */
const ofOwnLoss = (desk: Desk, judgement: Judgement, name: string): Promise<Judgement> =>
  judgeBothSides(desk, judgement, {
    backward: stepProblem,
    forward: sampleProblem,
    output: 'loss',
    form: 'curved',
    inputs: ({ net }) => ({
      [name]: arrayOf(name[0] === 'W' ? net.weights[layerOf(name)]! : net.biases[layerOf(name)]!),
    }),
    at: ({ net, x, y }, { [name]: moved }) => {
      const replaced = <T>(layers: readonly T[], by: T) => layers.map((layer, l) => (l === layerOf(name) ? by : layer));
      const changed =
        name[0] === 'W'
          ? { ...net, weights: replaced(net.weights, rowsOf(moved!)) }
          : { ...net, biases: replaced(net.biases, [...moved!.data]) };
      return { net: changed, X: [x], Y: [y] };
    },
    upstream: () => arrayOf([1]),
    paidIn: 'P5.Q2',
  });

/** The slips of the forward pass by name, and the one with a number in it. */
const forwardMistakes = new Set([...hiddenMistakes, ...outputMistakes].map(({ id }) => id)).add('temperature');

/** Whether all that is wrong with the gradients is a known mistake of the forward pass. */
function onlyForwardIsWrong({ diagnosis }: Evaluation): boolean {
  if (diagnosis === undefined || diagnosis.mistakes.length === 0) return false;
  const sure = diagnosis.certainty === 'certain' || diagnosis.certainty === 'consistent';
  return sure && diagnosis.mistakes.every((id) => forwardMistakes.has(id));
}
