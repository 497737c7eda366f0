/** Activation functions as layer objects: what their calls are worth, judged with the student's own functions where those have paid. */
import type { Check, CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Problem } from '../problem.ts';
import { evaluate, isRight, judgeTensor } from '../evaluate.ts';
import { arrayOf, rowsOf, zipArrays } from '../numerics/arrays.ts';
import { judgeBothSides } from '../two-sided.ts';
import { arrayFrom } from '../values.ts';
import type { ActivationLayer, ActivationProblems } from './activation-layer.ts';
import type { ElementwiseProblem } from './elementwise.ts';
import type { LayerBatch } from './layer-question.ts';
import { changes, halfIfChanging } from '../changed-arguments.ts';
import { judgeLayerAtKink } from './kink.ts';
import { makeLayer } from './layer-calls.ts';
import { followingOwn, isConstant, ownArray } from './own-functions.ts';
import { unlessStopped } from '../stopped.ts';
import { callMethod } from './student-objects.ts';

/** The checks of one layer: its output, its gradient, and a step that has nothing to do. */
export const activationChecks = (
  { layer, forward, backward }: ActivationProblems,
  points: { forward: number; backward: number; step: number },
): Check[] => [
  {
    id: `${layer.task}.forward`,
    task: layer.task,
    title: `forward is ${layer.own.f.target.name} of every number`,
    asks: 'Three mini-batches of different sizes, the last of one example.',
    points: points.forward,
    problems: [forward],
    run: (context) => judgeForward(context, layer, forward),
  },
  {
    id: `${layer.task}.backward`,
    task: layer.task,
    title: 'backward is dy times the derivative at the input',
    asks: 'Three mini-batches of different sizes with a random dy, after another mini-batch has gone through the same layer.',
    points: points.backward,
    problems: [backward],
    run: (context) => judgeBackward(context, layer, forward, backward),
  },
  {
    id: `${layer.task}.step`,
    task: layer.task,
    title: 'step can be called and changes nothing',
    asks: 'forward before and after a step.',
    points: points.step,
    run: (context) => judgeStep(context, layer, forward),
  },
];

async function judgeForward(
  context: CheckContext,
  layer: ActivationLayer,
  forward: Problem<LayerBatch>,
): Promise<Judgement> {
  const judgement = await followed(context, layer, forward, 'y', async ({ x }) => {
    const y = await ownArray(context, layer.own.f, [arrayOf(x)]);
    if (y === undefined) return undefined;
    const straight = isConstant(y) || isConstant(zipArrays(y, arrayOf(x), (a, b) => a - b));
    return straight && !(await isRight(() => evaluate(context, layer.own.slope))) ? undefined : { y };
  });
  return unlessChanging(context, layer, judgement, 'forward', [arrayOf(context.probes(forward)[0]!.x)], layer.own.f);
}

/** Half for a call that changes what it is given, unless the student's own function, which it may use, does. */
function unlessChanging(
  context: CheckContext,
  layer: ActivationLayer,
  judgement: Judgement,
  method: 'forward' | 'backward',
  args: readonly NdArray[],
  { target }: ElementwiseProblem,
): Promise<Judgement> {
  return halfIfChanging(context, judgement, {
    name: `${method} of ${layer.name}`,
    args,
    call: async (guest, options) => guest.call({ handle: await makeLayer(guest, layer), method }, args, options),
    own: {
      name: target.name,
      task: layer.own.task,
      changes: () => changes(context, [args[0]!], (guest, told) => guest.call(target, [args[0]!], told)),
    },
  });
}

async function followed(
  context: CheckContext,
  layer: ActivationLayer,
  problem: Problem<LayerBatch>,
  name: string,
  own: Parameters<typeof followingOwn<LayerBatch>>[4],
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, problem), name, name === 'y' ? 'The output' : 'The gradient');
  const says = `It is what your own functions of ${layer.own.task} lead to; a mistake there is paid for there.`;
  return followingOwn(judgement, context, problem, name, own, says);
}

/** Right with the student's own derivative, or for the layer's own forward pass, which has then lost its marks. */
async function judgeBackward(
  context: CheckContext,
  layer: ActivationLayer,
  forward: Problem<LayerBatch>,
  backward: Problem<LayerBatch>,
): Promise<Judgement> {
  const byOracle = await followed(context, layer, backward, 'dx', async ({ x, dy }) => {
    const slopes = await ownArray(context, layer.own.slope, [arrayOf(x)]);
    const shown = slopes && (!isConstant(slopes) || (await isRight(() => evaluate(context, layer.own.f))));
    return shown ? { dx: zipArrays(slopes, arrayOf(dy), (slope, gradient) => slope * gradient) } : undefined;
  });
  const judgement = await judgeBothSides(context, byOracle, {
    backward,
    forward,
    output: 'y',
    form: layer.form,
    inputs: ({ x }) => ({ dx: arrayOf(x) }),
    at: (probe, { dx }) => ({ ...probe, x: rowsOf(dx!) }),
    upstream: ({ dy }) => arrayOf(dy),
    paidIn: `${layer.task} (forward)`,
  });
  const { x, dy } = context.probes(backward)[0]!;
  const args = [arrayOf(x), arrayOf(dy)];
  const pure = await unlessChanging(context, layer, judgement, 'backward', args, layer.own.slope);
  return layer.form === 'bent' ? judgeLayerAtKink(context, pure, layer) : pure;
}

/** A forward pass that fails is judged elsewhere; here it only means that there is nothing to compare. */
async function judgeStep(
  context: CheckContext,
  layer: ActivationLayer,
  forward: Problem<LayerBatch>,
): Promise<Judgement> {
  const guest = await context.guest();
  const made = await makeLayer(guest, layer);
  const x = arrayOf(context.probes(forward)[0]!.x);
  const before = await outputOf(guest, made, x);
  await callMethod(guest, made, 'step', [0.1]);
  const after = await outputOf(guest, made, x);
  const same = before === undefined || before.data.every((v, i) => Object.is(v, after?.data[i]));
  return same ? pass() : fail({ says: 'forward gives other values after a step, though there is nothing to learn.' });
}

const outputOf = (guest: Guest, layer: number, x: NdArray): Promise<NdArray | undefined> =>
  unlessStopped(async () => arrayFrom(await callMethod(guest, layer, 'forward', [x])), undefined);
