/** An activation function as a layer object: what it computes, and what is computed in its place. */
import { activationBackward, activationForward } from '../../reference/oracles/layers.ts';
import { mapMat } from '../../reference/oracles/linear-algebra.ts';
import { activations } from '../../reference/oracles/activations.ts';
import { wrongly } from '../key.ts';
import type { Problem } from '../problem.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import type { Form } from '../two-sided.ts';
import { farError, randomRows } from './drawn-rows.ts';
import type { Rows } from './layer-calls.ts';
import type { LayerBatch } from './layer-question.ts';
import type { AskedActivation } from './activation-layer-question.ts';
import { backwardQuestion, forwardQuestion } from './activation-layer-question.ts';
import type { ElementwiseProblem } from './elementwise.ts';
import type { WrongFunction } from '../mistakes/wrong-function.ts';
import { madeOf } from '../mistakes/wrong-function.ts';
import { plainNumbers } from '../numerics/tolerance.ts';

export interface ActivationLayer extends AskedActivation {
  function: 'sigmoid' | 'relu';
  form: Form;
  /** The student's own functions and the task they belong to. */
  own: { f: ElementwiseProblem; slope: ElementwiseProblem; task: string };
  mistakes: readonly WrongFunction[];
}

export interface ActivationProblems {
  layer: ActivationLayer;
  forward: Problem<LayerBatch>;
  backward: Problem<LayerBatch>;
}

const sizes = [
  [3, 5],
  [4, 2],
  // A mini-batch of one example.
  [1, 6],
] as const;

/** Inputs of both signs, none near the kink; once what comes back is large, so that whoever limits a gradient shows it. */
function drawRows(random: Random, [rows, cols]: readonly [number, number]): { x: Rows; dy: Rows } {
  return {
    x: randomRows(random, rows, cols).map((row) => row.map((v) => v + Math.sign(v) * 0.2)),
    dy: randomRows(random, rows, cols, rows === sizes[1][0] ? farError : 1),
  };
}

const common = {
  band: plainNumbers,
  probes: (random: Random): LayerBatch[] =>
    sizes.map((size) => ({ ...drawRows(random, size), other: drawRows(random.fork(`other ${size}`), size) })),
};

/** What is asked about the layer: nothing of what is right goes into a question. */
const classOf = ({ task, module, name }: ActivationLayer): AskedActivation => ({ task, module, name });

const forwardProblem = (layer: ActivationLayer): Problem<LayerBatch> => ({
  ...forwardQuestion(classOf(layer)),
  ...common,
  oracle: ({ x }) => ({ y: arrayOf(activationForward(layer.function, x)) }),
  mistakes: [
    wrongly(
      'identity',
      'the input is handed on unchanged',
      `Apply your ${layer.own.f.target.name} to every number.`,
      ({ x }) => ({ y: arrayOf(x) }),
    ),
    wrongly(
      'slope',
      'the derivative instead of the function',
      `forward applies ${layer.own.f.target.name}; the derivative belongs to backward.`,
      ({ x }) => ({ y: arrayOf(mapMat(x, activations[layer.function].derivative)) }),
    ),
  ],
});

const backwardProblem = (layer: ActivationLayer): Problem<LayerBatch> => {
  const gradient = (x: Rows, dy: Rows) => ({ dx: arrayOf(activationBackward(layer.function, x, dy)) });
  return {
    ...backwardQuestion(classOf(layer)),
    ...common,
    oracle: ({ x, dy }) => gradient(x, dy),
    mistakes: [
      ...madeOf<LayerBatch, WrongFunction>(
        layer.mistakes,
        ({ x, dy }) => [arrayOf(x), arrayOf(dy)],
        (dx) => ({ dx }),
      ),
      wrongly(
        'other-input',
        'the input of another call is used',
        'Use the x that backward gets, not one that forward stored: other mini-batches may come in between.',
        ({ other, dy }) => gradient(other.x, dy),
      ),
    ],
    differences: { are: 'told' },
  };
};

/** The layer of this row of a table with its problems. */
export const activationLayer = (layer: ActivationLayer): ActivationProblems => ({
  layer,
  forward: forwardProblem(layer),
  backward: backwardProblem(layer),
});
