/**
 * Question 3a: `buildMnistModel` and `prepare` make the model and its training tensors. 5 marks.
 *
 *   asked   the layers of the model and what it predicts with weights of the grader's; prepare on random images and labels
 *   right   28×28 images, 64 and 64 sigmoids, a softmax of 10; pixels divided by 255, labels one-hot
 *   costs   1.5 for the layers (half of it where others stand between them) and for the activations, 1 for each tensor
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { BuiltModel } from '../../kinds/built-model.ts';
import { judgeBuilt } from '../../kinds/built-model.ts';
import type { DenseLayers } from '../../kinds/dense-layers.ts';
import { halfIfArgumentsChange } from '../../kinds/record.ts';
import { modelProblem, prepareProblem } from './q3a-key.ts';
import { prepareTable } from './q3a-question.ts';
import { unlessStopped } from '../../stopped.ts';

const asked: DenseLayers = {
  widths: [64, 64, 10],
  /** 784·64 + 64, 64·64 + 64, 64·10 + 10. */
  parameters: 55_050,
  says(dense, sameWidths) {
    if (sameWidths) return 'The dense layers have the right widths, and the model has another number of parameters.';
    return dense.length === 3
      ? 'The widths of the dense layers are not 64, 64 and 10.'
      : `The model has ${dense.length} dense layers instead of three.`;
  },
  hint: '784·64 + 64, then 64·64 + 64, then 64·10 + 10: check which of the three your model does not have, and what it holds besides.',
};
const model: BuiltModel = {
  unit: 'q3a',
  builds: 'buildMnistModel',
  calls: [{ args: [], layers: asked }],
  noModel: 'buildMnistModel should return the model.',
  added: {
    says: 'The model holds more than the layers that are asked for.',
    hint: 'Flatten, three dense layers and their activations are the whole model.',
    left: 0.5,
  },
};

export const checks: Check[] = [
  {
    id: 'q3a.architecture',
    task: 'Q3a',
    title: 'The model is 784–64–64–10 with 55,050 parameters',
    asks: 'The layers of the model that buildMnistModel returns.',
    points: 1.5,
    run: judgeLayers,
  },
  {
    id: 'q3a.activations',
    task: 'Q3a',
    title: 'Sigmoid in both hidden layers, softmax at the output',
    asks: 'Predictions of the model with known weights, on four random images.',
    points: 1.5,
    problems: [modelProblem],
    run: judgeActivations,
    judgeProblems: judgeOutput,
  },
  {
    id: 'q3a.pixels',
    task: 'Q3a',
    title: 'xTrain holds the pixels divided by 255, shaped [n, 28, 28]',
    asks: 'prepare on random images and labels, all kinds of pixels and digits, and some of them only; the bytes after the call.',
    points: 1,
    problems: [prepareProblem],
    run: async (context) =>
      halfIfArgumentsChange(
        context,
        judgeTensor(await evaluate(context, prepareProblem), 'xTrain', 'xTrain'),
        prepareProblem,
        prepareTable,
        2,
      ),
  },
  {
    id: 'q3a.targets',
    task: 'Q3a',
    title: 'yTrain holds the labels one-hot, in the order of the images',
    asks: 'prepare on random images and labels, all kinds of pixels and digits, and some of them only.',
    points: 1,
    problems: [prepareProblem],
    run: async (context) => judgeTensor(await evaluate(context, prepareProblem), 'yTrain', 'yTrain'),
  },
];

/** Asked once: of the weights that another model would draw nothing is judged. */
function judgeLayers(context: CheckContext): Promise<Judgement> {
  return context.oncePerSubmission('q3a.layers', () => judgeBuilt(context, model));
}

/** Other layers do not take the grader's weights; layers beside the asked ones do not change what is predicted. */
async function judgeActivations(context: CheckContext): Promise<Judgement> {
  const { earned } = await unlessStopped(() => judgeLayers(context), { earned: 0 });
  if (earned === 0) return { earned: 0, skipped: 'Not judged: the layers of the model are others than asked.' };
  return judgeOutput(context);
}

async function judgeOutput(context: CheckContext): Promise<Judgement> {
  return judgeTensor(await evaluate(context, modelProblem), 'probabilities', 'The output of the model');
}
