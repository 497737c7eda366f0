/** Whether a function that receives a model of the library leaves it and its data as they were, and keeps nothing between calls. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import type { Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { sameShape } from '../numerics/arrays.ts';
import { isArray, itemsOf } from '../values.ts';
import type { GradientsProblem } from './model-gradients.ts';
import { sentTo } from './model-gradients-question.ts';
import { imagesOf, modelOf, tensorOf } from './pixel-net.ts';

/** Inputs, labels and weights after a call, and what the same call gives a second time. */
export async function judgeUnchanged(context: CheckContext, problem: GradientsProblem): Promise<Judgement> {
  const { name } = problem.target;
  const guest = await context.guest();
  const net = context.probes(problem)[0]!;
  const model = await guest.make(modelOf(net));
  const before = await weightsOf(guest, model.id);
  const call = () => guest.call(problem.target, sentTo(net, model), { argsAfter: true });

  const first = await call();
  const [, inputs, labels] = first.argsAfter ?? [];
  const finding =
    touched(name, 'inputs', inputs, imagesOf(net)) ??
    touched(name, 'labels', labels, tensorOf(net.Y)) ??
    changedWeights(name, before, await weightsOf(guest, model.id)) ??
    differenceOf(first.value, (await call()).value);
  return finding === undefined ? pass() : fail(finding);
}

async function weightsOf(guest: Guest, model: number): Promise<NdArray[]> {
  return (await guest.describe(model)).layers.flatMap((layer) => layer.weights);
}

function touched(name: string, what: string, after: Value, before: NdArray): Finding | undefined {
  if (!isArray(after)) return { says: `${name} disposes of the ${what} that it was given.` };
  return differ(after, before) ? { says: `${name} changes the ${what} that it was given.` } : undefined;
}

function changedWeights(name: string, before: readonly NdArray[], after: readonly NdArray[]): Finding | undefined {
  const changed = before.some((weights, i) => after[i] === undefined || differ(after[i], weights));
  return changed ? { says: `${name} changes the weights of the model that it was given.` } : undefined;
}

/** Whether anything was changed, never whether it is right: an infinite number that stays is unchanged, too. */
const differ = (a: NdArray, b: NdArray): boolean =>
  !sameShape(a.shape, b.shape) ||
  a.data.some((value, i) => value !== b.data[i] && !(Number.isNaN(value) && Number.isNaN(b.data[i])));

function differenceOf(first: Value, second: Value): Finding | undefined {
  const [a, b] = [itemsOf(first) ?? [], itemsOf(second) ?? []];
  const changed = a.some((item, i) => {
    const other = b[i] ?? null;
    return !isArray(item) || !isArray(other) || differ(other, item);
  });
  return changed
    ? { says: 'The same call gives another result the second time: something is kept between calls.' }
    : undefined;
}
