/** Questions 2.4, 3.3 and 3.4: a layer, forwards and backwards. 23 marks. */
import type { Check } from '../../check.ts';
import type { Problem } from '../../problem.ts';
import { initChecks } from './layer-init.ts';
import { layerForward, sigmoidLayer, softmaxLayer, weightsBackward } from './layer-key.ts';
import type { Gradient } from './layer-own.ts';
import type { BackProbe } from './layer-question.ts';
import { judgeLayerForward, judgeWeights, judgeWhole } from './parts.ts';

const gradient = (id: string, title: string, points: number, tensor: Gradient): Check => ({
  id,
  task: '3.3',
  title,
  asks: 'Layers with 4 inputs and 3 units and with 7 inputs and 9 units, random ∂L/∂z.',
  points,
  problems: [weightsBackward],
  run: (context) => judgeWeights(context, tensor),
});

const whole = (id: string, title: string, problem: Problem<BackProbe>): Check => ({
  id,
  task: '3.4',
  title,
  asks: 'backward of layers with 4 inputs and 3 units and with 6 inputs and 8 units, random error signals.',
  points: 2.5,
  problems: [problem],
  run: (context) => judgeWhole(context, problem),
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
    run: judgeLayerForward,
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
