/** How a regression model is compiled: by what three steps do to it, or by its description where its layers already are wrong. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, firstWrong, judgeTensor } from '../evaluate.ts';
import type { Value } from '../model/guest.ts';
import type { NetworkDescription } from '../model/network.ts';
import type { AnyProblem } from '../problem.ts';
import { ProgramStopped } from '../stopped.ts';
import { fieldOf, isHandle, itemsOf } from '../values.ts';
import { isMeanAbsoluteError } from './metric-names.ts';

/** What is asked of the student's model, and the function that builds it. */
export interface CompiledModel {
  unit: string;
  builds: string;
  features: number;
  /** What it predicts with weights of the grader's, and what steps make of them. */
  predictions: AnyProblem;
  steps: AnyProblem;
  /** SGD with Nesterov momentum. */
  optimizer: { rate: number; momentum: number };
}

type Part = 'optimizer' | 'metrics';

/** Optimiser, or loss and metric; layers that are others than asked have lost their marks elsewhere. */
export async function judgeCompiled(context: CheckContext, asked: CompiledModel, part: Part): Promise<Judgement> {
  if (!(await hasRightLayers(context, asked))) return judgeDescription(context, asked, part);
  const judgement = await judgeSteps(context, asked, part);
  return judgement.earned < 1 && (await hasAdded(context, asked)) ? judgeDescription(context, asked, part) : judgement;
}

async function judgeSteps(context: CheckContext, { steps }: CompiledModel, part: Part): Promise<Judgement> {
  const evaluation = await evaluate(context, steps);
  if (part === 'optimizer') return judgeTensor(evaluation, 'path', 'The path of the weights over three steps');
  return firstWrong(evaluation, { mse: 'The reported loss', mae: 'The reported metric' });
}

/** Whether the model that took the steps holds noise or penalties, which change them and have lost their marks. */
async function hasAdded(context: CheckContext, { steps }: CompiledModel): Promise<boolean> {
  const { value } = await context.ask(steps, context.probes(steps)[0]!);
  return (fieldOf(value, 'added') ?? '') !== '';
}

async function hasRightLayers(context: CheckContext, { predictions }: CompiledModel): Promise<boolean> {
  try {
    return Object.values((await evaluate(context, predictions)).tensors).every((tensor) => tensor.accepted);
  } catch (error) {
    if (error instanceof ProgramStopped && error.kind !== 'missing') return false;
    throw error;
  }
}

/** What the model says of itself; its steps cannot be replayed when its layers are others. */
async function judgeDescription(context: CheckContext, asked: CompiledModel, part: Part): Promise<Judgement> {
  const guest = await context.guest();
  const { value } = await guest.call({ module: asked.unit, name: asked.builds }, [asked.features], { keep: 'handle' });
  if (!isHandle(value)) return fail({ says: `${asked.builds} returns no model.` });
  const model = await guest.describe(value.id, { weights: false });
  const names = itemsOf(await guest.get(value.id, 'metricsNames')) ?? [];
  const finding = part === 'optimizer' ? wrongOptimizer(model, asked) : wrongMetrics(model, names);
  const followThrough =
    'Judged on how the model is compiled, since its layers are others; they already lost their marks.';
  return finding === undefined ? pass({ followThrough }) : fail(finding, { earned: 0, followThrough });
}

function wrongOptimizer({ optimizer }: NetworkDescription, { optimizer: asked }: CompiledModel) {
  if (optimizer === undefined) return { says: 'The model is not compiled.' };
  const { rule, learningRate = NaN, momentum = NaN, nesterov } = optimizer;
  const near = (value: number, wanted: number) => Math.abs(value / wanted - 1) < 1e-3;
  if (
    rule === 'gradient-descent' &&
    near(learningRate, asked.rate) &&
    near(momentum, asked.momentum) &&
    nesterov === true
  )
    return undefined;
  return {
    says: `The optimiser is not SGD with Nesterov momentum ${asked.momentum} and learning rate ${asked.rate}.`,
    yours: optimizer.spelled,
  };
}

const isSquaredError = (loss: string | undefined) => /^(mse|meanSquaredError)$/i.test(loss ?? '');

function wrongMetrics({ loss }: NetworkDescription, names: readonly Value[]) {
  if (!isSquaredError(loss)) return { says: 'The loss is not the mean squared error.', yours: loss ?? 'none' };
  return names.some(isMeanAbsoluteError)
    ? undefined
    : { says: 'The model is compiled without the mean absolute error as metric.' };
}
