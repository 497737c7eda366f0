/** How a tested training is judged: the weights that its short trainings leave, the scores that they tell, and a long training. */
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import type { Evaluation } from '../evaluate.ts';
import { evaluate, firstWrong } from '../evaluate.ts';
import { miscountsEpochs } from './epoch-count.ts';
import { judgeLongAccuracy, judgeLongScores, lastFault } from './tested-training-long.ts';
import { areOwnScores, hasOwnParts, isOwnEpochs, ownEpochs, ownScores } from './tested-training-own.ts';
import type { TestedTraining } from './tested-training.ts';

const scoreTensors = ['averageLoss', 'correct'];
const weightTensors = (evaluation: Evaluation) =>
  Object.keys(evaluation.tensors).filter((name) => !scoreTensors.includes(name));

/** The first of these tensors that is wrong, or else the first. */
const worst = (
  { problem }: TestedTraining,
  evaluation: Evaluation,
  tensors: readonly string[],
  what: string,
): Judgement =>
  firstWrong(evaluation, Object.fromEntries(tensors.map((name) => [name, `${what} ${problem.names![name]}`])));

/** By the oracle alone. */
export const worstWeights = (training: TestedTraining, evaluation: Evaluation): Judgement =>
  worst(training, evaluation, weightTensors(evaluation), `What ${training.asked.name} changes in`);
/** By the oracle alone. */
export const worstScore = (training: TestedTraining, evaluation: Evaluation): Judgement =>
  worst(training, evaluation, scoreTensors, `In what ${training.asked.name} returns,`);

/** The scores: those of the short trainings, all of them and none that is made up, then those of the long one. */
export async function judgeHistory(context: CheckContext, training: TestedTraining): Promise<Judgement> {
  const short = await judgeScores(context, training);
  return short.earned < 1 ? short : judgeLongScores(context, training);
}

async function judgeScores(context: CheckContext, training: TestedTraining): Promise<Judgement> {
  const evaluation = await evaluate(context, training.problem);
  const judgement = worstScore(training, evaluation);
  if (judgement.earned === 1) return judgement;
  const weightsAreRight = weightTensors(evaluation).every((name) => evaluation.tensors[name]!.accepted);
  const follows = (await hasOwnParts(context, training, weightsAreRight)) && (await areOwnScores(context, training));
  if (follows) return pass({ followThrough: ownScores });
  return { ...judgement, finding: { hint: lastFault.hint, ...judgement.finding! } };
}

/** What the short trainings change, weight by weight, then what the long one has learned. */
export async function judgeLearning(context: CheckContext, training: TestedTraining): Promise<Judgement> {
  const replay = await judgeReplay(context, training);
  if (replay.earned < 1) return replay;
  const learning = await judgeLongAccuracy(context, training);
  return replay.followThrough === undefined || learning.earned < 1
    ? learning
    : { ...learning, followThrough: replay.followThrough };
}

/** As asked, or through the student's own epochs. */
async function judgeReplay(context: CheckContext, training: TestedTraining): Promise<Judgement> {
  const judgement = worstWeights(training, await evaluate(context, training.problem));
  if (judgement.earned === 1) return judgement;
  if (await isOwnEpochs(context, training)) return pass({ followThrough: ownEpochs(training) });
  // Who miscounts the epochs has another number of scores, or those of other networks: where that is paid for, this is not.
  if ((await miscountsEpochs(context, training)) && (await judgeHistory(context, training)).earned < 1) {
    return pass({ followThrough: 'The number of epochs is another one than asked; it is paid for with the scores.' });
  }
  return judgement;
}
