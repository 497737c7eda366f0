/** Follow-through in Problem 5, Question 4: loops that are right around the student's own wrong steps, and scores of own networks. */
import type { CheckContext } from '../../check.ts';
import { evaluate, isRight } from '../../evaluate.ts';
import { anew, loopsAgree } from '../../kinds/own-loop.ts';
import type { Guest, Value } from '../../model/guest.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';
import { fieldOf, itemsOf, numberOf } from '../../values.ts';
import { epochProblem, stepsAreRight } from './p5q4-epoch.ts';
import { callTraining } from './p5q4-question.ts';
import type { RunProbe } from './p5q4-question.ts';
import { runProblem } from './p5q4-run-key.ts';
import { netArg, netInside, readNet, readStep, sizesOf, stepBand } from '../../kinds/listed-net.ts';
import { scoreOf } from './p5-net.ts';
import type { Net } from '../../kinds/listed-net.ts';
import type { NetScore } from './p5-net.ts';
import { scoreProblem } from './p5q2-key.ts';

export const ownEpochs =
  'It goes through your own trainOneEpoch as often as asked; mistakes there are paid for in its own check.';

/** Whether trainOneEpoch (or a step of it) is wrong, and a training is what it gives when the grader calls it epoch after epoch. */
export const isOwnEpochs = (context: CheckContext): Promise<boolean> =>
  context.oncePerSubmission('P5.Q4/own epochs', async () => {
    if ((await stepsAreRight(context)) && (await isRight(() => evaluate(context, epochProblem)))) return false;
    return loopsAgree(context, runProblem, stepBand, async (probe) => {
      const theirs = changes(probe, fieldOf(await callTraining(await anew(context), probe), 'net'));
      return [theirs, changes(probe, await trainingByHand(await anew(context), probe))];
    });
  });

/** The network after trainOneEpoch as often as asked, called from here. */
async function trainingByHand(guest: Guest, { net, train, epochs, lr }: RunProbe): Promise<Value> {
  const kept = await guest.make(netArg(net));
  for (let epoch = 0; epoch < epochs; epoch++) {
    const sent = [kept, arrayOf(train.X), arrayOf(train.Y), lr];
    await guest.call({ module: 'p5q4', name: 'trainOneEpoch' }, sent);
  }
  return netInside(guest, kept.id);
}

function changes({ net, lr }: RunProbe, value: Value): Answer | undefined {
  const after = readNet(value, sizesOf(net));
  return 'says' in after ? undefined : readStep(net, after, lr);
}

export interface Score {
  averageLoss: number | undefined;
  correct: number | undefined;
}

export const scoresIn = (value: Value): Score[] =>
  (itemsOf(value) ?? []).map((item) => ({
    averageLoss: numberOf(fieldOf(item, 'averageLoss')),
    correct: numberOf(fieldOf(item, 'correct')),
  }));

/** Programs that score in single precision are off by less than a millionth; an invented score is not. */
const sameLoss = 1e-5;

/** Whether the score is that of this network. */
export const isScore = ({ averageLoss, correct }: Score, right: NetScore): boolean =>
  correct === right.correct &&
  (Math.abs((averageLoss ?? NaN) - right.averageLoss) <= sameLoss * right.averageLoss ||
    (averageLoss === Infinity && right.overflows));

const isSame = (yours: Score, own: Score | undefined): boolean =>
  own?.averageLoss !== undefined &&
  Number.isFinite(own.averageLoss) &&
  own.averageLoss === yours.averageLoss &&
  own.correct === yours.correct;

/** Whether a score is what the student's own feedForwardDataset says of a network. */
export const isOwnScore = (context: CheckContext, score: Score, net: Net, test: RunProbe['test']): Promise<boolean> =>
  unlessStopped(async () => {
    const guest = await context.guest();
    const target = { module: 'p5q2', name: 'feedForwardDataset' };
    const { value } = await guest.call(target, [netArg(net), arrayOf(test.X), arrayOf(test.Y)]);
    const [own] = scoresIn({ kind: 'list', items: [value] });
    return isSame(score, own);
  }, false);

export const ownScores =
  'These are the scores of the networks that your own training leaves; its mistakes are paid for where they are made.';

/**
 * Whether every score of the short trainings is that of the network which testAndTrain leaves after so many epochs, whatever
 * those epochs do: scores that follow a wrong training are right, scores that follow none are not.
 */
export const areOwnScores = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => {
    for (const probe of new Set(context.probes(runProblem))) {
      const told = scoresIn(fieldOf(await callTraining(await anew(context), probe), 'returned'));
      const nets = [probe.net];
      for (let epochs = 1; epochs <= probe.epochs; epochs++) nets.push(await netAfter(context, { ...probe, epochs }));
      const tested = nets.slice(-told.length);
      if (told.length < probe.epochs || told.length > probe.epochs + 1) return false;
      for (const [k, score] of told.entries()) {
        const right = scoreOf(tested[k]!, probe.test.X, probe.test.Y);
        if (!isScore(score, right) && !(await isOwnScore(context, score, tested[k]!, probe.test))) return false;
      }
    }
    return true;
  }, false);

async function netAfter(context: CheckContext, probe: RunProbe): Promise<Net> {
  const net = readNet(fieldOf(await callTraining(await anew(context), probe), 'net'), sizesOf(probe.net));
  if ('says' in net) throw new ProgramStopped('crash', net.says);
  return net;
}

/** Whether the scores may follow something of the student's own: other weights, or a forward pass that is wrong or accepted as a reading. */
export const hasOwnParts = async (context: CheckContext, weightsAreRight: boolean): Promise<boolean> =>
  !weightsAreRight ||
  (await unlessStopped(async () => (await evaluate(context, scoreProblem)).notes.length > 0, true)) ||
  !(await isRight(() => evaluate(context, scoreProblem)));
