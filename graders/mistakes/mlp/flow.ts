/** What flows where: layer inputs, and the weights on the way back. */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { columnSums, mapMat, matmul, scaleMat, transpose, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { activations } from '../../../reference/oracles/activations.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import type { MlpMistake } from './kind.ts';
import { isDeep, isSoftmax } from './kind.ts';
import { isSquare, meanRows, scaleVec } from './matrix.ts';

const backThrough =
  (change: (W: Mat, net: MlpCase, index: number) => Mat) =>
  (right: MlpRules): MlpRules => ({
    ...right,
    passBack: (delta, net, index) => matmul(delta, transpose(change(net.W[index]!, net, index))),
  });

const unitNorm = (a: number[]): number => Math.hypot(...a) || 1;

export const flowMistakes: readonly MlpMistake[] = [
  {
    id: 'input-pre-activation',
    title: 'pre-activation used as layer input',
    advice: 'Multiply the error by what the layer received, the activation of the layer below, not its pre-activation.',
    where: isDeep,
    apply: (right) => ({ ...right, layerInput: (a, z) => z ?? a }),
  },
  {
    id: 'input-activated-twice',
    title: 'activation function applied to the layer input again',
    advice: 'Use the stored activations as layer inputs: you apply the activation function to them once more.',
    apply: (right) => ({ ...right, layerInput: (a, _, net) => mapMat(a, activations[net.hidden].f) }),
    where: (kind) => kind.hidden !== 'relu' && kind.hidden !== 'linear' && isDeep(kind),
  },
  {
    id: 'input-mean',
    title: 'mean input times mean error',
    advice:
      'Multiply input and error sample by sample and average afterwards: the mean of products is no product of means.',
    apply: (right) => ({ ...right, layerInput: (a) => meanRows(a) }),
  },
  {
    id: 'input-missing',
    title: 'layer input left out of the weight gradient',
    advice: 'Multiply the error by the layer input: the gradient of a weight is input times error.',
    apply: (right) => ({ ...right, layerInput: (a) => mapMat(a, () => 1) }),
  },
  {
    id: 'input-slope',
    title: 'derivative of the activation used as layer input',
    advice: 'Multiply the error by the activation of the layer below, not by the derivative of that activation.',
    where: isDeep,
    apply: (right) => ({
      ...right,
      layerInput: (a, z, net) => (z ? mapMat(z, activations[net.hidden].derivative) : a),
    }),
  },
  {
    id: 'inputs-reversed',
    title: 'inputs and errors of different samples multiplied',
    advice: 'Multiply input and error of the same sample: one of them runs through the batch in reverse.',
    apply: (right) => ({ ...right, layerInput: (a) => [...a].reverse() }),
  },
  {
    id: 'weights-updated-first',
    title: 'weights updated before the error passes back',
    advice: 'Pass the error back through the weights of the forward pass, and update them only afterwards.',
    where: (kind) => isDeep(kind) && kind.learningRate !== undefined,
    apply: (right) => ({
      ...right,
      passBack: (delta, net, index, gradient) =>
        matmul(delta, transpose(zipMat(net.W[index]!, gradient, (w, g) => w - net.learningRate! * g))),
    }),
  },
  {
    id: 'weights-omitted-back',
    title: 'error passed back without the weights',
    advice: 'Multiply by the transposed weights when the error passes back to the layer below.',
    // The entries of a softmax error sum to 0, so leaving out the weights there is the same as passing nothing back.
    where: (kind) => isDeep(kind) && !isSoftmax(kind),
    apply: (right) => ({
      ...right,
      passBack: (delta, net, index) =>
        delta.map((row) => {
          const all = row.reduce((sum, v) => sum + v, 0);
          return net.W[index]!.map(() => all);
        }),
    }),
  },
  {
    id: 'nothing-passed-back',
    title: 'no error reaches the layers below, or the weights are left out on the way back',
    advice:
      'Multiply the error by the transposed weights and pass it on to the layers below: their gradients are zero.',
    where: isDeep,
    apply: (right) => ({
      ...right,
      passBack: (delta, net, index) => delta.map(() => net.W[index]!.map(() => 0)),
    }),
  },
  {
    id: 'weights-absolute',
    title: 'absolute values of the weights on the way back',
    advice: 'Keep the signs of the weights when the error passes back.',
    where: isDeep,
    apply: backThrough((W) => mapMat(W, Math.abs)),
  },
  {
    id: 'weights-squared',
    title: 'weights squared on the way back',
    advice: 'Multiply by the weights once when the error passes back.',
    where: isDeep,
    apply: backThrough((W) => mapMat(W, (w) => w * w)),
  },
  {
    id: 'weights-shifted-by-bias',
    title: 'biases added to the weights on the way back',
    advice: 'Leave the biases out when the error passes back: they do not multiply the layer below.',
    where: isDeep,
    apply: backThrough((W, net, index) => W.map((row) => row.map((w, j) => w + net.b[index]![j]!))),
  },
  {
    id: 'weights-not-transposed',
    title: 'square weights not transposed on the way back',
    advice: 'Transpose the weights when the error passes back: square matrices hide this from the shapes.',
    where: (kind) => isDeep(kind) && kind.square === true,
    apply: backThrough((W) => (isSquare(W) ? transpose(W) : W)),
  },
  {
    id: 'square-gradient-transposed',
    title: 'square weight gradient transposed',
    advice:
      'Check the order of the factors: the weight gradient is input transposed times error; you have its transpose.',
    family: 'permutation',
    where: (kind) => kind.square === true,
    apply: (right) => ({
      ...right,
      finish: ({ W, b }) => ({ W: W.map((g) => (isSquare(g) ? transpose(g) : g)), b }),
    }),
  },
  {
    id: 'error-batch-mean',
    title: 'error averaged over the batch before it passes back',
    advice: 'Keep one error per sample until the very end: averaging before passing it back mixes the samples.',
    where: isDeep,
    apply: (right) => ({
      ...right,
      passBack: (delta, net, index, g) => meanRows(right.passBack(delta, net, index, g)),
    }),
  },
  {
    id: 'absolute-gradient',
    title: 'absolute values of the gradient',
    advice: 'Keep the signs of the gradient: they say in which direction the loss falls.',
    apply: (right) => ({
      ...right,
      finish: ({ W, b }) => ({ W: W.map((g) => mapMat(g, Math.abs)), b: b.map((g) => g.map(Math.abs)) }),
    }),
  },
  {
    id: 'normalised-gradient',
    title: 'gradient divided by its norm',
    advice: 'Return the gradient itself: you divide every tensor by its norm.',
    family: 'scale',
    apply: (right) => ({
      ...right,
      finish: ({ W, b }) => ({
        W: W.map((g) => scaleMat(g, 1 / unitNorm(g.flat()))),
        b: b.map((g) => scaleVec(g, 1 / unitNorm(g))),
      }),
    }),
  },
  {
    id: 'absolute-error-below',
    title: 'absolute value of the error that passes back',
    advice: 'Keep the sign of the error that passes back.',
    where: isDeep,
    apply: (right) => ({
      ...right,
      passBack: (delta, net, index, g) => mapMat(right.passBack(delta, net, index, g), Math.abs),
    }),
  },
  {
    id: 'weight-gradient-from-sums',
    title: 'summed inputs times summed errors',
    advice: 'Multiply input and error sample by sample before you sum over the batch.',
    apply: (right) => ({
      ...right,
      weightGradient: (input, delta) => {
        const errors = columnSums(delta);
        return columnSums(input).map((x) => scaleVec(errors, x));
      },
    }),
  },
];
