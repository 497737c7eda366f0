/** An activation function as a layer object: what its `forward` and `backward` are asked. */
import type { Guest } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import type { LayerBatch } from './layer-question.ts';
import { layerBackward, layerForward } from './layer-question.ts';
import type { StudentClass } from './student-objects.ts';
import { warmUp } from './student-objects.ts';
import { makeLayer } from './layer-calls.ts';

export interface AskedActivation extends StudentClass {
  task: string;
}

const asked = (layer: AskedActivation) => ({
  task: layer.task,
  name: layer.name,
  make: (guest: Guest) => makeLayer(guest, layer),
  describe: ({ x }: LayerBatch) => `${x.length} examples of ${x[0]!.length} numbers`,
});

export const forwardQuestion = traced('kinds/activation-layer-question#forwardQuestion')(
  (layer: AskedActivation): Question<LayerBatch> => layerForward(asked(layer)),
);

/** A second layer sees another mini-batch in between. */
export const backwardQuestion = traced('kinds/activation-layer-question#backwardQuestion')(
  (layer: AskedActivation): Question<LayerBatch> =>
    layerBackward(asked(layer), {
      when: 'backward',
      async before(guest, { other }) {
        await warmUp(guest, await asked(layer).make(guest), 'forward', [arrayOf(other.x)]);
      },
    }),
);
