/** Questions 2.2 and 3.2: the sigmoid, forwards and backwards. 12 marks. */
import { sigmoid } from '../../../reference/oracles/activations.ts';
import { activationBackward } from '../../../reference/oracles/layers.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt, judgeTensor } from '../../evaluate.ts';
import type { ActivationProbe, RowsProbe } from '../../kinds/activation-object-question.ts';
import { activationBackwardQuestion, activationCallQuestion } from '../../kinds/activation-object-question.ts';
import { drawActivation, judgeOfOwnCall, withZeros } from '../../kinds/activation-object.ts';
import { answerCheck } from '../../kinds/answer-check.ts';
import { farError, randomRows } from '../../kinds/drawn-rows.ts';
import { judgeKeptArguments, judgeKeptShape } from '../../kinds/kept-shape.ts';
import { askNew, backwardNames } from '../../kinds/layer-objects.ts';
import { matAnswer } from '../../kinds/named-arrays.ts';
import { followingOwn } from '../../kinds/own-parts.ts';
import { countsOnce, isOwnWork } from '../../kinds/own-work.ts';
import { sigmoidBackwards } from '../../mistakes/activations/sigmoid-slopes.ts';
import { sigmoidsOfObjects } from '../../mistakes/activations/sigmoid.ts';
import { madeOf } from '../../mistakes/wrong-function.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';

const someZ = (is: (z: number) => boolean) => (probes: readonly RowsProbe[]) =>
  probes.some(({ z }) => z.flat().some(is));

export const sigmoidCall: Problem<RowsProbe> = {
  ...activationCallQuestion('Sigmoid', 'a', {
    id: '2.2.call',
    title: 'The sigmoid of every entry',
    describe: ({ z }) => `a matrix of ${z.length}×${z[0]!.length} numbers`,
  }),
  // |z| stays below 8 or so: the sigmoid is then neither 0 nor 1 in its first digits everywhere. Once it comes near that in
  // both tails, where an argument that is cut off at 6 shows.
  probes: (random) => {
    const [near] = randomRows(random.fork('2'), 1, 4, 1.5);
    return [
      { z: randomRows(random.fork('0'), 5, 3, 1) },
      { z: randomRows(random.fork('1'), 2, 7, 2) },
      { z: [[...near!.slice(2), 0, 7.5, -7.5]] },
    ];
  },
  visits: [
    { says: 'a number far in the upper tail', holds: someZ((v) => v > 7) },
    { says: 'a number far in the lower tail', holds: someZ((v) => v < -7) },
  ],
  oracle: ({ z }) => matAnswer('a', mapMat(z, sigmoid)),
  mistakes: madeOf(
    sigmoidsOfObjects,
    ({ z }) => [arrayOf(z)],
    (a) => ({ a }),
  ),
};

const sigmoids = (z: Mat) => mapMat(z, sigmoid);

export const sigmoidBackward: Problem<ActivationProbe> = {
  ...activationBackwardQuestion('Sigmoid', {
    id: '3.2.backward',
    title: 'The gradient before the sigmoid from the one behind it',
    describe: ({ z }) => `${z.length} examples, ${z[0]!.length} units, a random error signal`,
  }),
  probes: (random) => [
    drawActivation(random.fork('a'), [5, 3], { spread: 1.5 }, sigmoids),
    drawActivation(random.fork('b'), [4, 7], { spread: 1, error: farError }, sigmoids),
    // As a loss of one class sends it back: 0 for the others.
    withZeros(drawActivation(random.fork('c'), [3, 3], { spread: 1 }, sigmoids)),
  ],
  oracle: ({ z, error }) => matAnswer('dz', activationBackward('sigmoid', z, error)),
  mistakes: madeOf(
    sigmoidBackwards,
    ({ z, a, error }) => [z, a, error].map((rows) => arrayOf(rows)),
    (dz) => ({ dz }),
  ),
  differences: { are: 'told' },
};

const attemptsBackward = (context: CheckContext) =>
  isOwnWork(context, sigmoidBackward, ({ z, a, error }) => [z, a, error]);
const likeTheDerivative = 'Sigmoid.backward computes something that resembles the derivative';

export const checks: Check[] = [
  answerCheck({
    id: '2.2.values',
    task: '2.2',
    title: 'Sigmoid.call gives 1 / (1 + exp(−x)) of every entry',
    asks: 'Three matrices of different shapes.',
    points: 3,
    problem: sigmoidCall,
    words: { a: 'The result of Sigmoid.call' },
  }),
  {
    id: '2.2.shape',
    task: '2.2',
    title: 'Sigmoid.call returns a new array in the shape of its argument',
    asks: 'One row, one column and several rows; and whether the argument is as before.',
    points: 1,
    run: judgeKeptShape('Sigmoid', sigmoidCall),
  },
  {
    id: '2.2.stable',
    task: '2.2',
    title: 'Sigmoid.call is right for very large and very small numbers',
    asks: 'σ(−800), σ(−40), σ(40) and σ(800).',
    points: 1,
    run: countsOnce(
      (context) => isOwnWork(context, sigmoidCall, ({ z }) => [z]),
      'Sigmoid.call computes something that resembles the sigmoid',
      judgeFar,
    ),
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
    run: countsOnce(attemptsBackward, likeTheDerivative, (context) =>
      judgeKeptArguments(context, 'Sigmoid', sigmoidBackward),
    ),
  },
  {
    id: '3.2.stable',
    task: '3.2',
    title: 'Sigmoid.backward is finite where the sigmoid is saturated',
    asks: 'Pre-activations −800 and 800 with activations 0 and 1.',
    points: 1,
    run: countsOnce(attemptsBackward, likeTheDerivative, judgeSaturated),
  },
];

/** Single precision knows σ(−40) ≈ 4e-18 too; 1e-6 leaves room for programs that limit their argument. */
async function judgeFar(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const far = [-800, -40, 40, 800];
  const got = await askNew(guest, 'Sigmoid', ['call'], [arrayOf([far])]);
  // Wrong values have lost their marks already: then it is enough to be finite.
  const isRight = (await evaluate(context, sigmoidCall)).tensors['a']!.accepted;
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

/** A wrong Sigmoid.call that backward uses again has lost its marks in 2.2: right is then a(1 − a) of its a, or its derivative. */
export async function judgeSigmoidBackward(context: CheckContext): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, sigmoidBackward), 'dz', 'The result of Sigmoid.backward');
  if (!(await isAttempt(() => evaluate(context, sigmoidCall)))) return judgement;
  const followed = await followingOwn(judgement, context, {
    problem: sigmoidBackward,
    tensors: ['dz'],
    earlier: [{ task: '2.2', problem: sigmoidCall }],
    own: async (guest, { z, error }) => {
      const a = await askNew(guest, 'Sigmoid', ['call'], [arrayOf(z)]);
      const g = arrayOf(error);
      return a?.data.length === g.data.length
        ? { dz: mapArray(g, (value, i) => value * a.data[i]! * (1 - a.data[i]!)) }
        : undefined;
    },
  });
  const own = { name: 'Sigmoid', backward: sigmoidBackward, call: sigmoidCall, output: 'a', paidIn: '2.2' } as const;
  return judgeOfOwnCall(context, followed, own);
}

async function judgeSaturated(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const args = [[[-800, 800, 0]], [[0, 1, 0.5]], [[1.5, -2, 4]]].map((rows) => arrayOf(rows));
  const got = await askNew(guest, 'Sigmoid', backwardNames, args);
  if (got?.data.every(Number.isFinite)) return pass();
  return fail({
    says: 'Sigmoid.backward gives no finite number where the sigmoid is 0 or 1.',
    yours: [...(got?.data ?? [])].join(', '),
    expected: 'finite numbers; at 0 and 1 the derivative vanishes',
    hint: 'Write the derivative as a(1 − a) with the activation a: nothing can overflow there.',
  });
}
