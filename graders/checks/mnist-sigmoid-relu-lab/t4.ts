/**
 * Task T4: the network with rectified hidden units, and a learning rate with which it learns. 2 marks by program, 1 by a person.
 *
 *   asked   fRelu and its derivative on matrices; a forward pass, gradients and small trainings of the class with weights of the
 *           grader's; the run in answers.json, whose learning rate the grader tries as well
 *   right   max(0, x) with slope 1 or 0 (at 0 any between them); the softmax stays at the output; gradients of the summed
 *           cross-entropy; a rate that leads to 0.8 or more, and the accuracy that it leads to
 *   costs   a quarter of a mark for each check below, the gradients below the last layer a half; a network that is right with the
 *           student's own wrong fRelu, and a run that is right with their own wrong network, are not charged twice
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { judgeMatrix, judgeSlope } from '../../kinds/elementwise.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { reluProblem, reluSlopeProblem } from './activations.ts';
import type { ReportedRun } from '../../kinds/reported-run.ts';
import { claimOf, epochsOf, inconsistent, invented, judgeReported, outcomes, short } from './claims.ts';
import { forwardProblem, gradientProblem } from './network-problems.ts';
import { ownRunAgrees } from './own-run.ts';
import type { OwnActivation } from '../../kinds/own-activation.ts';
import { followingOwnActivation } from '../../kinds/own-activation.ts';
import { judgeOwnTraining } from '../../kinds/own-steps.ts';
import { followingOwnForward } from './own-forward.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { unlessStopped } from '../../stopped.ts';

const module = 't4';
const network = { module, name: 'MultiLayerPerceptronRelu' } as const;

const reluForward = forwardProblem('T4.forward', network, 'relu');
const reluGradients = gradientProblem('T4.gradients', network, 'relu');

const ownForward = {
  ...{ network, forward: reluForward, gradients: reluGradients },
  ...{ paidIn: 'T4 (forwardPropagate)', given: 'hidden-sigmoid' },
};

/** A rectifier that is the sigmoid again is none of the student's own. */
const ownRelu: OwnActivation = { of: reluProblem, slope: reluSlopeProblem, others: ['sigmoid', 'sigmoid-slope'] };

/** Twenty runs of the grader with learning rate 0.005 end between 0.950 and 0.982. */
const slack = 0.03;
/** With 0.05 none of them leaves chance. */
const learned = 0.8;

export const checks: Check[] = [
  {
    id: 'T4.relu',
    task: 'T4',
    title: 'fRelu is max(0, x) of every number',
    asks: 'fRelu of three matrices, and whether they are left as they were.',
    points: 0.25,
    problems: [reluProblem],
    run: (context) => judgeMatrix(context, reluProblem),
  },
  {
    id: 'T4.slope',
    task: 'T4',
    title: 'fRelu with deriv is 1 for positive and 0 for negative numbers',
    asks: 'fRelu(X, true) of three matrices, away from 0.',
    points: 0.25,
    problems: [reluSlopeProblem],
    run: judgeRectifierSlope,
  },
  {
    id: 'T4.forward',
    task: 'T4',
    title: 'The network has rectified hidden units and keeps the softmax at its output',
    asks: 'forwardPropagate of networks 7-5-6-4 and 5-8-6-3 with weights of ours.',
    points: 0.25,
    problems: [reluForward],
    run: (context) => followingOwnActivation(context, ownRelu, reluForward, ['P'], { P: 'The output' }),
  },
  {
    id: 'T4.output',
    task: 'T4',
    title: 'The gradients of the last weights are those of softmax and cross-entropy',
    asks: 'What a step takes from the weights of the same networks, after two backward passes.',
    points: 0.25,
    problems: [reluGradients],
    run: (context) => judgeGradients(context, ['W3', 'b3']),
  },
  {
    id: 'T4.hidden',
    task: 'T4',
    title: 'The gradients of the other weights come back through the rectifiers',
    asks: 'What the same step takes from the weights below.',
    points: 0.5,
    problems: [reluGradients],
    run: (context) => judgeGradients(context, ['W2', 'b2', 'W1', 'b1']),
  },
  {
    id: 'T4.rate',
    costly: true,
    task: 'T4',
    title: 'The learning rate is one with which the network learns',
    asks: 'eta under "T4" in answers.json, tried by the grader with rectified units.',
    points: 0.25,
    run: judgeRate,
  },
  {
    id: 'T4.accuracy',
    costly: true,
    task: 'T4',
    title: 'evaluate trains with every batch, and the reported accuracy is what this learning rate leads to',
    asks: `Two trainings of small networks with weights of ours, beside steps of the same network; testAccuracy under "T4", compared with the grader's own trainings up to ${slack}.`,
    points: 0.25,
    run: judgeAccuracy,
  },
];

/** The derivative of the rectifier, or of the student's own fRelu, which has then lost its marks. */
async function judgeRectifierSlope(context: CheckContext): Promise<Judgement> {
  const byOracle = judgeTensor(await evaluate(context, reluSlopeProblem), 'values', 'The result of fRelu(X, true)');
  if (byOracle.earned === 1) return (await judgeKink(context)) ?? byOracle;
  const own = { problem: reluProblem, form: 'bent', task: 'the check of fRelu above' } as const;
  return judgeSlope(context, byOracle, reluSlopeProblem, own);
}

/** At 0 every slope from 0 to 1 is right; undefined where there is one. */
async function judgeKink(context: CheckContext): Promise<Judgement | undefined> {
  const { value } = await (await context.guest()).call(reluSlopeProblem.target, [arrayOf([[0, -0, 0]]), true]);
  const slopes = [...(arrayFrom(value)?.data ?? [])];
  if (slopes.length === 3 && slopes.every((slope) => slope >= 0 && slope <= 1)) return undefined;
  return fail({
    says: 'At 0 itself fRelu(X, true) gives no slope.',
    asked: 'fRelu([[0, −0, 0]], true)',
    yours: slopes.length === 3 ? slopes.join(', ') : inWords(value),
    expected: '0 or 1 for each',
    hint: 'x/|x| is not a number at 0: compare x with 0 instead.',
  });
}

const names = {
  W3: '∂L/∂W of the last weights',
  b3: '∂L/∂b of the output layer',
  W2: '∂L/∂W of the second weights',
  b2: '∂L/∂b of the second hidden layer',
  W1: '∂L/∂W of the first weights',
  b1: '∂L/∂b of the first hidden layer',
};

/** Gradients of a forward pass that is wrong say nothing about the backward pass: the place to look is the first of the two. */
async function judgeGradients(context: CheckContext, tensors: readonly string[]): Promise<Judgement> {
  const byActivation = await followingOwnActivation(context, ownRelu, reluGradients, tensors, names);
  const judgement = await followingOwnForward(context, byActivation, tensors, ownForward);
  const { diagnosis } = judgement;
  if (diagnosis?.certainty !== 'unknown') return judgement;
  const isForwardRight = await unlessStopped(
    async () => (await evaluate(context, reluForward)).tensors['P']!.accepted,
    false,
  );
  if (isForwardRight) return judgement;
  const says = 'What forwardPropagate gives is already wrong, and the gradients follow from it: mend that first.';
  return { ...judgement, diagnosis: { ...diagnosis, says } };
}

/** What the grader's own runs have in common with the reported one. */
const settings = (claim: ReportedRun) => ({ hidden: 'relu', initSd: 0.05, eta: clipped(claim) }) as const;
const clipped = ({ eta }: ReportedRun) => Math.min(10, Math.max(0, eta));

async function judgeRate(context: CheckContext): Promise<Judgement> {
  const claim = claimOf(context, 'T4');
  const replay = { ...settings(claim), epochs: epochsOf(claim) };
  const seen = await outcomes(context, replay, (accuracy) => accuracy >= learned);
  if ('found' in seen) return pass({ notes: [`with ${replay.eta} the grader reaches ${short(seen.found)}`] });
  return fail({
    says: 'With this learning rate the network with rectified units does not learn.',
    asked: `784-30-30-10, batches of 100, learning rate ${replay.eta}, ${replay.epochs} epochs`,
    yours: `test accuracy ${seen.instead.map(short).join(' to ')}`,
    expected: `${learned} or more`,
    hint: 'Rectified units are unbounded: try smaller learning rates than for sigmoids.',
  });
}

async function judgeAccuracy(context: CheckContext): Promise<Judgement> {
  const claim = claimOf(context, 'T4');
  const training = await judgeOwnTraining(context, 'T4', network);
  if (training.earned < 1) return training;
  const finding = inconsistent(claim) ?? invented(claim);
  if (finding !== undefined) return fail(finding);
  const judgement = await judgeReported(context, claim, {
    ...settings(claim),
    slack,
    words: {
      says: 'With this learning rate the test accuracy is another one.',
      asked: String(claim.eta),
      room: 'other first weights move it by up to 0.03',
      hint: 'Report rate and accuracy of one and the same run.',
    },
  });
  if (judgement.earned === 1) return judgement;
  if (await ownRunAgrees(context, [reluProblem, reluSlopeProblem, reluForward, reluGradients], network, claim, slack)) {
    return pass({ followThrough: 'It is what your own network leads to; its mistakes are paid for above.' });
  }
  return judgement;
}
