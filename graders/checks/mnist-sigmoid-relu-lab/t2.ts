/**
 * Task T2: `runBaseline` trains the given network and logs it, and one run of it is reported. 2 marks.
 *
 *   asked   runs on small images that nobody has seen, whose test labels are all wrong; runs that nothing can be learned in (a
 *           learning rate of 0, one image under all labels, first weights of almost 0); trainings without a hidden layer, which
 *           the grader repeats epoch by epoch; the run with 0.05 in answers.json
 *   right   every epoch trains with all training images once, a new network in every call, with the options that it gets; logs of
 *           the accuracies after each epoch; a reported run such as the grader's own end, about 0.97
 *   costs   a quarter of a mark for each check below, the reported accuracy three quarters
 */
import type { Check } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { judgeEpochs } from '../../kinds/logged-epochs-judged.ts';
import { judgeForm, judgeLearning, judgeOptions, judgeTested } from '../../kinds/logged-run.ts';
import { baseline, judgeRun } from './baseline.ts';
import { claimOf, inconsistent, invented } from './claims.ts';
import { batchedEpochs, wholeEpochs } from './epoch-problems.ts';
import { small } from './small-runs.ts';

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
    asks: `Two runs of ${small.epochs} and 3 epochs on 240 small images for training and 110 for testing, batches of 20.`,
    points: 0.25,
    run: (context) => judgeForm(context, baseline),
  },
  {
    id: 'T2.learns',
    task: 'T2',
    title: 'The network learns the training images',
    asks: `Runs of ${small.epochs} epochs with learning rate 0.1 on small images, and on one image under all labels, which cannot be learned.`,
    points: 0.25,
    costly: true,
    run: (context) => judgeLearning(context, baseline, batchedEpochs),
  },
  {
    id: 'T2.rate',
    task: 'T2',
    title: 'Every epoch trains with all images once, with the learning rate and the first weights that are asked for',
    asks: `A run of 3 epochs with learning rate 0 on small images: nothing may change. A run of ${small.epochs} epochs from first weights of almost 0: all hidden units stay alike. Runs without a hidden layer from such weights, repeated by the grader epoch by epoch.`,
    points: 0.25,
    costly: true,
    problems: [wholeEpochs, batchedEpochs],
    run: (context) => judgeOptions(context, baseline, epochs),
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
    run: (context) => judgeTested(context, baseline),
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
