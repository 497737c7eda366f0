/**
 * Question 1b: `buildModel(features)` returns a compiled regression network and `train` trains a model with early stopping.
 * 15 marks, 1 of them by a person.
 *
 *   asked   the layers of the model, its predictions and three training steps from weights of the grader's; six runs of
 *           `train` with a small model whose every epoch the grader replays; a run on a table like the housing data; the plots
 *   right   dense layers 32–16–1 with swish, swish and no activation; SGD with Nesterov momentum 0.9 and rate 0.001 on the
 *           mean squared error, the mean absolute error as metric; training that ends after `patience` epochs without a
 *           smaller validation MAE, with the weights and errors of the best epoch
 *   costs   each part by itself, as the titles below say; what follows from a part that is wrong is paid there
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import { bostonLike } from '../../data/boston-like.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, firstWrong, judgeTensor } from '../../evaluate.ts';
import type { BuiltModel } from '../../kinds/built-model.ts';
import { judgeBuilt, otherLayers } from '../../kinds/built-model.ts';
import type { CompiledModel } from '../../kinds/compiled-model.ts';
import { judgeCompiled } from '../../kinds/compiled-model.ts';
import { namingLateStart, watchedFrom } from '../../kinds/early-stopping-late-start.ts';
import { namingMargin } from '../../kinds/early-stopping-margin.ts';
import { followingOwnValidation, namingOwnValidation } from '../../kinds/early-stopping-own-validation.ts';
import { ifAllAreRestored } from '../../kinds/early-stopping-restored.ts';
import { judgeErrorCurves } from '../../kinds/error-curves.ts';
import { judgeLearning } from '../../kinds/learns-prices.ts';
import { manualCheck } from '../../manual.ts';
import { keepsByRule } from '../../mistakes/training/stopped-run.ts';
import { unlessStopped } from '../../stopped.ts';
import { modelProblem, stepsProblem, stoppingProblem } from './q1b-key.ts';
import { trainer, units } from './q1b-question.ts';

const layersFor = (features: number) => ({
  args: [features],
  layers: {
    widths: units,
    parameters: features * 32 + 32 + 32 * 16 + 16 + 16 + 1,
    features,
    says: () => `buildModel(${features}) has other layers than asked.`,
  },
});
const layers: BuiltModel = {
  unit: trainer.unit,
  builds: trainer.builds,
  calls: [layersFor(13), layersFor(7)],
  added: {
    says: 'The model holds more than the dense layers that are asked for.',
    hint: 'Build the three dense layers alone: dropout and penalties on the weights change what is trained.',
    left: 0,
  },
};
const compiled: CompiledModel = {
  unit: trainer.unit,
  builds: trainer.builds,
  features: 13,
  predictions: modelProblem,
  steps: stepsProblem,
  optimizer: { rate: 1e-3, momentum: 0.9 },
};
const rows = { train: 192, val: 64 };
/**
 * Share of the error of the constant median that may be left. The model solution on 60 tables, with an initialisation each and
 * 5 epochs: 0.32 to 0.59, mean 0.45; a network that learnt nothing stays above 1. Two initialisations may be tried.
 */
const enough = 0.7;

const file = 'plots/q1b.json';
const replayed = 'Six runs of train with a small model and data whose every epoch is known.';

export const checks: Check[] = [
  {
    id: 'q1b.layers',
    task: 'Q1b',
    title: 'The model has dense layers of 32, 16 and 1 units: 993 parameters for 13 features',
    asks: 'The layers of buildModel(13) and of buildModel(7).',
    points: 1.5,
    run: (context) => judgeBuilt(context, layers),
  },
  {
    id: 'q1b.activations',
    task: 'Q1b',
    title: 'Swish in both hidden layers, none at the output',
    asks: 'Predictions of the model with known weights.',
    points: 1.5,
    problems: [modelProblem],
    run: judgeActivations,
  },
  {
    id: 'q1b.optimizer',
    task: 'Q1b',
    title: 'SGD with Nesterov momentum 0.9 and learning rate 0.001, on the mean squared error',
    asks: 'The weights after each of three training steps on one batch, from known weights.',
    points: 2,
    problems: [stepsProblem],
    run: (context) => judgeCompiled(context, compiled, 'optimizer'),
  },
  {
    id: 'q1b.metrics',
    task: 'Q1b',
    title: 'The model reports the mean squared error as loss and the mean absolute error as metric',
    asks: 'What the model reports at each of three training steps.',
    points: 1,
    problems: [stepsProblem],
    run: (context) => judgeCompiled(context, compiled, 'metrics'),
  },
  {
    id: 'q1b.stopping',
    costly: true,
    task: 'Q1b',
    title: 'Training stops when the validation MAE has not improved for `patience` epochs, and tells the best epoch',
    asks: replayed,
    points: 2,
    problems: [stoppingProblem],
    run: async (context) =>
      followingOwnValidation(
        context,
        stoppingProblem,
        await namingMargin(
          context,
          stoppingProblem,
          await namingLateStart(
            context,
            stoppingProblem,
            firstWrong(await evaluate(context, stoppingProblem), {
              ran: 'The number of epochs run (as far as the history shows them)',
              bestEpoch: 'bestEpoch',
              stoppedEpoch: 'stoppedEpoch',
            }),
          ),
        ),
        ['ran', 'bestEpoch', 'stoppedEpoch'],
      ),
  },
  {
    id: 'q1b.history',
    costly: true,
    task: 'Q1b',
    title: 'The history holds loss and MAE of training and validation, one number an epoch',
    asks: replayed,
    points: 1,
    problems: [stoppingProblem],
    run: async (context) =>
      namingOwnValidation(
        context,
        stoppingProblem,
        firstWrong(await evaluate(context, stoppingProblem), {
          series: 'One of the series loss, valLoss, mae, valMae (relative error, 0 is right)',
        }),
      ),
  },
  {
    id: 'q1b.best',
    costly: true,
    task: 'Q1b',
    title: 'The model is left with the weights of the best epoch, and `best` holds its two errors',
    asks: `${replayed} The weights of the model afterwards, beside your bestEpoch.`,
    points: 2,
    problems: [stoppingProblem],
    run: async (context) =>
      ifAllAreRestored(
        context,
        trainer,
        await followingOwnValidation(
          context,
          stoppingProblem,
          await judgeBest(context, {
            kept: 'The epoch whose weights the model has',
            best: 'One of best.mse and best.mae (relative error for your bestEpoch, 0 is right)',
          }),
          ['kept', 'best'],
        ),
      ),
  },
  {
    id: 'q1b.learns',
    costly: true,
    task: 'Q1b',
    title: 'On data like the Boston table the trained model is far better than a constant',
    asks: 'buildModel(13) and train on 192 rows; predictions for 64 other rows.',
    points: 1,
    run: (context) =>
      judgeLearning(context, {
        trainer,
        table: bostonLike(context.random('q1b/prices'), rows.train + rows.val),
        val: rows.val,
        options: { epochs: 5, patience: 10 },
        seeds: [5, 6],
        enough,
        predictions: modelProblem,
        steps: stepsProblem,
        stopping: stoppingProblem,
      }),
  },
  {
    id: 'q1b.curves',
    task: 'Q1b',
    title: 'Two plots, MSE and MAE, each with a training and a validation curve and labelled axes',
    asks: `The data in ${file}.`,
    points: 2,
    run: (context) => judgeErrorCurves(context, file),
  },
  manualCheck({ id: 'q1b.look', task: 'Q1b', title: 'The plots are readable', points: 1 }),
];

/** Weights of another epoch are told by how far it is from the best one. */
async function judgeBest(context: CheckContext, words: Readonly<Record<string, string>>): Promise<Judgement> {
  const evaluation = await evaluate(context, stoppingProblem);
  const judgement = firstWrong(evaluation, words);
  if (judgement.earned < 1 && (await keepsByItsRule(context, evaluation))) return pass({ followThrough: byItsRule });
  const { accepted, gap } = evaluation.tensors['kept']!;
  if (accepted || gap === undefined || judgement.finding === undefined) return judgement;
  const { asked } = judgement.finding;
  return { ...judgement, finding: { says: keptInWords(gap.worst.yours), ...(asked === undefined ? {} : { asked }) } };
}

const byItsRule =
  'They are the weights of the epoch that your training takes for the best one; what is wrong with that is paid for where training stops.';

/** Whether a rule that makes training stop in another epoch has kept these weights, and the errors are those of the epoch told. */
async function keepsByItsRule(context: CheckContext, { tensors, diagnosis }: Evaluation): Promise<boolean> {
  if (tensors['ran']!.accepted || !tensors['best']!.accepted) return false;
  const known = diagnosis?.mistakes ?? [];
  if (known.length > 0 && known.every(keepsByRule)) return true;
  return (await watchedFrom(context, stoppingProblem)) !== undefined;
}

/** `offset` counts from the student's best epoch; weights of no epoch at all lie one epoch before the first. */
export function keptInWords(offset: number): string {
  const epochs = Math.abs(offset) === 1 ? '1 epoch' : `${Math.abs(offset)} epochs`;
  return offset > 0
    ? `The model holds the weights of ${epochs} after your best one.`
    : `The model holds the weights of ${epochs} before your best one, or weights of no epoch of the run.`;
}

/** Where layers of other widths do not take the grader's weights, nothing can be said about activations. */
async function judgeActivations(context: CheckContext): Promise<Judgement> {
  const judge = async () => judgeTensor(await evaluate(context, modelProblem), 'prices', 'The output of the model');
  const judgement = await unlessStopped(judge, undefined);
  if (judgement !== undefined) return judgement;
  return (await otherLayers(context, layers)) === undefined
    ? judge()
    : { earned: 0, skipped: 'Not judged: the layers are others than asked.' };
}
