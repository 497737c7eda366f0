/** Problem 5, Question 3: the gradients of one sample, on networks whose every branch a program may treat in its own way. */
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { gradientsKey, mlpLibrary } from '../../mistakes/mlp/library.ts';
import { wholeNet } from '../../mistakes/mlp/views.ts';
import { fixedRate, stepMistakes } from '../../mistakes/training/step.ts';
import { visibleOn } from '../../mistakes/visible.ts';
import type { Clues, Variant } from '../../key.ts';
import { wrongly } from '../../key.ts';
import { mapArray } from '../../numerics/arrays.ts';
import { createRandom } from '../../numerics/random.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { drawNet, drawSamples, inTheirNames, standsOut, stepBand } from '../../kinds/listed-net.ts';
import type { StepProbe } from './p5q3-question.ts';
import { stepQuestion } from './p5q3-question.ts';
import { guessing, guessOf, probabilitiesOf, sigmoidNet, targetsOf } from './p5-net.ts';

/** Rates that differ, that single precision holds, and that are large enough for a step to stand out there. */
const designs = [
  { sizes: [8, 6, 7, 4], scale: 1, lr: 0.625, guess: 0, label: 0 },
  { sizes: [11, 7, 9, 10], scale: 3, lr: 1.375, guess: 9, label: 0 },
  { sizes: [9, 12, 5, 3], scale: 2, lr: 0.8125, guess: 2, label: 2 },
  { sizes: [7, 9, 6, 5], scale: 1.5, lr: 0.4375, guess: 0, label: 4 },
];

function drawProbe(random: Random, { sizes, scale, lr, guess, label }: (typeof designs)[number]): StepProbe {
  const net = drawNet(random, sizes, scale);
  const [x] = drawSamples(random, 1, sizes[0]!, sizes.at(-1)!).X;
  return { net: guessing(net, x!, guess), x: x!, y: label, lr, guess };
}

/** A network that is almost certain of the label: its step is small, so the rate is large. The first pixel is black. */
function drawSure(random: Random): StepProbe {
  const { net, x, y, lr } = drawProbe(random, { sizes: [6, 8, 5, 4], scale: 1.5, lr: 12.5, guess: 1, label: 1 });
  const dark = [0, ...x.slice(1)];
  const p = probabilitiesOf(net, dark)[y]!;
  const biases = net.biases.map((row) => [...row]);
  // From these odds to those of 0.96.
  biases.at(-1)![y]! = Math.fround(biases.at(-1)![y]! + Math.log((24 * (1 - p)) / p));
  const sure = { ...net, biases };
  return { net: sure, x: dark, y, lr, guess: guessOf(sure, dark) };
}

const probes = (random: Random): StepProbe[] => [
  ...designs.map((design, i) => drawProbe(random.fork(`${i}`), design)),
  drawSure(random.fork('sure')),
];

/** The library remembers forward passes by the case: one case for a probe. */
const cases = new WeakMap<StepProbe, MlpCase>();
function toCase(probe: StepProbe): MlpCase {
  const { net, x, y, lr } = probe;
  const known = cases.get(probe);
  if (known !== undefined) return known;
  const { weights: W, biases: b } = net;
  const made: MlpCase = { ...sigmoidNet, W, b, X: [x], Y: targetsOf(net, [y]), learningRate: lr };
  cases.set(probe, made);
  return made;
}

const library = mlpLibrary<StepProbe>({
  kind: { ...sigmoidNet, layers: 3, outputs: 'many', learningRate: 0.5 },
  view: wholeNet(3),
  toCase,
});
const { oracle: gradientsOf } = gradientsKey(library);

const step = { right: gradientsOf, rate: ({ lr }: StepProbe) => lr };
const isRightGuess = ({ guess, y }: StepProbe): boolean => guess === y;
const last = ({ net }: StepProbe): number => net.biases.at(-1)!.length - 1;

const noneWhere = (id: string, title: string, advice: string, where: (probe: StepProbe) => boolean) =>
  wrongly<StepProbe>(id, title, advice, (probe) => {
    const right = Object.entries(gradientsOf(probe));
    return Object.fromEntries(right.map(([name, g]) => [name, where(probe) ? mapArray(g, () => 0) : g]));
  });

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
const isPossible = ({ compute }: Variant<StepProbe>): boolean =>
  trial.every((probe) => {
    const right = gradientsOf(probe);
    const answer = Object.entries(compute(probe));
    const fits = ([name, { data }]: (typeof answer)[number]) =>
      data.length === right[name]!.data.length && data.every(Number.isFinite);
    return answer.every(fits) && answer.some(([, { data }]) => data.some((value) => value !== 0));
  });

/** The library's clues, in the names of the sheet. */
const clues: Clues<StepProbe> = {
  ...library.clues,
  suspect(wrong, right) {
    const sentence = library.clues.suspect?.(wrong, right);
    return sentence === undefined ? undefined : inTheirNames(sentence);
  },
  relations: (library.clues.relations ?? []).map((relation) => ({ ...relation, says: inTheirNames(relation.says) })),
  families: [...(library.clues.families ?? []), fixedRate<StepProbe>(step)],
};

export const stepProblem: Problem<StepProbe> = {
  ...stepQuestion,
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
    { says: 'class 0 as the guess', holds: (all) => all.some(({ guess }) => guess === 0) },
    { says: 'the last class as the guess', holds: (all) => all.some((probe) => probe.guess === last(probe)) },
    {
      says: 'steps that stand out from the rounding of single precision',
      holds: (all) => all.every((probe) => standsOut(probe.net, gradientsOf(probe), probe.lr)),
    },
  ],
  oracle: (probe): Answer => gradientsOf(probe),
  ...visibleOn(
    trial,
    gradientsOf,
    [...library.mistakes.filter(isPossible), ...updates],
    'in the step for a single sample they are the same formula',
  ),
  clues,
};
