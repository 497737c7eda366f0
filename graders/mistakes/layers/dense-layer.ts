/** A layer with weights, bias and activation as a program, forwards and backwards. */
import { sigmoid, sigmoidPrime, softmaxRows } from '../../../reference/oracles/activations.ts';
import { linearForward, softmaxBackward } from '../../../reference/oracles/layers.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, matmul, scaleMat, sum, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Variant } from '../../key.ts';
import { mistakeMaker } from '../../key.ts';
import type { Program } from '../program.ts';
import type { LinearCase, LinearRules } from './linear.ts';
import { rightLinear } from './linear.ts';

interface DenseCase extends LinearCase {
  activation: 'Sigmoid' | 'Softmax';
}

export const activate = (activation: DenseCase['activation'], z: Mat): Mat =>
  activation === 'Sigmoid' ? mapMat(z, sigmoid) : softmaxRows(z);

/** x · weights + bias. */
export const preActivation = ({ x, W, b }: LinearCase): Mat => linearForward(x, W, b);

export const denseForward = (given: DenseCase): Mat => activate(given.activation, preActivation(given));

const withBias = (given: DenseCase, change: (b: number[]) => number[]): Mat =>
  denseForward({ ...given, b: change(given.b) });

const forwards = mistakeMaker((f: (given: DenseCase) => Mat) => ({
  compute: (given: DenseCase) => ({ y: arrayOf(f(given)) }),
}));

/** What is computed in place of `y`, the activations of the layer. */
export const denseForwardMistakes: readonly Variant<DenseCase>[] = [
  forwards('no-bias', 'the bias is missing', 'Add the bias of every unit to x · weights.', (p) =>
    withBias(p, (b) => b.map(() => 0)),
  ),
  forwards(
    'bias-first-row-of-weights',
    'the first row of the weights is taken for the bias',
    'A bias among the weights is their last row; or keep it in a field of its own, `bias`.',
    (p) => denseForward({ ...p, W: [...p.W.slice(1), p.b], b: p.W[0]! }),
  ),
  forwards('bias-subtracted', 'the bias is subtracted', 'Add the bias.', (p) => withBias(p, (b) => b.map((v) => -v))),
  forwards('bias-summed', 'the sum of all biases is added', 'Every unit gets its own bias.', (p) =>
    withBias(p, (b) => b.map(() => sum(b))),
  ),
  forwards('bias-first-row', 'the bias is added to the first example only', 'Add the bias to every row.', (p) =>
    activate(
      p.activation,
      matmul(p.x, p.W).map((row, i) => (i === 0 ? row.map((v, j) => v + p.b[j]!) : row)),
    ),
  ),
  forwards(
    'bias-after',
    'the bias is added behind the activation',
    'Add the bias first, then apply the activation.',
    (p) => activate(p.activation, matmul(p.x, p.W)).map((row) => row.map((v, j) => v + p.b[j]!)),
  ),
  forwards('twice', 'the activation is applied twice', 'Apply the activation once.', (p) =>
    activate(p.activation, denseForward(p)),
  ),
  forwards('no-activation', 'the activation is missing', 'Apply the activation to x · weights + bias.', preActivation),
  forwards('always-sigmoid', 'every layer has a sigmoid', 'Use the activation that the constructor gets.', (p) =>
    activate('Sigmoid', preActivation(p)),
  ),
  forwards('always-softmax', 'every layer has a softmax', 'Use the activation that the constructor gets.', (p) =>
    activate('Softmax', preActivation(p)),
  ),
  forwards('mean', 'x · weights is divided by the number of inputs', 'Sum over the inputs, do not average.', (p) =>
    denseForward({ ...p, W: scaleMat(p.W, 1 / p.W.length) }),
  ),
  forwards('first-example', 'every row is the first example', 'Compute every row from its own example.', (p) =>
    p.x.map(() => denseForward({ ...p, x: [p.x[0]!] })[0]!),
  ),
  forwards(
    'input-activated',
    'the activation is applied to the input',
    'The activation comes last: activation(x · weights + bias).',
    (p) => preActivation({ ...p, x: activate(p.activation, p.x) }),
  ),
];

interface DenseBackCase extends DenseCase {
  /** ∂L/∂z, or ∂L/∂a where the layer has to go through its activation; examples × units. */
  error: Mat;
}

/** The exchangeable steps of a layer on its way back. */
export interface DenseRules extends LinearRules<DenseBackCase> {
  /** ∂L/∂z from ∂L/∂a. */
  dPre(given: DenseBackCase, z: Mat, a: Mat): Mat;
  /** What the weights' gradient takes for the layer's input. */
  input(given: DenseBackCase, z: Mat): Mat;
  /** Whether the program says that its loss has gone through the softmax already; asked of softmax layers. */
  combined: boolean;
}

export type DenseProgram = Program<DenseBackCase, DenseRules>;

const programWith = (dPre: DenseRules['dPre'], combined = false): DenseProgram => ({
  right: { ...rightLinear, input: ({ x }) => x, dPre, combined },
  run(given, rules) {
    const z = preActivation(given);
    const dPre = rules.dPre(given, z, activate(given.activation, z));
    const input = rules.input(given, z);
    return {
      dW: arrayOf(rules.dW(input, dPre, given)),
      dB: arrayOf(rules.db(dPre, input, given)),
      dInput: arrayOf(rules.dx(dPre, given)),
      // 2 for yes, 1 for no, never 0, so that an error has a scale.
      ...(given.activation === 'Softmax' ? { combined: makeArray([], [rules.combined ? 2 : 1]) } : {}),
    };
  },
});

/** Before the activation: the gradients of weights, bias and input from ∂L/∂z. */
export const weightsProgram = programWith(({ error }) => error);

/** A whole layer: through the activation, then through the weights. */
export const layerProgram = programWith(({ activation, error }, z, a) =>
  activation === 'Sigmoid' ? zipMat(error, mapMat(z, sigmoidPrime), (g, s) => g * s) : softmaxBackward(a, error),
);

/** A combined program: the loss has gone through the softmax, which hands the error signal on. */
export const combinedProgram = programWith(({ error }) => error, true);
