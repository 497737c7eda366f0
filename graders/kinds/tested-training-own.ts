/** Follow-through of a tested training: loops that are right around the student's own wrong steps, and scores of own networks. */
import type { CheckContext } from '../check.ts';
import { evaluate, isRight } from '../evaluate.ts';
import type { Guest, Value } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Answer } from '../question.ts';
import { ProgramStopped, unlessStopped } from '../stopped.ts';
import { fieldOf } from '../values.ts';
import type { Net } from './listed-net.ts';
import { netArg, netInside, readNet, readStep, sizesOf, stepBand, targetOf } from './listed-net.ts';
import { anew, loopsAgree } from './own-loop.ts';
import { stepsAreRight } from './sample-epoch.ts';
import type { SampleScores } from './sample-scores.ts';
import type { NetScore } from './sigmoid-net.ts';
import { scoreOf } from './sigmoid-net.ts';
import type { RunProbe, ToldScore } from './tested-training-question.ts';
import { callTraining, scoresIn } from './tested-training-question.ts';
import type { TestedTraining } from './tested-training.ts';

export const ownEpochs = ({ epoch: { asked } }: TestedTraining): string =>
  `It goes through your own ${asked.name} as often as asked; mistakes there are paid for in its own check.`;

/** Whether the student's epoch (or a step of it) is wrong, and a training is what it gives when the grader calls it epoch after epoch. */
export const isOwnEpochs = (context: CheckContext, training: TestedTraining): Promise<boolean> => {
  const { asked, epoch, problem } = training;
  return context.oncePerSubmission(`${asked.task}/own epochs`, async () => {
    if ((await stepsAreRight(context, epoch.step)) && (await isRight(() => evaluate(context, epoch.problem))))
      return false;
    return loopsAgree(context, problem, stepBand, async (probe) => {
      const theirs = changes(probe, fieldOf(await callTraining(await anew(context), asked, probe), 'net'));
      return [theirs, changes(probe, await trainingByHand(await anew(context), training, probe))];
    });
  });
};

/** The network after the student's epoch as often as asked, called from here. */
async function trainingByHand(
  guest: Guest,
  { epoch }: TestedTraining,
  { net, train, epochs, lr }: RunProbe,
): Promise<Value> {
  const kept = await guest.make(netArg(net));
  for (let done = 0; done < epochs; done++) {
    await guest.call(targetOf(epoch.asked), [kept, arrayOf(train.X), arrayOf(train.Y), lr]);
  }
  return netInside(guest, kept.id);
}

function changes({ net, lr }: RunProbe, value: Value): Answer | undefined {
  const after = readNet(value, sizesOf(net));
  return 'says' in after ? undefined : readStep(net, after, lr);
}

/** Programs that score in single precision are off by less than a millionth; an invented score is not. */
const sameLoss = 1e-5;

/** Whether the score is that of this network. */
export const isScore = ({ averageLoss, correct }: ToldScore, right: NetScore): boolean =>
  correct === right.correct &&
  (Math.abs((averageLoss ?? NaN) - right.averageLoss) <= sameLoss * right.averageLoss ||
    (averageLoss === Infinity && right.overflows));

const isSame = (yours: ToldScore, own: ToldScore | undefined): boolean =>
  own?.averageLoss !== undefined &&
  Number.isFinite(own.averageLoss) &&
  own.averageLoss === yours.averageLoss &&
  own.correct === yours.correct;

/** Whether a score is what the student's own forward pass of a data set says of a network. */
export const isOwnScore = (
  context: CheckContext,
  { asked: { unit, ofDataset } }: SampleScores,
  score: ToldScore,
  net: Net,
  test: RunProbe['test'],
): Promise<boolean> =>
  unlessStopped(async () => {
    const guest = await context.guest();
    const sent = [netArg(net), arrayOf(test.X), arrayOf(test.Y)];
    const { value } = await guest.call({ module: unit, name: ofDataset }, sent);
    const [own] = scoresIn({ kind: 'list', items: [value] });
    return isSame(score, own);
  }, false);

export const ownScores =
  'These are the scores of the networks that your own training leaves; its mistakes are paid for where they are made.';

/**
 * Whether every score of the short trainings is that of the network which the training leaves after so many epochs, whatever
 * those epochs do: scores that follow a wrong training are right, scores that follow none are not.
 */
export const areOwnScores = (context: CheckContext, training: TestedTraining): Promise<boolean> =>
  unlessStopped(async () => {
    const { asked, forward, problem } = training;
    for (const probe of new Set(context.probes(problem))) {
      const told = scoresIn(fieldOf(await callTraining(await anew(context), asked, probe), 'returned'));
      const nets = [probe.net];
      for (let epochs = 1; epochs <= probe.epochs; epochs++)
        nets.push(await netAfter(context, training, { ...probe, epochs }));
      const tested = nets.slice(-told.length);
      if (told.length < probe.epochs || told.length > probe.epochs + 1) return false;
      for (const [k, score] of told.entries()) {
        const right = scoreOf(tested[k]!, probe.test.X, probe.test.Y);
        if (!isScore(score, right) && !(await isOwnScore(context, forward, score, tested[k]!, probe.test)))
          return false;
      }
    }
    return true;
  }, false);

async function netAfter(context: CheckContext, { asked }: TestedTraining, probe: RunProbe): Promise<Net> {
  const net = readNet(fieldOf(await callTraining(await anew(context), asked, probe), 'net'), sizesOf(probe.net));
  if ('says' in net) throw new ProgramStopped('crash', net.says);
  return net;
}

/** Whether the scores may follow something of the student's own: other weights, or a forward pass that is wrong or accepted as a reading. */
export const hasOwnParts = async (
  context: CheckContext,
  { forward }: TestedTraining,
  weightsAreRight: boolean,
): Promise<boolean> =>
  !weightsAreRight ||
  (await unlessStopped(async () => (await evaluate(context, forward.dataset)).notes.length > 0, true)) ||
  !(await isRight(() => evaluate(context, forward.dataset)));
