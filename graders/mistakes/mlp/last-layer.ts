/** The gradient of the last layer of a sigmoid network with softmax and cross-entropy, under the names W2 and b2. */
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

export const lastLayerProgram = library.program;

/** ∂L/∂W = hᵀ(p − y)/N and ∂L/∂b = Σ(p − y)/N, with h the activations below and p the predictions; and the known mistakes. */
export const lastLayerKey = gradientsKey(library);
