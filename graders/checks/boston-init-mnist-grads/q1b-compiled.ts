/** How the model is compiled: by what three steps do to it, or by its description where its layers already are wrong. */
import type { CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Value } from '../../model/guest.ts';
import type { NetworkDescription } from '../../model/network.ts';
import { evaluate, firstWrong, judgeTensor } from '../../evaluate.ts';
import { fieldOf, isHandle, itemsOf } from '../../values.ts';
import { modelProblem } from './q1b-model.ts';
import { stepsProblem } from './q1b-steps.ts';
import { ProgramStopped } from '../../stopped.ts';

type Part = 'optimizer' | 'metrics';

export async function judgeCompiled(context: CheckContext, part: Part): Promise<Judgement> {
  if (!(await hasRightLayers(context))) return judgeDescription(context, part);
  const judgement = await judgeSteps(context, part);
  return judgement.earned < 1 && (await hasAdded(context)) ? judgeDescription(context, part) : judgement;
}

async function judgeSteps(context: CheckContext, part: Part): Promise<Judgement> {
  const evaluation = await evaluate(context, stepsProblem);
  if (part === 'optimizer') return judgeTensor(evaluation, 'path', 'The path of the weights over three steps');
  return firstWrong(evaluation, { mse: 'The reported loss', mae: 'The reported metric' });
}

/** Whether the model that took the steps holds noise or penalties, which change them and have lost their marks. */
async function hasAdded(context: CheckContext): Promise<boolean> {
  const { value } = await context.ask(stepsProblem, context.probes(stepsProblem)[0]!);
  return (fieldOf(value, 'added') ?? '') !== '';
}

async function hasRightLayers(context: CheckContext): Promise<boolean> {
  try {
    return (await evaluate(context, modelProblem)).tensors['prices']!.accepted;
  } catch (error) {
    if (error instanceof ProgramStopped && error.kind !== 'missing') return false;
    throw error;
  }
}

/** What the model says of itself; its steps cannot be replayed when its layers are others. */
async function judgeDescription(context: CheckContext, part: Part): Promise<Judgement> {
  const guest = await context.guest();
  const { value } = await guest.call({ module: 'q1b', name: 'buildModel' }, [13], { keep: 'handle' });
  if (!isHandle(value)) return fail({ says: 'buildModel returns no model.' });
  const model = await guest.describe(value.id);
  const names = itemsOf(await guest.get(value.id, 'metricsNames')) ?? [];
  const finding = part === 'optimizer' ? wrongOptimizer(model) : wrongMetrics(model, names);
  const followThrough =
    'Judged on how the model is compiled, since its layers are others; they already lost their marks.';
  return finding === undefined ? pass({ followThrough }) : fail(finding, { earned: 0, followThrough });
}

function wrongOptimizer({ optimizer }: NetworkDescription) {
  if (optimizer === undefined) return { says: 'The model is not compiled.' };
  const { rule, learningRate = NaN, momentum = NaN, nesterov } = optimizer;
  const near = (value: number, wanted: number) => Math.abs(value / wanted - 1) < 1e-3;
  if (rule === 'gradient-descent' && near(learningRate, 1e-3) && near(momentum, 0.9) && nesterov === true)
    return undefined;
  return {
    says: 'The optimiser is not SGD with Nesterov momentum 0.9 and learning rate 0.001.',
    yours: optimizer.spelled,
  };
}

const isSquaredError = (loss: string | undefined) => /^(mse|meanSquaredError)$/i.test(loss ?? '');

function wrongMetrics({ loss }: NetworkDescription, names: readonly Value[]) {
  if (!isSquaredError(loss)) return { says: 'The loss is not the mean squared error.', yours: loss ?? 'none' };
  const found = names.some((name) => typeof name === 'string' && /^(mae|meanAbsoluteError)[$\d]*$/i.test(name));
  return found ? undefined : { says: 'The model is compiled without the mean absolute error as metric.' };
}
