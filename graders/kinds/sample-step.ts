/** The gradients of one sample as the step shows them, on networks whose every branch a program may treat in its own way. */
import type { Clues, Variant } from '../key.ts';
import { wrongly } from '../key.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import { gradientsKey, mlpLibrary } from '../mistakes/mlp/library.ts';
import { wholeNet } from '../mistakes/mlp/views.ts';
import { fixedRate, stepMistakes, stepsByGuess, stepsWhere } from '../mistakes/training/step.ts';
import { visibleOn } from '../mistakes/visible.ts';
import { maxAbs } from '../numerics/arrays.ts';
import { createRandom } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { LaterDesign } from './later-steps.ts';
import { laterSteps } from './later-steps.ts';
import type { Net, NetFunction } from './listed-net.ts';
import { drawNet, drawSamples, inTheirNames, standsOut, stepBand } from './listed-net.ts';
import type { LaterProbe, StepProbe } from './sample-step-question.ts';
import { firstStepQuestion } from './sample-step-question.ts';
import type { SampleVisit } from './sample-visits.ts';
import { visitsOf } from './sample-visits.ts';
import { guessing, guessOf, probabilitiesOf, sigmoidNet, targetsOf } from './sigmoid-net.ts';

/** A network with a sample. Rates should differ, be held by single precision, and be large enough for a step to stand out there. */
interface StepDesign {
  sizes: readonly number[];
  /** Size of the pre-activations. */
  scale: number;
  lr: number;
  /** The class that the network guesses, and the one that the sample bears. */
  guess: number;
  label: number;
  /** Set where the last weights are larger by this factor, and with them the errors that come back through them. */
  steep?: number;
  /** Set where the label has these odds: so that its probability is large, or not so small that a guard of 1e-7 beside it counts. */
  odds?: number;
}

/** A label of this probability has a loss of less than 0.01. */
const nearlySure = 0.99;

interface StepTable extends NetFunction {
  first: readonly StepDesign[];
  /** A network that is almost certain of the label: these are the odds of it. The first pixel is black. */
  sure: StepDesign & { odds: number };
  visits: readonly SampleVisit[];
  later: readonly LaterDesign[];
}

/** The student's function that takes a step, and what is right for it in a network's first step and in later ones. */
export interface SampleStep {
  asked: NetFunction;
  first: Problem<StepProbe>;
  later: Problem<LaterProbe>;
}

/** Right are the gradients of the cross-entropy of one sample: `backprop` of graders/mistakes/mlp/backprop.ts, a batch of one. */
export function sampleStep({ first, sure, visits, later, ...asked }: StepTable): SampleStep {
  const library = mlpLibrary<StepProbe>({
    kind: { ...sigmoidNet, layers: asked.layers, outputs: 'many', learningRate: 0.5 },
    view: wholeNet(asked.layers),
    toCase: rememberedCases(),
  });
  const { oracle: gradientsOf, differences } = gradientsKey(library);
  const step = { right: gradientsOf, rate: ({ lr }: StepProbe) => lr };
  const probes = (random: Random): StepProbe[] => [
    ...first.map((design, i) => drawProbe(random.fork(`${i}`), design)),
    drawSure(random.fork('sure'), sure),
  ];
  const trial = probes(createRandom(0, 'backpropagation of one sample'));
  /** Slips of the update, beside those of the gradients. */
  const updates: readonly Variant<StepProbe>[] = [
    ...stepMistakes<StepProbe>(step).filter(({ id }) => id !== 'nothing'),
    wrongly(
      'nothing',
      'nothing is updated',
      `${asked.name} leaves the network as it was: change the numbers in net.weights and net.biases themselves.`,
      stepsWhere<StepProbe>(step, () => false),
    ),
    ...stepsByGuess<StepProbe>(step, ({ guess, y }) => guess === y),
    wrongly(
      'not-when-sure',
      'no step where the loss is small',
      'Take a step for every sample, however small its loss is: where it is nearly nothing, so is the step.',
      stepsWhere<StepProbe>(step, ({ net, x, y }) => probabilitiesOf(net, x)[y]! < nearlySure),
    ),
  ];
  return {
    asked,
    first: {
      ...firstStepQuestion(asked),
      band: stepBand,
      probes,
      visits: [
        ...visitsOf<StepProbe>(visits, ({ net, x, y }) => ({ net, X: [x], Y: [y] })),
        {
          says: 'steps that stand out from the rounding of single precision',
          holds: (all) => all.every((probe) => standsOut(probe.net, gradientsOf(probe), probe.lr)),
        },
        ...(first.some(({ steep }) => steep !== undefined) ? [largeErrors(gradientsOf)] : []),
      ],
      oracle: (probe): Answer => gradientsOf(probe),
      ...(differences === undefined ? {} : { differences }),
      ...visibleOn(
        trial,
        gradientsOf,
        [...library.mistakes.filter((wrong) => isPossible(wrong, trial, gradientsOf)), ...updates],
        'in the step for a single sample they are the same formula',
      ),
      clues: cluesInTheirNames({ ...library.clues, families: [...(library.clues.families ?? []), fixedRate(step)] }),
    },
    later: laterSteps(asked, later),
  };
}

/** What a steep design is for. */
const largeErrors = (gradientsOf: (probe: StepProbe) => Answer) => ({
  says: 'an error in a hidden layer so large that one which is cut off at 1 or 5 shows',
  holds: (all: readonly StepProbe[]) =>
    all.some((probe) => maxAbs(gradientsOf(probe)['b1']!) > 1 && maxAbs(gradientsOf(probe)['b2']!) > 5.5),
});

function drawProbe(random: Random, { sizes, scale, lr, guess, label, steep = 1, odds }: StepDesign): StepProbe {
  const drawn = drawNet(random, sizes, scale);
  const last = drawn.weights.at(-1)!.map((row) => row.map((weight) => Math.fround(steep * weight)));
  const net = { ...drawn, weights: drawn.weights.with(-1, last) };
  const [x] = drawSamples(random, 1, sizes[0]!, sizes.at(-1)!).X;
  const turned = guessing(net, x!, guess);
  return { net: odds === undefined ? turned : withOdds(turned, x!, label, odds), x: x!, y: label, lr, guess };
}

/** The network with another bias at the label, by which its odds are these. */
function withOdds(net: Net, x: number[], label: number, odds: number): Net {
  const p = probabilitiesOf(net, x)[label]!;
  const last = [...net.biases.at(-1)!];
  last[label]! = Math.fround(last[label]! + Math.log((odds * (1 - p)) / p));
  return { ...net, biases: net.biases.with(-1, last) };
}

function drawSure(random: Random, { odds, ...design }: StepTable['sure']): StepProbe {
  const { net, x, y, lr } = drawProbe(random, design);
  const dark = [0, ...x.slice(1)];
  const sure = withOdds(net, dark, y, odds);
  return { net: sure, x: dark, y, lr, guess: guessOf(sure, dark) };
}

/** The library remembers forward passes by the case: one case for a probe. */
function rememberedCases(): (probe: StepProbe) => MlpCase {
  const cases = new WeakMap<StepProbe, MlpCase>();
  return (probe) => {
    const { net, x, y, lr } = probe;
    const known = cases.get(probe);
    if (known !== undefined) return known;
    const { weights: W, biases: b } = net;
    const made: MlpCase = { ...sigmoidNet, W, b, X: [x], Y: targetsOf(net, [y]), learningRate: lr };
    cases.set(probe, made);
    return made;
  };
}

/** In a batch of one nothing can be divided by N − 1, and without its sample there is no step, which is told as such. */
const isPossible = (
  { compute }: Variant<StepProbe>,
  trial: readonly StepProbe[],
  gradientsOf: (probe: StepProbe) => Answer,
): boolean =>
  trial.every((probe) => {
    const right = gradientsOf(probe);
    const answer = Object.entries(compute(probe));
    const fits = ([name, { data }]: (typeof answer)[number]) =>
      data.length === right[name]!.data.length && data.every(Number.isFinite);
    return answer.every(fits) && answer.some(([, { data }]) => data.some((value) => value !== 0));
  });

/** Clues that speak of W1 and b1, in the names that students see. */
const cluesInTheirNames = (clues: Clues<StepProbe>): Clues<StepProbe> => ({
  ...clues,
  suspect(wrong, right) {
    const sentence = clues.suspect?.(wrong, right);
    return sentence === undefined ? undefined : inTheirNames(sentence);
  },
  relations: (clues.relations ?? []).map((relation) => ({ ...relation, says: inTheirNames(relation.says) })),
});
