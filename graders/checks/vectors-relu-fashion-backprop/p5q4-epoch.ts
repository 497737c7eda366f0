/**
 * Problem 5, Question 4, first part: one epoch of training. 1.5 marks.
 *
 * Asked:  `trainOneEpoch(net, X, Y, lr)`, which changes the network that it gets.
 * Right:  for every sample (x, y), in the order of the data and at the weights which the sample before has left,
 *             W ← W − lr ∂ℓ/∂W,  b ← b − lr ∂ℓ/∂b,  where ℓ = −ln p_y is the cross-entropy of that one sample.
 * Costs:  all marks when any weight or bias ends elsewhere, or when a deep-learning library computes it. None where
 *         trainOneSample is wrong and the epoch is what it leads to when the grader calls it for one sample after the other:
 *         that is paid for in P5.Q3.
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import { evaluate, firstWrong, isRight } from '../../evaluate.ts';
import { anew, loopsAgree } from '../../kinds/own-loop.ts';
import { backprop, rightRules } from '../../mistakes/mlp/backprop.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { mistake, variantsOf } from '../../mistakes/program.ts';
import type { Course, CourseRules } from '../../mistakes/training/course.ts';
import { cut, cutAll, inOrder, netsOf } from '../../mistakes/training/course.ts';
import type { Guest, Value } from '../../model/guest.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { drawNet, drawSamples, layerNames, netArg, netInside, readStep, stepBand } from '../../kinds/listed-net.ts';
import { caseOf, netOf, targetsOf } from './p5-net.ts';
import { callEpoch, epochQuestion } from './p5q4-question.ts';
import type { EpochProbe } from './p5q4-question.ts';
import { laterProblem } from './p5q3-later-key.ts';
import { stepProblem } from './p5q3-key.ts';
import { inPlainNumbers } from './plain.ts';

/** Samples of a probe. */
const samples = 9;

const drawProbe = (random: Random, sizes: readonly number[], lr: number): EpochProbe => ({
  net: drawNet(random, sizes, 1.5),
  lr,
  ...drawSamples(random, samples, sizes[0]!, sizes.at(-1)!),
});

/** One epoch with batches of one sample; the rules of a course of training are the right ones, or changed by a mistake. */
const epochOf = ({ net, X, Y, lr }: EpochProbe): Course => {
  const rows = { X, Y: targetsOf(net, Y) };
  return { start: caseOf(net), train: rows, test: rows, batchSize: 1, epochs: 1, eta: lr };
};

const program: Program<EpochProbe, CourseRules> = {
  right: inOrder,
  run: (probe, rules) => readStep(probe.net, netOf(netsOf(epochOf(probe), rules).at(-1)!), probe.lr),
};

const m = mistake<CourseRules>;
const oneByOne = (places: readonly number[]) => cut(places, 1);
const afterEverySample = 'Take a step after every sample.';

/** `batches` says which samples share a step, from their places 0, 1, 2, …; right is every one of them alone, in order. */
const mistakes: readonly Mistake<CourseRules>[] = [
  m('whole-batch', 'one step with the gradients of all samples added', afterEverySample, {
    batches: (places) => [places],
  }),
  m('mean-batch', 'one step with the mean gradient of all samples', afterEverySample, {
    batches: (places) => [places],
    gradients: (net) => backprop({ ...net, reduction: 'mean' }, rightRules),
  }),
  m('pairs', 'steps with two samples at a time', 'No mini-batches here: a step after every sample.', {
    batches: (places) => cutAll(places, 2),
  }),
  m('reversed', 'the samples in reverse', 'Keep the order of the data.', {
    batches: (places) => oneByOne(places).reverse(),
  }),
  m('skips-last', 'without the last sample', 'The loop ends one sample too early.', {
    batches: (places) => oneByOne(places).slice(0, -1),
  }),
  m('skips-first', 'without the first sample', 'The first sample has index 0.', {
    batches: (places) => oneByOne(places).slice(1),
  }),
  m('first-only', 'one sample only', 'Go through all samples.', { batches: (places) => oneByOne(places).slice(0, 1) }),
  m('twice', 'two epochs', 'Go through the samples once.', {
    batches: (places) => [...oneByOne(places), ...oneByOne(places)],
  }),
  m('own-rate', 'the learning rate 0.003 whatever is passed in', 'Pass lr on to trainOneSample.', {
    rate: () => 0.003,
  }),
  m(
    'divided-rate',
    'the learning rate divided by the number of samples',
    'Every sample takes a full step of size lr.',
    { rate: (lr) => lr / samples },
  ),
];

export const epochProblem: Problem<EpochProbe> = {
  ...epochQuestion,
  band: stepBand,
  probes: (random) => [drawProbe(random.fork('a'), [7, 5, 6, 4], 0.4), drawProbe(random.fork('b'), [6, 8, 5, 3], 0.25)],
  oracle: (probe) => program.run(probe, program.right),
  mistakes: variantsOf(program, mistakes),
};

export const epochCheck: Check = {
  id: 'p5q4.epoch',
  costly: true,
  task: 'P5.Q4',
  title: 'trainOneEpoch takes one step for every sample, in their order',
  asks: 'trainOneEpoch on nine samples and two networks.',
  points: 1.5,
  problems: [epochProblem],
  run: (context) => inPlainNumbers(context, 'p5q4', () => judgeEpoch(context)),
};

/** An epoch is judged by what it changes in every tensor, divided by the learning rate: the sum of the gradients on the way. */
async function judgeEpoch(context: CheckContext): Promise<Judgement> {
  const words = Object.entries(layerNames(3)).map(([tensor, name]) => [tensor, `What an epoch changes in ${name}`]);
  const judgement = firstWrong(await evaluate(context, epochProblem), Object.fromEntries(words));
  if (judgement.earned === 1) return judgement;
  return (await isOwnLoop(context)) ? pass({ followThrough: ownLoop }) : judgement;
}

/** The network after trainOneSample for every sample, called from here. */
async function epochByHand(guest: Guest, { net, X, Y, lr }: EpochProbe): Promise<Value> {
  const kept = await guest.make(netArg(net));
  for (const [i, x] of X.entries()) {
    await guest.call({ module: 'p5q3', name: 'trainOneSample' }, [kept, arrayOf(x), Y[i]!, lr]);
  }
  return netInside(guest, kept.id);
}

export const ownLoop =
  'It calls your trainOneSample once for every sample, in their order; mistakes there are paid for in P5.Q3.';

/** Whether trainOneSample is right, in its first step and in later ones. */
export const stepsAreRight = async (context: CheckContext): Promise<boolean> =>
  (await isRight(() => evaluate(context, stepProblem))) && (await isRight(() => evaluate(context, laterProblem)));

/** Whether trainOneSample is wrong, and an epoch is what it gives when the grader calls it sample after sample. */
export const isOwnLoop = (context: CheckContext): Promise<boolean> =>
  context.oncePerSubmission('P5.Q4/own loop', async () => {
    if (await stepsAreRight(context)) return false;
    return loopsAgree(context, epochProblem, stepBand, async (probe) => {
      const answerOf = (value: Value) => {
        const reading = epochProblem.read({ value }, probe);
        return 'answer' in reading ? reading.answer : undefined;
      };
      const theirs = answerOf(await callEpoch(await anew(context), probe));
      return [theirs, answerOf(await epochByHand(await anew(context), probe))];
    });
  });
