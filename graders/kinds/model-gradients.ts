/** Gradients of the last layer of a model: what is right, and how each of the two, their order and their shapes are judged. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate, firstWrong, isAttempt, judgeTensor } from '../evaluate.ts';
import type { Variant } from '../key.ts';
import { lastLayerGradients, lastLayerKey } from '../mistakes/mlp/last-layer.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';
import { itemsOf } from '../values.ts';
import type { OfFunction } from './elementwise-question.ts';
import { isReversed } from './model-gradients-question.ts';
import { otherLayer } from './other-layer.ts';
import type { NetDesign, NetProbe } from './pixel-net.ts';
import { drawNet } from './pixel-net.ts';

export type GradientsProblem = Problem<NetProbe> & OfFunction<NetProbe>;

/** The gradients of the mean cross-entropy, or of its sum, on networks of these designs. */
export const gradientsProblem = (question: OfFunction<NetProbe>, designs: readonly NetDesign[]): GradientsProblem => ({
  ...question,
  ...lastLayerKey,
  probes: (random) => designs.map((design, i) => drawNet(random.fork(`design ${i}`), design)),
  accepts: [summed((net) => net)],
});

/** "Gradients of the loss" leaves open whether that is the mean or the sum over the batch, or over what is taken of it. */
export const summed = (taken: (net: NetProbe) => NetProbe): Variant<NetProbe> => ({
  id: 'sum',
  title: 'The gradients are summed over the batch. Most texts take the mean; here both are accepted.',
  compute: (net) => lastLayerGradients({ ...taken(net), reduction: 'sum' }),
});

const words = { W2: 'The gradient with respect to W', b2: 'The gradient with respect to b' };

/** One of the two gradients; that of another layer is called so, instead of a shape that does not fit. */
export async function judgeGradient(
  context: CheckContext,
  problem: GradientsProblem,
  part: 'W' | 'b',
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, problem), `${part}2`, words[`${part}2`]);
  const diagnosis = judgement.earned === 1 ? undefined : await otherLayer(context, problem, part);
  if (diagnosis === undefined) return judgement;
  const { hint: _, ...finding } = judgement.finding!;
  return { ...judgement, finding, diagnosis };
}

/**
 * The gradient of the weights, which has to be right where the softmax is hard to compute (`far`), too, and that of the bias
 * with it; who computes it by plain exponentials, or cuts the predictions, is left the share `nearOnly`.
 */
export async function judgeWeights(
  context: CheckContext,
  { near, far, nearOnly }: { near: GradientsProblem; far: Problem<NetProbe>; nearOnly: number },
): Promise<Judgement> {
  const judgement = await judgeGradient(context, near, 'W');
  if (judgement.earned < 1) return judgement;
  // A bias that is wrong on the other networks has paid for itself.
  const { W2, b2 } = words;
  const wrong = firstWrong(
    await evaluate(context, far),
    (await judgeGradient(context, near, 'b')).earned < 1 ? { W2 } : { W2, b2 },
  );
  if (wrong.finding === undefined) return judgement;
  const hint = 'Subtract the largest entry of each row before e^a, or use tf.softmax; and do not clip the predictions.';
  return { ...wrong, earned: nearOnly, finding: { ...wrong.finding, hint } };
}

/** Whether the shapes are those of W and b, in this order, whatever the values are. */
export async function judgeShapes(context: CheckContext, problem: GradientsProblem): Promise<Judgement> {
  const { tensors } = await evaluate(context, problem);
  const misread = Object.values(tensors).find((tensor) => tensor.misread !== undefined)?.misread;
  if (misread !== undefined) return fail(misread);
  const [net] = context.probes(problem);
  const { value } = await context.ask(problem, net!);
  const { name } = problem.target;
  return isReversed(itemsOf(value) ?? [], net!)
    ? fail({ says: `${name} returns the gradient of b first: the list is [gradient of W, gradient of b].` })
    : pass();
}

/** What is judged where something like a gradient is computed: an empty stub keeps every rule. Gradients of another layer count. */
export const forAttempts =
  (problem: GradientsProblem, judge: (context: CheckContext, problem: GradientsProblem) => Promise<Judgement>) =>
  async (context: CheckContext): Promise<Judgement> => {
    const isTried =
      (await isAttempt(() => evaluate(context, problem))) ||
      (await unlessStopped(async () => (await otherLayer(context, problem, 'W')) !== undefined, false));
    if (isTried) return judge(context, problem);
    const skipped = `Not judged: ${problem.target.name} computes nothing that resembles the gradients yet.`;
    return { earned: 0, skipped };
  };
