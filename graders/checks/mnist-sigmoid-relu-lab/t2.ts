/** Task T2: the given network trained, and the accuracy that it reaches. 2 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Finding } from '../../model/finding.ts';
import { atChance, judgeRun, keepsNetwork, learned, smallRun, usesRate } from './baseline.ts';
import { claimOf, inconsistent, invented } from './claims.ts';
import { batchedEpochs, wholeEpochs } from './epoch-problems.ts';
import { judgeEpochs, leavesHalfOut } from '../../kinds/logged-epochs-judged.ts';
import { unlessStopped } from '../../stopped.ts';
import { inList, malformed, notFromImages } from '../../kinds/accuracy-log.ts';
import { sharesOf, small } from './small-runs.ts';

const epochs = { batched: batchedEpochs, whole: wholeEpochs };
const eta = 0.05;
/**
 * Twenty runs of the grader on the given images end between 0.962 and 0.980 (15 epochs, learning rate 0.05); after half
 * of the epochs they are below 0.95, and with 0.005 they end below 0.941.
 */
const slack = 0.02;

export const checks: Check[] = [
  {
    id: 'T2.log',
    costly: true,
    task: 'T2',
    title: 'runBaseline returns the accuracies of every epoch',
    asks: 'Two runs of 8 and 3 epochs on 240 small images for training and 110 for testing, batches of 20.',
    points: 0.25,
    run: async (context) => {
      for (const epochs of [small.epochs, 3]) {
        const says = malformed(await smallRun(context, epochs === 3 ? 0 : 0.1, epochs), epochs, sharesOf);
        if (says !== undefined) return fail({ says });
      }
      return pass();
    },
  },
  {
    id: 'T2.learns',
    task: 'T2',
    title: 'The network learns the training images',
    asks: 'Runs of 8 epochs with learning rate 0.1 on small images, and on one image under all labels, which cannot be learned.',
    points: 0.25,
    costly: true,
    run: judgeLearning,
  },
  {
    id: 'T2.rate',
    task: 'T2',
    title: 'Every epoch trains with all images once, with the learning rate and the first weights that are asked for',
    asks: 'A run of 3 epochs with learning rate 0 on small images: nothing may change. A run of 8 epochs from first weights of almost 0: all hidden units stay alike. Runs without a hidden layer from such weights, repeated by the grader epoch by epoch.',
    points: 0.25,
    costly: true,
    problems: [wholeEpochs, batchedEpochs],
    run: judgeRate,
    judgeProblems: (context) => judgeEpochs(context, epochs, ['trainAcc', 'testAcc']),
  },
  {
    id: 'T2.test',
    costly: true,
    task: 'T2',
    title: 'Test accuracies are those of the test images, which are not trained on',
    asks: 'The same run; all labels of its test set are wrong, so that a network that has learned is right about none of them.',
    points: 0.25,
    needs: ['T2.learns'],
    run: judgeTest,
  },
  {
    id: 'T2.reported',
    costly: true,
    task: 'T2',
    title: 'The reported accuracy is that of its own run',
    asks: '"T2" in answers.json: testAccuracy beside the last and the best number of testAcc.',
    points: 0.25,
    run: async (context) => {
      const claim = claimOf(context, 'T2');
      const finding = inconsistent(claim) ?? invented(claim);
      return finding === undefined ? pass() : fail(finding);
    },
  },
  {
    id: 'T2.accuracy',
    costly: true,
    task: 'T2',
    title: 'The reported accuracy is what the given network reaches',
    asks: `testAccuracy under "T2", compared with the grader's own trainings up to ${slack}.`,
    points: 0.75,
    run: async (context) => judgeRun(context, 'T2', eta, slack),
  },
];

async function judgeLearning(context: CheckContext): Promise<Judgement> {
  const { trainAcc } = await smallRun(context, 0.1);
  if (trainAcc.at(-1)! >= learned) {
    // Where the learning rate is ignored the epochs cannot be repeated, but what takes no part in them shows all the same.
    const ignoresRate = await unlessStopped(async () => !(await usesRate(context)), false);
    if (ignoresRate && (await leavesHalfOut(context, batchedEpochs))) return fail(halfUnused);
    const blank = await smallRun(context, 0.1, small.epochs, true);
    return blank.trainAcc.at(-1)! <= atChance ? pass() : fail(notFromImages(blank));
  }
  return fail({
    says: 'The network does not learn the training images.',
    yours: `training accuracy ${inList(trainAcc)}`,
    expected: `${learned} or more at the end`,
    hint: 'Train on the training images alone, each beside its own label, with the learning rate of the options.',
  });
}

const halfUnused: Finding = {
  says: 'Half of the training images take no part: with other labels for them the test accuracies stay the same.',
  hint: 'Train on all images of data.train.',
};

async function judgeRate(context: CheckContext): Promise<Judgement> {
  if (await keepsNetwork(context)) {
    return fail({
      says: 'A later call of runBaseline goes on with the network of an earlier call.',
      asked: 'learning rate 0.1, then in another call 0: nothing can be learned with 0',
      yours: `training accuracy ${inList((await smallRun(context, 0, 3)).trainAcc)} in the second call`,
      expected: 'about 0.1',
      hint: 'Build a new MultiLayerPerceptron inside of runBaseline, and keep nothing outside of it.',
    });
  }
  // Where nothing is learned, or without images, first weights show nothing, and that is paid for above.
  if (await usesRate(context)) {
    if ((await judgeLearning(context)).earned < 1) return pass();
    const weights = await judgeFirstWeights(context);
    return weights.earned < 1 ? weights : judgeEpochs(context, epochs, await seenTensors(context));
  }
  return fail({
    says: 'With learning rate 0 the accuracy changes: the learning rate of the options is not used.',
    yours: `training accuracy ${inList((await smallRun(context, 0, 3)).trainAcc)}`,
    expected: 'the same number in every epoch',
  });
}

/**
 * Hidden units that start alike learn alike: 30 runs of the grader from weights of almost 0 are right about 0.4 of the images
 * at most. It is not exactly 0, which is as good as no number to `initSd || 0.1`.
 */
async function judgeFirstWeights(context: CheckContext): Promise<Judgement> {
  const { trainAcc } = await smallRun(context, 0.1, small.epochs, false, 1e-9);
  if (!(trainAcc.at(-1)! >= learned)) return pass();
  return fail({
    says: 'With first weights of almost 0 the network learns as with any others: initSd of the options is not used.',
    asked: 'initSd 1e-9, learning rate 0.1',
    yours: `training accuracy ${inList(trainAcc)}`,
    expected: 'all hidden units alike, so that most digits cannot be told apart',
    hint: 'Hand initSd on to the network that you build.',
  });
}

/** The accuracies that are those of the images they are called after, in a log of the right length; others are paid for in their own checks. */
async function seenTensors(context: CheckContext): Promise<readonly string[]> {
  const { trainAcc, testAcc } = await smallRun(context, 0.1);
  if ([trainAcc, testAcc].some(({ length }) => length !== small.epochs)) return [];
  return (await judgeTest(context)).earned === 1 ? ['trainAcc', 'testAcc'] : ['trainAcc'];
}

async function judgeTest(context: CheckContext): Promise<Judgement> {
  const { trainAcc, testAcc } = await smallRun(context, 0.1);
  const last = testAcc.at(-1) ?? NaN;
  if (last <= atChance) return pass();
  return fail({
    says: 'The test accuracy is high although every label of the test set is wrong: the network was trained, or looked at, with other images.',
    yours: `test accuracy ${inList(testAcc)}, training accuracy ${inList(trainAcc)}`,
    expected: `${atChance} or less`,
    hint: 'Train on data.train only, and hand the batches of data.test to evaluate as test set.',
  });
}
