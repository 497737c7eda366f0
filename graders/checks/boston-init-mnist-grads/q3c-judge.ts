/** Question 3c: how what `grads` returns is judged: each gradient by itself, the weights far from zero too, and their order. */
import type { CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, firstWrong, isAttempt, judgeTensor } from '../../evaluate.ts';
import { unlessStopped } from '../../stopped.ts';
import { farProblem, gradsProblem } from './q3c-key.ts';
import { otherLayer } from './q3c-other-layer.ts';
import { isReversed } from './q3c-question.ts';

const words = { W2: 'The gradient with respect to W', b2: 'The gradient with respect to b' };

/** One of the two gradients; that of another layer is called so, instead of a shape that does not fit. */
export async function judgeGradient(context: CheckContext, part: 'W' | 'b'): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, gradsProblem), `${part}2`, words[`${part}2`]);
  const diagnosis = judgement.earned === 1 ? undefined : await otherLayer(context, part);
  if (diagnosis === undefined) return judgement;
  const { hint: _, ...finding } = judgement.finding!;
  return { ...judgement, finding, diagnosis };
}

/**
 * A right gradient has to be right where the softmax is hard to compute, too; that is paid once, with the weights: who
 * computes it by plain exponentials, or cuts the predictions, is left this share.
 */
export async function judgeWeights(context: CheckContext, nearOnly: number): Promise<Judgement> {
  const judgement = await judgeGradient(context, 'W');
  if (judgement.earned < 1) return judgement;
  // A bias that is wrong on the other networks has paid for itself.
  const { W2, b2 } = words;
  const wrong = firstWrong(
    await evaluate(context, farProblem),
    (await judgeGradient(context, 'b')).earned < 1 ? { W2 } : { W2, b2 },
  );
  if (wrong.finding === undefined) return judgement;
  const hint = 'Subtract the largest entry of each row before e^a, or use tf.softmax; and do not clip the predictions.';
  return { ...wrong, earned: nearOnly, finding: { ...wrong.finding, hint } };
}

/** Gradients that belong to another layer are an attempt too, whatever their shapes. */
export const isTried = async (context: CheckContext): Promise<boolean> =>
  (await isAttempt(() => evaluate(context, gradsProblem))) ||
  (await unlessStopped(async () => (await otherLayer(context, 'W')) !== undefined, false));

export async function judgeShapes(context: CheckContext): Promise<Judgement> {
  const { tensors } = await evaluate(context, gradsProblem);
  const misread = Object.values(tensors).find((tensor) => tensor.misread !== undefined)?.misread;
  if (misread !== undefined) return fail(misread);
  const [net] = context.probes(gradsProblem);
  const { value } = await context.ask(gradsProblem, net!);
  return isReversed(value, net!)
    ? fail({ says: 'grads returns the gradient of b first: the list is [gradient of W, gradient of b].' })
    : pass();
}
