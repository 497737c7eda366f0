/** What the layers Sigmoid and ReLU compute, and what is computed in its place. */
import { relu, reluPrime, sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import { mapMat, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant } from '../../key.ts';
import { wrongly } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Form } from '../../two-sided.ts';
import { randomRows } from './layer-calls.ts';
import type { Rows } from './layer-calls.ts';
import type { LayerBatch } from '../../kinds/layer-question.ts';
import type { ActivationLayer } from './activation-question.ts';
import { backwardQuestion, forwardQuestion, reluLayer, sigmoidLayer } from './activation-question.ts';
import type { Elements } from '../../kinds/elementwise-question.ts';
import { reluGradProblem, reluProblem, sigmoidGradProblem, sigmoidProblem } from './functions.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';

export interface Layer extends ActivationLayer {
  f: (x: number) => number;
  slope: (x: number) => number;
  form: Form;
  /** The student's own functions and the task they belong to. */
  own: { module: string; name: string; f: Problem<Elements>; slope: Problem<Elements>; task: string };
  mistakes: readonly Variant<LayerBatch>[];
}

const wrong = (id: string, title: string, advice: string, dx: (x: number, dy: number) => number) =>
  wrongly<LayerBatch>(id, title, advice, ({ x, dy }) => ({ dx: arrayOf(zipMat(x, dy, dx)) }));

const otherInput = (slope: (x: number) => number) =>
  wrongly<LayerBatch>(
    'other-input',
    'the input of another call is used',
    'Use the x that backward gets, not one that forward stored: other mini-batches may come in between.',
    ({ other, dy }) => ({ dx: arrayOf(zipMat(other.x, dy, (value, gradient) => gradient * slope(value))) }),
  );

const noDy = 'Multiply by dy, the gradient that arrives from the layers behind: that is the chain rule.';

const layers: readonly Layer[] = [
  {
    ...sigmoidLayer,
    f: sigmoid,
    slope: sigmoidPrime,
    form: 'curved',
    own: { module: 'q1-2b.ts', name: 'sigmoid', f: sigmoidProblem, slope: sigmoidGradProblem, task: '1.2b' },
    mistakes: [
      wrong('no-dy', 'dy is not used', noDy, (x) => sigmoidPrime(x)),
      wrong(
        'sigma-twice',
        "σ' at the output instead of the input",
        "backward gets the input x: use σ'(x), not σ'(σ(x)).",
        (x, dy) => dy * sigmoidPrime(sigmoid(x)),
      ),
      wrong('forward-again', 'dy times σ(x)', "Multiply dy by the derivative σ'(x).", (x, dy) => dy * sigmoid(x)),
      wrong(
        'x-for-sigma',
        'dy times x(1 − x)',
        'x is the input: apply the sigmoid before you use σ(1 − σ).',
        (x, dy) => dy * x * (1 - x),
      ),
      wrong('slope-at-dy', "σ' at dy", 'The derivative is taken at x, not at dy.', (x, dy) => x * sigmoidPrime(dy)),
      wrong('dy-only', 'dy is handed on unchanged', "Multiply dy by σ'(x).", (_, dy) => dy),
      otherInput(sigmoidPrime),
    ],
  },
  {
    ...reluLayer,
    f: relu,
    slope: reluPrime,
    form: 'bent',
    own: { module: 'q1-2f.ts', name: 'relu', f: reluProblem, slope: reluGradProblem, task: '1.2f' },
    mistakes: [
      wrong('no-dy', 'dy is not used', noDy, (x) => reluPrime(x)),
      wrong(
        'mask-of-dy',
        'relu is applied to dy',
        'Where x is positive dy passes, whatever its sign: the mask belongs to x.',
        (_, dy) => relu(dy),
      ),
      wrong('both-masks', 'only positive dy passes', 'Where x is positive dy passes, whatever its sign.', (x, dy) =>
        x > 0 ? relu(dy) : 0,
      ),
      wrong('output', 'dy times relu(x)', 'The slope is 1 for positive x, not x.', (x, dy) => dy * relu(x)),
      wrong('reversed', 'dy passes where x is negative', 'Where x is positive the slope is 1.', (x, dy) =>
        x > 0 ? 0 : dy,
      ),
      wrong('dy-only', 'dy is handed on unchanged', 'Where x is negative the slope is 0.', (_, dy) => dy),
      otherInput(reluPrime),
    ],
  },
];

const sizes = [
  [3, 5],
  [4, 2],
  // A mini-batch of one example.
  [1, 6],
] as const;

/** Inputs of both signs, none near the kink. */
function drawRows(random: Random, [rows, cols]: readonly [number, number]): { x: Rows; dy: Rows } {
  return {
    x: randomRows(random, rows, cols).map((row) => row.map((v) => v + Math.sign(v) * 0.2)),
    dy: randomRows(random, rows, cols),
  };
}

const common = {
  band: plainNumbers,
  probes: (random: Random): LayerBatch[] =>
    sizes.map((size) => ({ ...drawRows(random, size), other: drawRows(random.fork(`other ${size}`), size) })),
};

const forwardProblem = (layer: Layer): Problem<LayerBatch> => ({
  ...forwardQuestion(layer),
  ...common,
  oracle: ({ x }) => ({ y: arrayOf(mapMat(x, layer.f)) }),
  mistakes: [
    wrongly(
      'identity',
      'the input is handed on unchanged',
      `Apply your ${layer.own.name} to every number.`,
      ({ x }) => ({
        y: arrayOf(x),
      }),
    ),
    wrongly(
      'slope',
      'the derivative instead of the function',
      `forward applies ${layer.own.name}; the derivative belongs to backward.`,
      ({ x }) => ({ y: arrayOf(mapMat(x, layer.slope)) }),
    ),
  ],
});

const backwardProblem = (layer: Layer): Problem<LayerBatch> => ({
  ...backwardQuestion(layer),
  ...common,
  oracle: ({ x, dy }) => ({ dx: arrayOf(zipMat(x, dy, (value, gradient) => gradient * layer.slope(value))) }),
  mistakes: layer.mistakes,
});

export const activationProblems = layers.map((layer) => ({
  layer,
  forward: forwardProblem(layer),
  backward: backwardProblem(layer),
}));
