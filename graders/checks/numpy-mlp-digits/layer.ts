/** Questions 2.4, 3.3 and 3.4: a layer, forwards and backwards. 23 marks, 5 of them for a new one in layer-init.ts. */
import type { Check, CheckContext } from '../../check.ts';
import type { Gradient } from '../../kinds/dense-layer-own.ts';
import { farError } from '../../kinds/drawn-rows.ts';
import type { BackProbe, LayerProbe } from '../../kinds/dense-layer-question.ts';
import { layerBackwardQuestion, layerForwardQuestion } from '../../kinds/dense-layer-question.ts';
import { argumentsLeft, writesIntoArguments } from '../../kinds/dense-layer-arguments.ts';
import {
  asManyExamplesAsUnits,
  drawBack,
  drawLayer,
  layerBackwardKey,
  ofOneExample,
} from '../../kinds/dense-layer-key.ts';
import type { WholeLayer } from '../../kinds/dense-layer.ts';
import { gradients, judgeLayerForward, judgeWeights, judgeWhole } from '../../kinds/dense-layer.ts';
import type { ActivationName } from '../../kinds/layer-objects.ts';
import type { EarlierPart } from '../../kinds/own-parts.ts';
import type { BothWays } from '../../kinds/taped-net.ts';
import { denseForward, denseForwardMistakes, layerProgram, weightsProgram } from '../../mistakes/layers/dense-layer.ts';
import { sigmoidLayerMistakes, softmaxLayerMistakes, weightsMistakes } from '../../mistakes/layers/dense-mistakes.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { lossBackward } from './cce.ts';
import { judgeSigmoidBackward, sigmoidBackward, sigmoidCall } from './sigmoid.ts';
import { softmaxCall } from './softmax.ts';

const forward: Problem<LayerProbe> = {
  ...layerForwardQuestion({ id: '2.4.forward', title: 'A layer, forwards' }),
  probes: (random) => [
    drawLayer(random.fork('a'), 'Sigmoid', [5, 4, 3], 1),
    drawLayer(random.fork('b'), 'Sigmoid', [3, 6, 8], 3),
    drawLayer(random.fork('c'), 'Softmax', [4, 7, 5], 2),
    drawLayer(random.fork('d'), 'Softmax', ofOneExample, 1),
    drawLayer(random.fork('e'), 'Sigmoid', asManyExamplesAsUnits, 2),
  ],
  oracle: (probe) => ({ y: arrayOf(denseForward(probe)) }),
  mistakes: denseForwardMistakes,
};

const weightsBackward: Problem<BackProbe> = {
  ...layerBackwardQuestion('weightsBackward', {
    id: '3.3.weights',
    title: 'The gradients of weights, bias and input',
  }),
  ...layerBackwardKey(weightsProgram, weightsMistakes),
  probes: (random) => [
    drawBack(random.fork('a'), 'Sigmoid', [5, 4, 3], { scale: 1 }),
    drawBack(random.fork('b'), 'Sigmoid', [6, 7, 9], { scale: 4, error: farError }),
    drawBack(random.fork('c'), 'Sigmoid', ofOneExample, { scale: 1 }),
    drawBack(random.fork('d'), 'Sigmoid', asManyExamplesAsUnits, { scale: 2 }),
  ],
};

const leftByWeights = argumentsLeft(weightsBackward);

const probesOf = (activation: ActivationName) => (random: Random) => [
  drawBack(random.fork('a'), activation, [5, 4, 3], { scale: 1 }),
  drawBack(random.fork('b'), activation, [3, 6, 8], { scale: 2, error: farError }),
  drawBack(random.fork('c'), activation, ofOneExample, { scale: 1 }),
  drawBack(random.fork('d'), activation, asManyExamplesAsUnits, { scale: 1 }),
];

const sigmoidLayer: Problem<BackProbe> = {
  ...layerBackwardQuestion('backward', { id: '3.4.sigmoid', title: 'A whole Sigmoid layer, backwards' }),
  ...layerBackwardKey(layerProgram, sigmoidLayerMistakes),
  probes: probesOf('Sigmoid'),
};

const softmaxLayer: Problem<BackProbe> = {
  ...layerBackwardQuestion('backward', { id: '3.4.softmax', title: 'A whole Softmax layer, backwards' }),
  ...layerBackwardKey(layerProgram, softmaxLayerMistakes, true),
  probes: probesOf('Softmax'),
};

// What builds on what: a mistake costs its marks in the earliest of these parts.
const sigmoidPart: EarlierPart = { task: '2.2', problem: sigmoidCall };
const activationParts = [sigmoidPart, { task: '2.3', problem: softmaxCall }];

const judgeForward = (context: CheckContext) => judgeLayerForward(context, forward, activationParts);

const judgeGradient = (tensor: Gradient) => (context: CheckContext) =>
  judgeWeights(context, tensor, {
    problem: weightsBackward,
    argumentsLeft: leftByWeights,
    forward,
    sigmoid: sigmoidPart,
    paidIn: '2.4',
  });

const slopePart: EarlierPart = { task: '3.2', problem: sigmoidBackward, judges: [judgeSigmoidBackward] };
const weightsPart: EarlierPart = {
  task: '3.3',
  problem: weightsBackward,
  judges: gradients.map(judgeGradient),
  isWrongBesides: (context) => writesIntoArguments(context, leftByWeights),
};

const sigmoidWhole: WholeLayer = {
  problem: sigmoidLayer,
  forward,
  halves: [sigmoidPart, slopePart, weightsPart],
  paidIn: '2.2 or 2.4',
};

/** The softmax on its way back has its marks here. */
const softmaxWhole: WholeLayer = {
  problem: softmaxLayer,
  forward,
  halves: [weightsPart],
  paidIn: '2.3 or 2.4',
  loss: lossBackward,
};

const judgeLayer = (layer: WholeLayer) => (context: CheckContext) => judgeWhole(context, layer);

/** Layers, for networks. */
export const layers: BothWays = {
  forward: [...activationParts, { task: '2.4', problem: forward, judges: [judgeForward] }],
  backward: [
    slopePart,
    weightsPart,
    ...[sigmoidWhole, softmaxWhole].map((layer) => ({
      task: '3.4',
      problem: layer.problem,
      judges: [judgeLayer(layer)],
    })),
  ],
};

const gradient = (id: string, title: string, points: number, tensor: Gradient): Check => ({
  id,
  task: '3.3',
  title,
  asks: 'Layers of several sizes, one example and several, as many examples as units, random ∂L/∂z.',
  points,
  problems: [weightsBackward],
  run: judgeGradient(tensor),
});

const whole = (id: string, name: string, layer: WholeLayer): Check => ({
  id,
  task: '3.4',
  title: `backward of a ${name} layer goes through the activation, then through the weights`,
  asks: 'backward of layers of several sizes, for one example and several, as many examples as units, random error signals.',
  points: 2.5,
  problems: [layer.problem],
  run: judgeLayer(layer),
});

export const checks: Check[] = [
  {
    id: '2.4.forward',
    task: '2.4',
    title: 'forward is activation(x · weights + bias)',
    asks: 'Sigmoid and softmax layers with weights and biases set by the grader, small and large.',
    points: 3,
    problems: [forward],
    run: judgeForward,
  },
  gradient('3.3.dW', 'weightsBackward returns dW = inputᵀ · dPre', 4, 'dW'),
  gradient('3.3.dB', 'weightsBackward returns dB, dPre added up over the examples', 2, 'dB'),
  gradient(
    '3.3.dInput',
    'weightsBackward returns dInput = dPre · weightsᵀ, and writes into none of its arguments',
    4,
    'dInput',
  ),
  whole('3.4.sigmoid', 'sigmoid', sigmoidWhole),
  whole('3.4.softmax', 'softmax', softmaxWhole),
];
