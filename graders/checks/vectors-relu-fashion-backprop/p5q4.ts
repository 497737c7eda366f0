/** Problem 5, Question 4: training for a few epochs. 3 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { createRandom } from '../../numerics/random.ts';
import { fieldOf, inWords } from '../../values.ts';
import { digitSamples } from './digit-samples.ts';
import type { DigitSamples } from './digit-samples.ts';
import { epochCheck, isOwnLoop, ownLoop } from './p5q4-epoch.ts';
import {
  areOwnScores,
  hasOwnParts,
  isOwnEpochs,
  isOwnScore,
  isScore,
  ownEpochs,
  ownScores,
  scoresIn,
} from './p5q4-own.ts';
import type { Score } from './p5q4-own.ts';
import { miscountsEpochs } from './p5q4-count.ts';
import { callTraining } from './p5q4-question.ts';
import { runProblem } from './p5q4-run-key.ts';
import { inPlainNumbers } from './plain.ts';
import { readNet } from '../../kinds/listed-net.ts';
import { scoreOf, startingNet } from './p5-net.ts';
import type { Net } from '../../kinds/listed-net.ts';

const epochs = 3;
const lr = 0.2;
/** Pixels on a side: a quarter of the numbers of the sheet's images, which are as easy to tell apart. */
const side = 14;
const sizes = [side * side, 32, 32, 10];
/** The seed of the weights with which the training begins. */
const firstWeights = 80085;

/**
 * Over 20 seeds of the first weights the model solution recognises 0.795 to 0.94 of the test images after three epochs
 * with this learning rate, and 0.075 to 0.115 before.
 */
const goal = 0.6;

export const checks: Check[] = [
  epochCheck,
  {
    id: 'p5q4.history',
    costly: true,
    problems: [runProblem],
    task: 'P5.Q4',
    title: 'testAndTrain reports the score before the training and after every epoch',
    asks: `${epochs} epochs on 400 images that look like digits, tested on 200, and short trainings of a few samples; their scores are recomputed.`,
    points: 0.5,
    run: (context) => inPlainNumbers(context, 'p5q4', () => judgeHistory(context)),
    judgeProblems: async (context) => worstScore(await evaluate(context, runProblem)),
  },
  {
    id: 'p5q4.learns',
    costly: true,
    problems: [runProblem],
    task: 'P5.Q4',
    title: `testAndTrain trains on the training samples alone, as asked, and then recognises ${100 * goal} % of the test images`,
    asks: `${epochs} epochs on 400 images that look like digits, learning rate ${lr}, pixels from 0 to 1; and short trainings of a few samples, compared weight by weight.`,
    points: 1,
    run: (context) => inPlainNumbers(context, 'p5q4', () => judgeLearning(context)),
    judgeProblems: async (context) => worstWeights(await evaluate(context, runProblem)),
  },
];

/** The first of these tensors that is wrong, or else the first. */
const worst = (evaluation: Evaluation, tensors: readonly string[], what: string): Judgement =>
  firstWrong(evaluation, Object.fromEntries(tensors.map((name) => [name, `${what} ${runProblem.names![name]}`])));

const scoreTensors = ['averageLoss', 'correct'];
const weightTensors = (evaluation: Evaluation) =>
  Object.keys(evaluation.tensors).filter((name) => !scoreTensors.includes(name));

const worstWeights = (evaluation: Evaluation) =>
  worst(evaluation, weightTensors(evaluation), 'What testAndTrain changes in');
const worstScore = (evaluation: Evaluation) => worst(evaluation, scoreTensors, 'In what testAndTrain returns,');

/** The short trainings: what they change in the weights, as asked or through the student's own epochs. */
async function judgeReplay(context: CheckContext): Promise<Judgement> {
  const evaluation = await evaluate(context, runProblem);
  const judgement = worstWeights(evaluation);
  if (judgement.earned === 1) return judgement;
  if (await isOwnEpochs(context)) return pass({ followThrough: ownEpochs });
  // Who miscounts the epochs has another number of scores, or those of other networks: where that is paid for, this is not.
  if ((await miscountsEpochs(context)) && (await judgeHistory(context)).earned < 1) {
    return pass({ followThrough: 'The number of epochs is another one than asked; it is paid for with the scores.' });
  }
  return judgement;
}

/** The scores of the short trainings: all of them, and none that is made up. */
async function judgeScores(context: CheckContext): Promise<Judgement> {
  const evaluation = await evaluate(context, runProblem);
  const judgement = worstScore(evaluation);
  if (judgement.earned === 1) return judgement;
  const weightsAreRight = weightTensors(evaluation).every((name) => evaluation.tensors[name]!.accepted);
  const follows = (await hasOwnParts(context, weightsAreRight)) && (await areOwnScores(context));
  if (follows) return pass({ followThrough: ownScores });
  return { ...judgement, finding: { hint: lastFault.hint, ...judgement.finding! } };
}

interface Run {
  scores: Score[];
  count: number;
  net: Net | { says: string };
  returned: string;
  data: DigitSamples;
}

/** One training for both checks. */
const training = (context: CheckContext): Promise<Run> =>
  context.oncePerSubmission('P5.Q4/training', async () => {
    const data = context.oncePerBatch('P5.Q4/data', () => digitSamples(createRandom(2026, 'P5.Q4'), 400, 200, side));
    const long = { ...data, net: startingNet(sizes, firstWeights), epochs, lr };
    const value = await callTraining(await context.guest(), long);
    const returned = fieldOf(value, 'returned');
    const scores = scoresIn(returned);
    return {
      scores,
      count: scores.length,
      net: readNet(fieldOf(value, 'net'), sizes),
      returned: inWords(returned),
      data,
    };
  });

async function judgeHistory(context: CheckContext): Promise<Judgement> {
  const short = await judgeScores(context);
  return short.earned < 1 ? short : judgeLongHistory(context);
}

async function judgeLongHistory(context: CheckContext): Promise<Judgement> {
  const { scores, count, net, returned, data } = await training(context);
  if (count !== epochs + 1 && count !== epochs) {
    const says = `testAndTrain should return the score before the training and after each of the ${epochs} epochs.`;
    return fail({ says, yours: returned, expected: `a list of ${epochs + 1}` });
  }
  if ('says' in net) return fail(net);
  const tests = [{ when: 'after the last epoch', tested: net, score: scores.at(-1)!, fault: lastFault }];
  const untrained = startingNet(sizes, firstWeights);
  if (count > epochs) {
    tests.unshift({ when: 'before the training', tested: untrained, score: scores[0]!, fault: firstFault });
  } else if (isScore(scores[0]!, scoreOf(untrained, data.test.X, data.test.Y))) {
    return fail({
      says: `There are ${count} scores, and the first one is from before the training: an epoch is missing.`,
      yours: returned,
      expected: `a list of ${epochs + 1}`,
    });
  }
  const notes = count === epochs ? ['the score before the training is left out'] : [];
  let followed = false;
  for (const { when, tested, score, fault } of tests) {
    const right = scoreOf(tested, data.test.X, data.test.Y);
    if (isScore(score, right)) continue;
    if (!(await isOwnScore(context, score, tested, data.test))) {
      return fail({ ...fault, yours: inNumbers(score), expected: `${when}: ${inNumbers(right)}` });
    }
    followed = true;
  }
  return pass(followed ? { notes, followThrough: ownForward } : { notes });
}

const lastFault = {
  says: 'The last score is not that of the network as your training leaves it.',
  hint: 'Test after the epoch, with the test samples, and change the network that was passed in.',
};
const firstFault = {
  says: 'The first score is not that of the network as it was before the training.',
  hint: 'Test once before the first epoch; then train an epoch and test, as often as there are epochs.',
};
const ownForward = 'It is what your own feedForwardDataset gives; mistakes there are paid for in P5.Q2.';

const inNumbers = ({ averageLoss, correct }: Score): string => `averageLoss ${averageLoss}, correct ${correct}`;

async function judgeLearning(context: CheckContext): Promise<Judgement> {
  const replay = await judgeReplay(context);
  if (replay.earned < 1) return replay;
  const learning = await judgeAccuracy(context);
  return replay.followThrough === undefined || learning.earned < 1
    ? learning
    : { ...learning, followThrough: replay.followThrough };
}

async function judgeAccuracy(context: CheckContext): Promise<Judgement> {
  const { net, data, count } = await training(context);
  if ('says' in net) return fail(net);
  const { correct } = scoreOf(net, data.test.X, data.test.Y);
  const share = correct / data.test.Y.length;
  if (share >= goal) return pass({ notes: [`${correct} of ${data.test.Y.length} test images are recognised`] });
  if (count >= epochs && (await isOwnLoop(context))) return pass({ followThrough: ownLoop });
  return fail({
    says: 'The network does not learn to recognise the test images.',
    yours: `${correct} of ${data.test.Y.length}`,
    expected: `at least ${goal * data.test.Y.length}`,
    hint: 'Check the gradients first (P5.Q3), then whether every epoch goes through all samples.',
  });
}
