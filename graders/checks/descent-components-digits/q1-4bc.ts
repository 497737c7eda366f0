/** Questions 1.4b and c: Sigmoid and ReLU as layers. 1 mark each. */
import type { ActivationLayer } from '../../kinds/activation-layer.ts';
import { activationLayer } from '../../kinds/activation-layer.ts';
import { activationChecks } from '../../kinds/activation-layer-checks.ts';
import { rectifierLayers, sigmoidLayers } from '../../mistakes/activations/layers.ts';
import { reluGradProblem, reluProblem, sigmoidGradProblem, sigmoidProblem } from './functions.ts';
import { sheetLayers } from './sheet-layers.ts';

const layers: readonly ActivationLayer[] = [
  {
    task: '1.4b',
    ...sheetLayers.sigmoid,
    function: 'sigmoid',
    form: 'curved',
    own: { f: sigmoidProblem, slope: sigmoidGradProblem, task: '1.2b' },
    mistakes: sigmoidLayers,
  },
  {
    task: '1.4c',
    ...sheetLayers.relu,
    function: 'relu',
    form: 'bent',
    own: { f: reluProblem, slope: reluGradProblem, task: '1.2f' },
    mistakes: rectifierLayers,
  },
];

export const activationLayers = layers.map(activationLayer);

export const checks = activationLayers.flatMap((problems) =>
  activationChecks(problems, { forward: 0.25, backward: 0.5, step: 0.25 }),
);
