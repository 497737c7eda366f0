/** Question 3c: gradients of the last layer, with tensor operations alone. 15 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Finding, Guest, NdArray, Value } from '../../model.ts';
import { manualCheck } from '../../manual.ts';
import { isAttempt, evaluate, judgeTensor } from '../../evaluate.ts';
import { isArray, itemsOf } from '../../values.ts';
import { sameShape } from '../../numerics/arrays.ts';
import { otherLayer } from './q3c-other-layer.ts';
import { farProblem } from './q3c-far.ts';
import { gradsProblem, isReversed } from './q3c-problem.ts';
import { imagesOf, modelOf, tensorOf } from './mnist-net.ts';
import { unlessStopped } from '../../stopped.ts';

const grads = { module: 'q3c.ts', name: 'grads' } as const;

/** Style, purity and policy are worth marks only for an attempt; an empty stub has all three. */
const notJudged: Judgement = {
  earned: 0,
  skipped: 'Not judged: grads computes nothing that resembles the gradients yet.',
};

export const checks: Check[] = [
  {
    id: 'q3c.w2',
    task: 'Q3c',
    title: 'The gradient with respect to the weights is right',
    asks: 'grads on five networks of several widths, with small and large weights, one-hot and soft labels; and on one whose softmax inputs are hundreds from zero.',
    points: 5,
    problems: [gradsProblem, farProblem],
    run: judgeWeights,
  },
  {
    id: 'q3c.b2',
    task: 'Q3c',
    title: 'The gradient with respect to the bias is right',
    asks: 'grads on five networks of several widths, with small and large weights, one-hot and soft labels.',
    points: 3,
    problems: [gradsProblem],
    run: (desk) => judgeGradient(desk, 'b'),
  },
  {
    id: 'q3c.shapes',
    task: 'Q3c',
    title: 'grads returns [gradient of W, gradient of b], shaped like W and b',
    asks: 'The shapes of what grads returns, whatever the values are.',
    points: 2,
    problems: [gradsProblem],
    run: judgeShapes,
  },
  {
    id: 'q3c.policy',
    task: 'Q3c',
    title: 'Only tensor operations are used, no automatic differentiation',
    asks: 'The source of q3c.ts and of the files it imports, and what of the library the calls on the networks use.',
    points: 3,
    run: judgePolicy,
  },
  {
    id: 'q3c.pure',
    task: 'Q3c',
    title: 'grads leaves the model and its inputs as they were',
    asks: 'Inputs and labels after the call, and the same call a second time.',
    points: 1,
    run: judgePurity,
  },
  manualCheck({
    id: 'q3c.readability',
    task: 'Q3c',
    title: 'The code reads like the derivation',
    points: 1,
    text: (desk) => desk.submission.files.find((file) => file.path === grads.module)?.text,
  }),
];

/** One of the two gradients; that of another layer is called so, instead of a shape that does not fit. */
async function judgeGradient(desk: Desk, part: 'W' | 'b'): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, gradsProblem), `${part}2`, `The gradient with respect to ${part}`);
  const diagnosis = judgement.earned === 1 ? undefined : await otherLayer(desk, part);
  if (diagnosis === undefined) return judgement;
  const { hint: _, ...finding } = judgement.finding!;
  return { ...judgement, finding, diagnosis };
}

/** Share of the mark for the weights that is left to who computes the softmax by plain exponentials, or cuts its predictions. */
const nearOnly = 0.6;

/** A right gradient has to be right where the softmax is hard to compute, too; that is paid once, with the weights. */
async function judgeWeights(desk: Desk): Promise<Judgement> {
  const judgement = await judgeGradient(desk, 'W');
  if (judgement.earned < 1) return judgement;
  const evaluation = await evaluate(desk, farProblem);
  // A bias that is wrong on the other networks has paid for itself.
  const names = (await judgeGradient(desk, 'b')).earned < 1 ? (['W2'] as const) : (['W2', 'b2'] as const);
  const wrong = names
    .map((name) => judgeTensor(evaluation, name, `The gradient with respect to ${name[0]!}`))
    .find(({ earned }) => earned < 1);
  if (wrong?.finding === undefined) return judgement;
  const hint = 'Subtract the largest entry of each row before e^a, or use tf.softmax; and do not clip the predictions.';
  return { ...wrong, earned: nearOnly, finding: { ...wrong.finding, hint } };
}

/** Gradients that belong to another layer are an attempt too, whatever their shapes. */
const isTried = async (desk: Desk): Promise<boolean> =>
  (await isAttempt(() => evaluate(desk, gradsProblem))) ||
  (await unlessStopped(async () => (await otherLayer(desk, 'W')) !== undefined, false));

async function judgeShapes(desk: Desk): Promise<Judgement> {
  const { tensors } = await evaluate(desk, gradsProblem);
  const misread = Object.values(tensors).find((tensor) => tensor.misread !== undefined)?.misread;
  if (misread !== undefined) return fail(misread);
  const [net] = desk.probes(gradsProblem);
  const { value } = await desk.ask(gradsProblem, net!);
  return isReversed(value, net!)
    ? fail({ says: 'grads returns the gradient of b first: the list is [gradient of W, gradient of b].' })
    : pass();
}

async function judgePolicy(desk: Desk): Promise<Judgement> {
  if (!(await isTried(desk))) return notJudged;
  const breaches = await desk.breaches(grads.module, 'no-autodiff');
  if (breaches.length > 0) {
    return fail({
      says: breaches[0]!.message,
      yours: breaches.map((breach) => breach.excerpt).join('\n'),
      places: breaches.map((breach) => breach.place),
      hint: 'Write the gradient with tensor operations such as matMul, sub, mul, sum and softmax.',
    });
  }
  // The very calls that were judged were watched: there is no other one on which to behave.
  const { differentiated } = await evaluate(desk, gradsProblem);
  if (differentiated === undefined) return pass();
  return fail({
    says: `grads calls ${differentiated}, which this task forbids.`,
    hint: 'Write the gradient with tensor operations such as matMul, sub, mul, sum and softmax.',
  });
}

async function judgePurity(desk: Desk): Promise<Judgement> {
  if (!(await isTried(desk))) return notJudged;
  const guest = await desk.guest();
  const net = desk.probes(gradsProblem)[0]!;
  const model = await guest.make(modelOf(net));
  const before = await weightsOf(guest, model.id);
  const call = () => guest.call(grads, [model, imagesOf(net), tensorOf(net.Y)], { argsAfter: true });

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
