/** The gradient of the last layer of a sigmoid network with softmax and cross-entropy, under the names W2 and b2. */
import { softmaxRows } from '../../../reference/oracles/activations.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import { wrongly } from '../../key.ts';
import type { Answer } from '../../question.ts';
import type { MlpCase } from './backprop.ts';
import { gradientsKey, mlpLibrary } from './library.ts';
import { lastLayer } from './views.ts';

const library = mlpLibrary<MlpCase>({
  kind: { hidden: 'sigmoid', output: 'softmax-cce', layers: 3, outputs: 'many', softLabels: true },
  view: lastLayer('W2', 'b2'),
  toCase: (net) => net,
  // "The gradient of the loss" leaves open whether the loss is a mean or a sum.
  accept: ['sum'],
});

const { program } = library;
export const lastLayerGradients = (net: MlpCase): Answer => program.run(net, program.right);

/** ∂L/∂W = hᵀ(p − y)/N and ∂L/∂b = Σ(p − y)/N, with h the activations below and p the predictions; and the known mistakes. */
export const lastLayerKey = gradientsKey(library);

const least = 1e-3;

/** Hardly to be seen on most networks: it shows where predictions are nearer to 0 and 1 than where they are clipped. */
export const clippedPredictions = wrongly<MlpCase>(
  'clipped',
  `predictions clipped at ${least}`,
  'Do not clip the predictions: the gradient has no logarithm, and a prediction may be as near to 0 or 1 as it is.',
  (net) =>
    program.run(net, {
      ...program.right,
      output: (z) => mapMat(softmaxRows(z), (p) => Math.min(1 - least, Math.max(least, p))),
    }),
);
