/** Problem 4 (b): the outputs of the student's model with weights of the grader, for images in the model's own shape. */
import type { DenseLayers } from '../../kinds/dense-layers.ts';
import { denseFault } from '../../kinds/dense-layers.ts';
import type { ImageSet } from '../../kinds/image-set.ts';
import { classes, pixels, rowsOf } from '../../kinds/image-set.ts';
import { predictionsQuestion } from '../../kinds/predictions-question.ts';
import type { Net } from '../../kinds/listed-net.ts';
import { weightTensors } from '../../kinds/relu-classifier.ts';
import { makeArray } from '../../numerics/arrays.ts';

export interface ModelProbe {
  net: Net;
  set: ImageSet;
}

export const asked: DenseLayers = {
  widths: [256, 128, 64, classes],
  /** 784·256 + 256, 256·128 + 128, 128·64 + 64, 64·10 + 10. */
  parameters: 242_762,
  anyShape: true,
  says: (_dense, sameWidths) =>
    sameWidths
      ? 'The model has the right widths but another number of parameters.'
      : 'The dense layers are not 256, 128, 64 and 10 wide.',
  hint: '784·256 + 256, 256·128 + 128, 128·64 + 64, 64·10 + 10.',
};

export const modelQuestion = predictionsQuestion<ModelProbe>({
  id: 'P4b.model',
  title: 'Outputs of the network',
  names: { outputs: 'the output of the model' },
  unit: 'p4b',
  name: 'buildFashionModel',
  tensor: 'outputs',
  shape: ({ set }) => [set.labels.length, classes],
  weights: ({ net }) => weightTensors(net).flat(),
  // Models for [28, 28, 1] or [784] numbers get the same pixels in their own shape.
  inputs: ({ set }, inputShape) =>
    makeArray([set.labels.length, ...inputShape.slice(1).map((n) => n ?? pixels)], rowsOf(set).flat(), {
      container: 'tensor',
      dtype: 'float32',
    }),
  takesWeights: (model) => denseFault(model, asked) === undefined,
  describe: ({ set }) => `your model with weights set by the grader, ${set.labels.length} random images`,
});
