/** Follow-through in Problem 5, Question 4: loops that are right around the student's own wrong steps, and scores of own networks. */
import type { Desk } from '../../check.ts';
import { evaluate, isRight } from '../../evaluate.ts';
import { agree, leadsSomewhere } from '../../follow-through.ts';
import type { Guest, Value } from '../../model.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';
import { fieldOf, itemsOf, numberOf } from '../../values.ts';
import { epochProblem } from './p5q4-epoch.ts';
import type { EpochProbe } from './p5q4-epoch.ts';
import { callTraining, runProblem } from './p5q4-run.ts';
import type { RunProbe } from './p5q4-run.ts';
import { netArg, netInside, readNet, readStep, sizesOf, stepBand } from '../../kinds/listed-net.ts';
import { scoreOf } from './p5-net.ts';
import type { Net } from '../../kinds/listed-net.ts';
import type { NetScore } from './p5-net.ts';
import { scoreProblem } from './p5q2-key.ts';
import { laterProblem } from './p5q3-later-key.ts';
import { stepProblem } from './p5q3-key.ts';

export const ownLoop =
  'It calls your trainOneSample once for every sample, in their order; mistakes there are paid for in P5.Q3.';

/** Whether trainOneSample is right, in its first step and in later ones. */
const stepsAreRight = async (desk: Desk): Promise<boolean> =>
  (await isRight(() => evaluate(desk, stepProblem))) && (await isRight(() => evaluate(desk, laterProblem)));

/** Whether trainOneSample is wrong, and an epoch is what it gives when the grader calls it sample after sample. */
export const isOwnLoop = (desk: Desk): Promise<boolean> =>
  desk.share('P5.Q4/own loop', async () => {
    if (await stepsAreRight(desk)) return false;
    return allFollow(desk, epochProblem, async (probe) => {
      const epoch = epochProblem.read(await epochProblem.ask(await anew(desk), probe), probe);
      const own = epochProblem.read({ value: await epochByHand(await anew(desk), probe) }, probe);
      return 'answer' in epoch && 'answer' in own ? [epoch.answer, own.answer] : undefined;
    });
  });

/** A process that has done nothing else, with its random numbers from the start: what a program keeps is then the same twice. */
async function anew(desk: Desk): Promise<Guest> {
  const guest = await desk.guest({ fresh: true });
  await guest.seed(1);
  return guest;
}

/** Whether both answers agree at every probe of the problem, and one of them shows that something moves. */
const allFollow = <Probe>(
  desk: Desk,
  problem: Problem<Probe>,
  pair: (probe: Probe) => Promise<readonly [yours: Answer, own: Answer] | undefined>,
): Promise<boolean> =>
  unlessStopped(async () => {
    let somewhere = false;
    for (const probe of new Set(desk.probes(problem))) {
      const [yours, own] = (await pair(probe)) ?? [{}, {}];
      const names = Object.keys(own);
      if (names.length === 0 || !names.every((name) => agree(yours[name], own[name], stepBand))) return false;
      somewhere ||= leadsSomewhere(yours, own, stepBand);
    }
    return somewhere;
  }, false);

/** The network after trainOneSample for every sample, called from here. */
async function epochByHand(guest: Guest, { net, X, Y, lr }: EpochProbe): Promise<Value> {
  const kept = await guest.make(netArg(net));
  for (const [i, x] of X.entries()) {
    await guest.call({ module: 'p5q3.ts', name: 'trainOneSample' }, [kept, arrayOf(x), Y[i]!, lr]);
  }
  return netInside(guest, kept.id);
}

export const ownEpochs =
  'It goes through your own trainOneEpoch as often as asked; mistakes there are paid for in its own check.';

/** Whether trainOneEpoch (or a step of it) is wrong, and a training is what it gives when the grader calls it epoch after epoch. */
export const isOwnEpochs = (desk: Desk): Promise<boolean> =>
  desk.share('P5.Q4/own epochs', async () => {
    if ((await stepsAreRight(desk)) && (await isRight(() => evaluate(desk, epochProblem)))) return false;
    return allFollow(desk, runProblem, async (probe) => {
      const run = changes(probe, fieldOf(await callTraining(await anew(desk), probe), 'net'));
      const own = changes(probe, await trainingByHand(await anew(desk), probe));
      return run === undefined || own === undefined ? undefined : [run, own];
    });
  });

/** The network after trainOneEpoch as often as asked, called from here. */
async function trainingByHand(guest: Guest, { net, train, epochs, lr }: RunProbe): Promise<Value> {
  const kept = await guest.make(netArg(net));
  for (let epoch = 0; epoch < epochs; epoch++) {
    const sent = [kept, arrayOf(train.X), arrayOf(train.Y), lr];
    await guest.call({ module: 'p5q4.ts', name: 'trainOneEpoch' }, sent);
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
export const isOwnScore = (desk: Desk, score: Score, net: Net, test: RunProbe['test']): Promise<boolean> =>
  unlessStopped(async () => {
    const guest = await desk.guest();
    const target = { module: 'p5q2.ts', name: 'feedForwardDataset' };
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
export const areOwnScores = (desk: Desk): Promise<boolean> =>
  unlessStopped(async () => {
    for (const probe of new Set(desk.probes(runProblem))) {
      const told = scoresIn(fieldOf(await callTraining(await anew(desk), probe), 'returned'));
      const nets = [probe.net];
      for (let epochs = 1; epochs <= probe.epochs; epochs++) nets.push(await netAfter(desk, { ...probe, epochs }));
      const tested = nets.slice(-told.length);
      if (told.length < probe.epochs || told.length > probe.epochs + 1) return false;
      for (const [k, score] of told.entries()) {
        const right = scoreOf(tested[k]!, probe.test.X, probe.test.Y);
        if (!isScore(score, right) && !(await isOwnScore(desk, score, tested[k]!, probe.test))) return false;
      }
    }
    return true;
  }, false);

async function netAfter(desk: Desk, probe: RunProbe): Promise<Net> {
  const net = readNet(fieldOf(await callTraining(await anew(desk), probe), 'net'), sizesOf(probe.net));
  if ('says' in net) throw new ProgramStopped('crash', net.says);
  return net;
}

/** Whether the scores may follow something of the student's own: other weights, or a forward pass that is wrong or accepted as a reading. */
export const hasOwnParts = async (desk: Desk, weightsAreRight: boolean): Promise<boolean> =>
  !weightsAreRight ||
  (await unlessStopped(async () => (await evaluate(desk, scoreProblem)).notes.length > 0, true)) ||
  !(await isRight(() => evaluate(desk, scoreProblem)));
