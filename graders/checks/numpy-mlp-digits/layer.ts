/** Questions 2.4, 3.3 and 3.4: a layer, forwards and backwards. 23 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { evaluate, firstWrong, judgeTensor } from '../../evaluate.ts';
import type { Guest } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { arrayOf, rowsOf, sameShape, zipArrays } from '../../numerics/arrays.ts';
import type { NamedArrays } from '../../numerics/arrays.ts';
import { unlessStopped } from '../../stopped.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom, record } from '../../values.ts';
import { shapeOf } from '../../kinds/drawn-rows.ts';
import type { EarlierPart } from '../../kinds/own-parts.ts';
import { followingOwn, wrongParts } from '../../kinds/own-parts.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { softmaxBackward } from '../../../reference/oracles/layers.ts';
import { combinedProgram, preActivation, weightsProgram } from '../../mistakes/layers/dense-layer.ts';
import { cceBackward } from './cce-problems.ts';
import { judgeCombined } from './combined.ts';
import { initChecks } from './layer-init.ts';
import { layerForward, sigmoidLayer, softmaxLayer, weightsBackward } from './layer-key.ts';
import type { BackProbe } from './layer-question.ts';
import { askLayer, readLayer } from './layer-question.ts';
import { backwardNames, make, makeLayer, saysCombined, weightsBackwardNames } from './objects.ts';
import { judgeSigmoidBackward } from './sigmoid.ts';
import { sigmoidBackward, sigmoidCall, softmaxCall } from './activations.ts';

type Gradient = 'dW' | 'dB' | 'dInput';

const gradient = (id: string, title: string, points: number, tensor: Gradient): Check => ({
  id,
  task: '3.3',
  title,
  asks: 'Layers with 4 inputs and 3 units and with 7 inputs and 9 units, random ∂L/∂z.',
  points,
  problems: [weightsBackward],
  run: (desk) => judgeWeights(desk, tensor),
});

const whole = (id: string, title: string, problem: Problem<BackProbe>): Check => ({
  id,
  task: '3.4',
  title,
  asks: 'backward of layers with 4 inputs and 3 units and with 6 inputs and 8 units, random error signals.',
  points: 2.5,
  problems: [problem],
  run: (desk) => judgeWhole(desk, problem),
});

export const checks: Check[] = [
  ...initChecks,
  {
    id: '2.4.forward',
    task: '2.4',
    title: 'forward is activation(x · weights + bias)',
    asks: 'Sigmoid and softmax layers with weights and biases set by the grader, small and large.',
    points: 3,
    problems: [layerForward],
    run: judgeForward,
  },
  gradient('3.3.dW', 'weightsBackward returns dW = inputᵀ · dPre', 4, 'dW'),
  gradient('3.3.dB', 'weightsBackward returns dB, dPre added up over the examples', 2, 'dB'),
  gradient('3.3.dInput', 'weightsBackward returns dInput = dPre · weightsᵀ', 4, 'dInput'),
  whole(
    '3.4.sigmoid',
    'backward of a sigmoid layer goes through the activation, then through the weights',
    sigmoidLayer,
  ),
  whole(
    '3.4.softmax',
    'backward of a softmax layer goes through the activation, then through the weights',
    softmaxLayer,
  ),
];

/** A wrong activation object has lost its marks in 2.2 or 2.3. */
async function judgeForward(desk: Desk): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, layerForward), 'y', 'The result of forward');
  return followingOwn(judgement, desk, {
    problem: layerForward,
    tensors: ['y'],
    earlier: [
      { task: '2.2', problem: sigmoidCall },
      { task: '2.3', problem: softmaxCall },
    ],
    own: async (guest, { activation, x, W, b }) => {
      const z = arrayOf(preActivation({ x, W, b }));
      const y = arrayFrom(await callAny(guest, await make(guest, activation), ['call'], [z]));
      return y && { y };
    },
  });
}

/** What belongs to a gradient of the layer's own forward. */
const ofForward = (backward: Problem<BackProbe>, names: readonly Gradient[]) => ({
  backward,
  forward: layerForward,
  output: 'y',
  inputs: ({ W, b, x }: BackProbe): NamedArrays => {
    const all = { dW: arrayOf(W), dB: arrayOf(b), dInput: arrayOf(x) };
    return Object.fromEntries(names.map((name) => [name, all[name]]));
  },
  at: (probe: BackProbe, { dW, dB, dInput }: NamedArrays): BackProbe => ({
    ...probe,
    W: dW ? rowsOf(dW) : probe.W,
    b: dB ? [...dB.data] : probe.b,
    x: dInput ? rowsOf(dInput) : probe.x,
  }),
});

/** Before the activation: a right sigmoid behind it is taken back, ∂/∂z = ∂/∂a · a(1 − a). */
async function judgeWeights(desk: Desk, tensor: Gradient): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, weightsBackward), tensor, tensor);
  if (judgement.earned === 1 || (await wrongParts(desk, [{ task: '2.2', problem: sigmoidCall }])).length > 0) {
    return judgement;
  }
  return judgeBothSides(desk, judgement, {
    ...ofForward(weightsBackward, [tensor]),
    form: 'straight',
    upstream: ({ error }, y) => zipArrays(arrayOf(error), y, (gradient, a) => gradient / (a * (1 - a))),
    paidIn: '2.4',
  });
}

async function judgeWhole(desk: Desk, problem: Problem<BackProbe>): Promise<Judgement> {
  const evaluation = await evaluate(desk, problem);
  const names = { dW: 'dW', dB: 'dB', dInput: 'dInput' };
  const judgement = problem === softmaxLayer ? judgeCombined(evaluation, names) : firstWrong(evaluation, names);
  const tasks = problem === sigmoidLayer ? ['2.2', '3.2', '3.3'] : ['3.3'];
  const earlier = layerParts.filter(({ task }) => tasks.includes(task));
  const options = { problem, tensors: ['dW', 'dB', 'dInput'], earlier };
  const composed = await followingOwn(judgement, desk, { ...options, own: ownComposition });
  const followed = await judgeBothSides(desk, composed, {
    ...ofForward(problem, ['dW', 'dB', 'dInput']),
    form: 'curved',
    upstream: ({ error }) => arrayOf(error),
    ask: async (guest, probe, y) =>
      probe.activation === 'Softmax' && (await saysCombined(guest))
        ? { value: null }
        : askLayer(guest, probe, 'backward', y),
    paidIn: problem === sigmoidLayer ? '2.2 or 2.4' : '2.3 or 2.4',
  });
  if (problem === sigmoidLayer || !(await undeclared(desk))) return followed;
  // The softmax is then right to hand on; weights that are wrong as well have lost their marks too.
  return followingOwn(followed, desk, {
    ...options,
    earlier: [{ task: '3.1', problem: cceBackward }, ...earlier],
    own: async (guest, probe) =>
      (await ownWeights(guest, probe, probe.error)) ?? combinedProgram.run(probe, combinedProgram.right),
  });
}

/** A loss that goes through the softmax without saying so has lost its marks in 3.1; the softmax is then right to hand on. */
async function undeclared(desk: Desk): Promise<boolean> {
  return unlessStopped(async () => {
    const { diagnosis } = await evaluate(desk, cceBackward);
    return diagnosis?.mistakes.some((id) => id.startsWith('undeclared')) ?? false;
  }, false);
}

/**
 * What is behind the activation, and the student's own weightsBackward, put together. A sigmoid is the student's, whose marks
 * are in 3.2; the softmax is ours, since its marks are here. Undefined where the sigmoid gives another shape than z.
 */
async function ownComposition(guest: Guest, probe: BackProbe): Promise<Answer | undefined> {
  const dz = probe.activation === 'Softmax' ? await rightSoftmax(guest, probe) : await ownSigmoid(guest, probe);
  if (dz === undefined) return undefined;
  return (await ownWeights(guest, probe, dz)) ?? weightsProgram.run({ ...probe, error: dz }, weightsProgram.right);
}

const rightSoftmax = async (guest: Guest, { a, error }: BackProbe): Promise<number[][]> =>
  (await saysCombined(guest)) ? error : softmaxBackward(a, error);

async function ownSigmoid(guest: Guest, { z, a, error }: BackProbe): Promise<number[][] | undefined> {
  const args = [z, a, error].map((rows) => arrayOf(rows));
  const dz = arrayFrom(await callAny(guest, await make(guest, 'Sigmoid'), backwardNames, args));
  return dz !== undefined && sameShape(dz.shape, shapeOf(z)) ? rowsOf(dz) : undefined;
}

async function ownWeights(guest: Guest, probe: BackProbe, dz: number[][]): Promise<Answer | undefined> {
  const { layer, layout } = await makeLayer(guest, probe.activation, probe.W, probe.b);
  const args = [dz, probe.x, probe.z].map((rows) => arrayOf(rows));
  const got = await callAny(guest, layer, weightsBackwardNames, args);
  const { absorbed, transposed } = layout;
  const value = record({ got, absorbed, transposed });
  const read = readLayer({ value }, { ...probe, activation: 'Sigmoid' }, 'weightsBackward');
  return 'answer' in read ? read.answer : undefined;
}

/** The problems of the layer, for those that build on it. */
export const layerParts: readonly EarlierPart[] = [
  { task: '2.2', problem: sigmoidCall },
  { task: '2.3', problem: softmaxCall },
  { task: '2.4', problem: layerForward, judges: [judgeForward] },
  { task: '3.2', problem: sigmoidBackward, judges: [judgeSigmoidBackward] },
  {
    task: '3.3',
    problem: weightsBackward,
    judges: (['dW', 'dB', 'dInput'] as const).map((tensor) => (desk: Desk) => judgeWeights(desk, tensor)),
  },
  ...[sigmoidLayer, softmaxLayer].map((problem) => ({
    task: '3.4',
    problem,
    judges: [(desk: Desk) => judgeWhole(desk, problem)],
  })),
];
