/** Question 3c: the rules of the sheet beside the numbers: no automatic differentiation, and nothing that was given is changed. */
import type { CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate } from '../../evaluate.ts';
import type { Finding } from '../../model/finding.ts';
import type { Guest, Value } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { sameShape } from '../../numerics/arrays.ts';
import { isArray, itemsOf } from '../../values.ts';
import { imagesOf, modelOf, tensorOf } from '../../kinds/pixel-net.ts';
import { gradsProblem } from './q3c-key.ts';
import { grads, sentTo } from './q3c-question.ts';

const hint = 'Write the gradient with tensor operations such as matMul, sub, mul, sum and softmax.';

export async function judgePolicy(context: CheckContext): Promise<Judgement> {
  const breaches = await context.breaches(grads.module, 'no-autodiff');
  if (breaches.length > 0) {
    return fail({
      says: breaches[0]!.message,
      yours: breaches.map((breach) => breach.excerpt).join('\n'),
      places: breaches.map((breach) => breach.place),
      hint,
    });
  }
  // The very calls that were judged were watched: there is no other one on which to behave.
  const { differentiated } = await evaluate(context, gradsProblem);
  if (differentiated === undefined) return pass();
  return fail({ says: `grads calls ${differentiated}, which this task forbids.`, hint });
}

export async function judgePurity(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const net = context.probes(gradsProblem)[0]!;
  const model = await guest.make(modelOf(net));
  const before = await weightsOf(guest, model.id);
  const call = () => guest.call(grads, sentTo(net, model), { argsAfter: true });

  const first = await call();
  const [, inputs, labels] = first.argsAfter ?? [];
  const finding =
    touched('inputs', inputs, imagesOf(net)) ??
    touched('labels', labels, tensorOf(net.Y)) ??
    changedWeights(before, await weightsOf(guest, model.id)) ??
    differenceOf(first.value, (await call()).value);
  return finding === undefined ? pass() : fail(finding);
}

async function weightsOf(guest: Guest, model: number): Promise<NdArray[]> {
  return (await guest.describe(model)).layers.flatMap((layer) => layer.weights);
}

function touched(what: string, after: Value, before: NdArray): Finding | undefined {
  if (!isArray(after)) return { says: `grads disposes of the ${what} that it was given.` };
  return differ(after, before) ? { says: `grads changes the ${what} that it was given.` } : undefined;
}

function changedWeights(before: readonly NdArray[], after: readonly NdArray[]): Finding | undefined {
  const changed = before.some((weights, i) => after[i] === undefined || differ(after[i], weights));
  return changed ? { says: 'grads changes the weights of the model that it was given.' } : undefined;
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
