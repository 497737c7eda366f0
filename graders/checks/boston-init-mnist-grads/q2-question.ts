/** Questions 2a to 2c: draws of an input and of weights, the activations they lead to, and their histograms. */
import { densityHistogram } from '../../kinds/histogram-function-question.ts';
import type { LayerFunctions } from '../../kinds/layer-activations-question.ts';
import { activationsQuestion } from '../../kinds/layer-activations-question.ts';
import { layersDraws } from '../../kinds/layers-draws-question.ts';
import { matrixDraws } from '../../kinds/matrix-draws-question.ts';
import { vectorDraws } from '../../kinds/vector-draws-question.ts';

export const functions: LayerFunctions = {
  unit: 'q2a',
  weights: 'initStandardNormal',
  input: 'sampleInput',
  activations: 'layerActivations',
};

export const asked = {
  forward: activationsQuestion('q2a.forward', functions),
  input: vectorDraws({ id: 'q2a.input', title: 'The random input', unit: functions.unit, name: functions.input }),
  weights: layersDraws({
    id: 'q2a.weights',
    title: 'Weights and biases of the network',
    unit: functions.unit,
    name: functions.weights,
  }),
  histogram: densityHistogram({ id: 'q2b.histogram', unit: 'q2b', name: 'densityHistogram' }),
  glorotNormal: matrixDraws({ id: 'q2c.normal', unit: 'q2c', name: 'glorotNormal' }),
  glorotUniform: matrixDraws({ id: 'q2c.uniform', unit: 'q2c', name: 'glorotUniform' }),
};
