/** Questions 1.4b and c: what the layers Sigmoid and ReLU are asked. */
import type { Guest } from '../../model/guest.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import type { LayerBatch } from '../../kinds/layer-question.ts';
import { layerBackward, layerForward } from '../../kinds/layer-question.ts';
import { warmUp } from '../../kinds/student-objects.ts';
import { makeLayer } from '../../kinds/layer-calls.ts';

export interface ActivationLayer {
  task: string;
  module: string;
  name: string;
}

export const sigmoidLayer: ActivationLayer = { task: '1.4b', module: 'q1-4b', name: 'Sigmoid' };
export const reluLayer: ActivationLayer = { task: '1.4c', module: 'q1-4c', name: 'ReLU' };

const asked = ({ task, module, name }: ActivationLayer) => ({
  task,
  name,
  make: (guest: Guest) => makeLayer(guest, module, name, []),
  describe: ({ x }: LayerBatch) => `${x.length} examples of ${x[0]!.length} numbers`,
});

export const forwardQuestion = (layer: ActivationLayer): Question<LayerBatch> => layerForward(asked(layer));

/** A second layer sees another mini-batch in between. */
export const backwardQuestion = (layer: ActivationLayer): Question<LayerBatch> =>
  layerBackward(asked(layer), {
    when: 'backward',
    async before(guest, { other }) {
      await warmUp(guest, await asked(layer).make(guest), 'forward', [arrayOf(other.x)]);
    },
  });
