/** One epoch of training with a step for every sample: what it has to change, and the student's own steps in place of right ones. */
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import { evaluate, firstWrong, isRight } from '../evaluate.ts';
import type { Program } from '../mistakes/program.ts';
import { variantsOf } from '../mistakes/program.ts';
import type { Course, CourseRules } from '../mistakes/training/course.ts';
import { inOrder, netsOf } from '../mistakes/training/course.ts';
import { repeated, sampleEpochMistakes } from '../mistakes/training/epoch-of-samples.ts';
import type { Guest, Value } from '../model/guest.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { NetFunction } from './listed-net.ts';
import { drawNet, drawSamples, layerNames, netArg, netInside, readStep, stepBand } from './listed-net.ts';
import { anew, loopsAgree } from './own-loop.ts';
import type { EpochProbe } from './sample-epoch-question.ts';
import { callEpoch, epochQuestion } from './sample-epoch-question.ts';
import { takeStep } from './sample-step-question.ts';
import type { SampleStep } from './sample-step.ts';
import { caseOf, netOf, targetsOf } from './sigmoid-net.ts';

interface EpochTable extends NetFunction {
  /** The step that the epoch repeats. */
  step: SampleStep;
  /** Samples of a probe. */
  samples: number;
  /** Networks by the name of their random numbers. */
  networks: Readonly<Record<string, { sizes: readonly number[]; lr: number }>>;
}

/** The student's function that trains for an epoch, and what is right for it. */
export interface SampleEpoch {
  asked: NetFunction;
  step: SampleStep;
  problem: Problem<EpochProbe>;
}

/** Right is W ← W − lr ∂ℓ/∂W, b ← b − lr ∂ℓ/∂b for one sample after the other, in the order of the data. */
export const sampleEpoch = ({ step, samples, networks, ...asked }: EpochTable): SampleEpoch => ({
  asked,
  step,
  problem: {
    ...epochQuestion(asked),
    band: stepBand,
    probes: (random) =>
      Object.entries(networks).map(([name, { sizes, lr }]) => drawProbe(random.fork(name), sizes, samples, lr)),
    oracle: (probe) => program.run(probe, program.right),
    mistakes: variantsOf(program, sampleEpochMistakes(samples, step.asked.name)),
  },
});

/** One of the samples comes twice, with its label: it is a sample like any other. */
function drawProbe(random: Random, sizes: readonly number[], samples: number, lr: number): EpochProbe {
  const net = drawNet(random, sizes, 1.5);
  const { X, Y } = drawSamples(random, samples, sizes[0]!, sizes.at(-1)!);
  const { sample, at } = repeated;
  return { net, lr, X: X.with(at, X[sample]!), Y: Y.with(at, Y[sample]!) };
}

/** One epoch with batches of one sample; the rules of a course of training are the right ones, or changed by a mistake. */
const epochOf = ({ net, X, Y, lr }: EpochProbe): Course => {
  const rows = { X, Y: targetsOf(net, Y) };
  return { start: caseOf(net), train: rows, test: rows, batchSize: 1, epochs: 1, eta: lr };
};

const program: Program<EpochProbe, CourseRules> = {
  right: inOrder,
  run: (probe, rules) => readStep(probe.net, netOf(netsOf(epochOf(probe), rules).at(-1)!), probe.lr),
};

/**
 * All or nothing: by what an epoch changes in every tensor, divided by the learning rate, which is the sum of the gradients on
 * the way; or by what the student's own step leads to when the grader calls it for one sample after the other.
 */
export async function judgeEpoch(context: CheckContext, epoch: SampleEpoch): Promise<Judgement> {
  const names = Object.entries(layerNames(epoch.asked.layers));
  const words = Object.fromEntries(names.map(([tensor, name]) => [tensor, `What an epoch changes in ${name}`]));
  const judgement = firstWrong(await evaluate(context, epoch.problem), words);
  if (judgement.earned === 1) return judgement;
  return (await isOwnLoop(context, epoch)) ? pass({ followThrough: ownLoop(epoch) }) : judgement;
}

export const ownLoop = ({ step: { asked } }: SampleEpoch): string =>
  `It calls your ${asked.name} once for every sample, in their order; mistakes there are paid for in ${asked.task}.`;

/** Whether the student's step is right, the first time and later. */
export const stepsAreRight = async (context: CheckContext, { first, later }: SampleStep): Promise<boolean> =>
  (await isRight(() => evaluate(context, first))) && (await isRight(() => evaluate(context, later)));

/** Whether the student's step is wrong, and an epoch is what it gives when the grader calls it sample after sample. */
export const isOwnLoop = (context: CheckContext, { asked, step, problem }: SampleEpoch): Promise<boolean> =>
  context.oncePerSubmission(`${asked.task}/own loop`, async () => {
    if (await stepsAreRight(context, step)) return false;
    return loopsAgree(context, problem, stepBand, async (probe) => {
      const answerOf = (value: Value) => {
        const reading = problem.read({ value }, probe);
        return 'answer' in reading ? reading.answer : undefined;
      };
      const theirs = answerOf(await callEpoch(await anew(context), asked, probe));
      return [theirs, answerOf(await epochByHand(await anew(context), step, probe))];
    });
  });

/** The network after the student's step for every sample, called from here. */
async function epochByHand(guest: Guest, { asked }: SampleStep, { net, X, Y, lr }: EpochProbe): Promise<Value> {
  const kept = await guest.make(netArg(net));
  for (const [i, x] of X.entries()) await takeStep(guest, asked, kept, { x, y: Y[i]!, lr });
  return netInside(guest, kept.id);
}
