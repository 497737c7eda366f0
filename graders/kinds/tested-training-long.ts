/** A training on images that look like digits: its scores are recomputed from its weights, and it has to learn. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { createRandom } from '../numerics/random.ts';
import { fieldOf, inWords } from '../values.ts';
import type { DigitSamples } from './digit-samples.ts';
import { digitSamples } from './digit-samples.ts';
import type { Net } from './listed-net.ts';
import { readNet } from './listed-net.ts';
import { isOwnLoop, ownLoop } from './sample-epoch.ts';
import { scoreOf, startingNet } from './sigmoid-net.ts';
import { isOwnScore, isScore } from './tested-training-own.ts';
import type { ToldScore } from './tested-training-question.ts';
import { callTraining, epochMissing, scoresIn, scoresMissing } from './tested-training-question.ts';
import type { TestedTraining } from './tested-training.ts';

interface Run {
  scores: ToldScore[];
  net: Net | { says: string };
  returned: string;
  data: DigitSamples;
}

const sizesOf = ({ long: { side, hidden } }: TestedTraining) => [side * side, ...hidden, 10];

const untrained = (training: TestedTraining): Net =>
  startingNet(sizesOf(training), createRandom(training.long.firstWeights, `${training.asked.task} weights`));

/** One training for both checks. */
const runOnce = (context: CheckContext, training: TestedTraining): Promise<Run> =>
  context.oncePerSubmission(`${training.asked.task}/training`, async () => {
    const { asked, long } = training;
    const { images, side, epochs, lr } = long;
    const data = context.oncePerBatch(`${asked.task}/data`, () =>
      digitSamples(createRandom(2026, asked.task), images.train, images.test, side),
    );
    const value = await callTraining(await context.guest(), asked, { ...data, net: untrained(training), epochs, lr });
    const returned = fieldOf(value, 'returned');
    return {
      scores: scoresIn(returned),
      net: readNet(fieldOf(value, 'net'), sizesOf(training)),
      returned: inWords(returned),
      data,
    };
  });

/** Whether the scores are those of the networks before and after, by ours or by the student's own forward pass. */
export async function judgeLongScores(context: CheckContext, training: TestedTraining): Promise<Judgement> {
  const { asked, forward, long } = training;
  const { epochs } = long;
  const { scores, net, returned, data } = await runOnce(context, training);
  const [count, expected] = [scores.length, `a list of ${epochs + 1}`];
  if (count !== epochs + 1 && count !== epochs) {
    return fail({ says: scoresMissing(asked.name, epochs), yours: returned, expected });
  }
  if ('says' in net) return fail(net);
  const tests = [{ when: 'after the last epoch', tested: net, score: scores.at(-1)!, fault: lastFault }];
  const before = untrained(training);
  if (count > epochs) {
    tests.unshift({ when: 'before the training', tested: before, score: scores[0]!, fault: firstFault });
  } else if (isScore(scores[0]!, scoreOf(before, data.test.X, data.test.Y))) {
    return fail({ says: epochMissing(count), yours: returned, expected });
  }
  const notes = count === epochs ? ['the score before the training is left out'] : [];
  let followed = false;
  for (const { when, tested, score, fault } of tests) {
    const right = scoreOf(tested, data.test.X, data.test.Y);
    if (isScore(score, right)) continue;
    if (!(await isOwnScore(context, forward, score, tested, data.test))) {
      return fail({ ...fault, yours: inNumbers(score), expected: `${when}: ${inNumbers(right)}` });
    }
    followed = true;
  }
  const { ofDataset, task } = forward.asked;
  const followThrough = `It is what your own ${ofDataset} gives; mistakes there are paid for in ${task}.`;
  return pass(followed ? { notes, followThrough } : { notes });
}

export const lastFault = {
  says: 'The last score is not that of the network as your training leaves it.',
  hint: 'Test after the epoch, with the test samples, and change the network that was passed in.',
};
const firstFault = {
  says: 'The first score is not that of the network as it was before the training.',
  hint: 'Test once before the first epoch; then train an epoch and test, as often as there are epochs.',
};

const inNumbers = ({ averageLoss, correct }: ToldScore): string => `averageLoss ${averageLoss}, correct ${correct}`;

/** Whether the network recognises as many test images as it should, or goes through the student's own steps one by one. */
export async function judgeLongAccuracy(context: CheckContext, training: TestedTraining): Promise<Judgement> {
  const { epoch, long } = training;
  const { net, data, scores } = await runOnce(context, training);
  if ('says' in net) return fail(net);
  const { correct } = scoreOf(net, data.test.X, data.test.Y);
  const count = data.test.Y.length;
  if (correct / count >= long.goal) return pass({ notes: [`${correct} of ${count} test images are recognised`] });
  if (scores.length >= long.epochs && (await isOwnLoop(context, epoch))) return pass({ followThrough: ownLoop(epoch) });
  return fail({
    says: 'The network does not learn to recognise the test images.',
    yours: `${correct} of ${count}`,
    expected: `at least ${long.goal * count}`,
    hint: `Check the gradients first (${epoch.step.asked.task}), then whether every epoch goes through all samples.`,
  });
}
