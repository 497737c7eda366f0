/** Questions 2.2 and 3.2: the sigmoid, forwards and backwards. 12 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt } from '../../evaluate.ts';
import { arrayOf, mapArray, rowsOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom, isArray } from '../../values.ts';
import { judgeTensor } from '../../evaluate.ts';
import { judgeKeptShape } from '../../kinds/kept-shape.ts';
import { isOwnWork } from '../../kinds/own-work.ts';
import { sigmoidBackward, sigmoidCall } from './activations.ts';
import { askActivation, backwardNames, make } from '../../kinds/layer-objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { followingOwn } from '../../kinds/own-parts.ts';

export const checks: Check[] = [
  {
    id: '2.2.values',
    task: '2.2',
    title: 'Sigmoid.call gives 1 / (1 + exp(−x)) of every entry',
    asks: 'Three matrices of different shapes.',
    points: 3,
    problems: [sigmoidCall],
    run: async (context) => judgeTensor(await evaluate(context, sigmoidCall), 'a', 'The result of Sigmoid.call'),
  },
  {
    id: '2.2.shape',
    task: '2.2',
    title: 'Sigmoid.call returns a new array in the shape of its argument',
    asks: 'One row, one column and several rows; and whether the argument is as before.',
    points: 1,
    run: (context) => judgeKeptShape(context, 'Sigmoid', (guest) => make(guest, 'Sigmoid'), sigmoidCall),
  },
  {
    id: '2.2.stable',
    task: '2.2',
    title: 'Sigmoid.call is right for very large and very small numbers',
    asks: 'σ(−800), σ(−40), σ(40) and σ(800).',
    points: 1,
    run: judgeStable,
  },
  {
    id: '3.2.values',
    task: '3.2',
    title: 'Sigmoid.backward is σ′ times the error signal, entry by entry',
    asks: 'Random pre-activations with their activations, and random error signals.',
    points: 5,
    problems: [sigmoidBackward],
    run: judgeSigmoidBackward,
  },
  {
    id: '3.2.shape',
    task: '3.2',
    title: 'Sigmoid.backward has the shape of the error signal and changes none of its arguments',
    asks: 'The shape of the result, and the three arguments after the call.',
    points: 1,
    run: judgeBackwardShape,
  },
  {
    id: '3.2.stable',
    task: '3.2',
    title: 'Sigmoid.backward is finite where the sigmoid is saturated',
    asks: 'Pre-activations −800 and 800 with activations 0 and 1.',
    points: 1,
    run: judgeSaturated,
  },
];

async function judgeStable(context: CheckContext): Promise<Judgement> {
  if (!(await isOwnWork(context, sigmoidCall, ({ z }) => [z]))) {
    return fail({ says: 'Counts once Sigmoid.call computes something that resembles the sigmoid.' });
  }
  const guest = await context.guest();
  const far = [-800, -40, 40, 800];
  const got = arrayFrom(await callAny(guest, await make(guest, 'Sigmoid'), ['call'], [arrayOf([far])]));
  // Single precision knows σ(−40) ≈ 4e-18 too; 1e-6 leaves room for programs that limit their argument.
  // Wrong values have lost their marks already: then it is enough to be finite.
  const isRight = judgeTensor(await evaluate(context, sigmoidCall), 'a', '').earned === 1;
  const isBad = (value: number, i: number) =>
    isRight ? !(Math.abs(value - (far[i]! > 0 ? 1 : 0)) < 1e-6) : !Number.isFinite(value);
  const bad = got?.data.findIndex(isBad) ?? 0;
  if (bad < 0) return pass();
  return fail({
    says: `Sigmoid.call of ${far[bad]} is not ${far[bad]! > 0 ? 1 : 0}.`,
    yours: String(got?.data[bad]),
    expected: String(far[bad]! > 0 ? 1 : 0),
    hint: 'exp(800) is infinite, and infinity over infinity is not a number: write the sigmoid as 1 / (1 + exp(−x)).',
  });
}

/** A wrong Sigmoid.call that backward uses again has lost its marks in 2.2. */
export async function judgeSigmoidBackward(context: CheckContext): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, sigmoidBackward), 'dz', 'The result of Sigmoid.backward');
  if (!(await attemptsCall(context))) return judgement;
  const followed = await followingOwn(judgement, context, {
    problem: sigmoidBackward,
    tensors: ['dz'],
    earlier: [{ task: '2.2', problem: sigmoidCall }],
    own: async (guest, { z, error }) => {
      const a = arrayFrom(await callAny(guest, await make(guest, 'Sigmoid'), ['call'], [arrayOf(z)]));
      const g = arrayOf(error);
      return a?.data.length === g.data.length
        ? { dz: mapArray(g, (value, i) => value * a.data[i]! * (1 - a.data[i]!)) }
        : undefined;
    },
  });
  return judgeBothSides(context, followed, {
    backward: sigmoidBackward,
    forward: sigmoidCall,
    output: 'a',
    form: 'curved',
    inputs: ({ z }) => ({ dz: arrayOf(z) }),
    at: (_, { dz }) => ({ z: rowsOf(dz!) }),
    upstream: ({ error }) => arrayOf(error),
    ask: (guest, { z, error }, a) => askActivation(guest, 'Sigmoid', [arrayOf(z), a, arrayOf(error)]),
    paidIn: '2.2',
  });
}

const attemptsCall = (context: CheckContext) => isAttempt(() => evaluate(context, sigmoidCall));

const attemptsBackward = (context: CheckContext) =>
  isOwnWork(context, sigmoidBackward, ({ z, a, error }) => [z, a, error]);
const needsAnAttempt = 'Counts once Sigmoid.backward computes something that resembles the derivative.';

async function judgeBackwardShape(context: CheckContext): Promise<Judgement> {
  if (!(await attemptsBackward(context))) return fail({ says: needsAnAttempt });
  const evaluation = await evaluate(context, sigmoidBackward);
  const { misread } = evaluation.tensors['dz']!;
  if (misread !== undefined) return fail(misread);
  const guest = await context.guest();
  const { z, a, error } = context.probes(sigmoidBackward)[0]!;
  const args = [arrayOf(z), arrayOf(a), arrayOf(error)];
  const sigmoid = await make(guest, 'Sigmoid');
  const method = backwardNames.find((name) => sigmoid.keys.includes(name)) ?? 'backward';
  const { argsAfter } = await guest.call({ handle: sigmoid.id, method }, args, { argsAfter: true });
  const changed = args.findIndex((arg, i) => {
    const after = argsAfter?.[i];
    return !isArray(after) || arg.data.some((value, k) => after.data[k] !== value);
  });
  if (changed < 0) return pass();
  const names = ['pre-activation', 'activation', 'error signal'];
  return fail({
    says: `Sigmoid.backward changes the ${names[changed]} that it was given.`,
    hint: 'Build a new array: the layer below and the gradient tape still need the old numbers.',
  });
}

async function judgeSaturated(context: CheckContext): Promise<Judgement> {
  if (!(await attemptsBackward(context))) return fail({ says: needsAnAttempt });
  const guest = await context.guest();
  const args = [[[-800, 800, 0]], [[0, 1, 0.5]], [[1.5, -2, 4]]].map((rows) => arrayOf(rows));
  const got = arrayFrom(await callAny(guest, await make(guest, 'Sigmoid'), backwardNames, args));
  if (got?.data.every(Number.isFinite)) return pass();
  return fail({
    says: 'Sigmoid.backward gives no finite number where the sigmoid is 0 or 1.',
    yours: [...(got?.data ?? [])].join(', '),
    expected: 'finite numbers; at 0 and 1 the derivative vanishes',
    hint: 'Write the derivative as a(1 − a) with the activation a: nothing can overflow there.',
  });
}
