/** A network of the lab: its probabilities forwards, and the gradients of the summed loss that a step shows. */
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import { traced } from '../../question.ts';
import { readArray } from '../../kinds/named-arrays.ts';
import type { Layers } from '../../kinds/parameters.ts';
import { unitsOf } from '../../kinds/parameters.ts';
import type { NetworkClass } from '../../kinds/network-object.ts';
import { makeWith, passThrough, readStep, readWeights, setWeights, writeStep } from '../../kinds/network-object.ts';
import { callMethod } from '../../kinds/student-objects.ts';

interface Batch extends Layers {
  X: number[][];
  Y: number[][];
}

/** Also in the key, where the network says which activations it has. */
export interface NetProbe<Net extends Batch = Batch> {
  net: Net;
  /** A batch that goes through before, so that programs which add up or keep what is old show it. */
  earlier: Net;
  eta: number;
}

const common = {
  precision: 'double',
  describe: ({ net }: NetProbe) => `a network ${unitsOf(net).join('-')}, ${net.X.length} images, weights of ours`,
} as const;

/** forwardPropagate, backpropagate, updateWeights, and what the weights have lost. */
export const gradientQuestion = traced('./network-question#gradientQuestion')(
  (id: string, target: NetworkClass): Question<NetProbe> => ({
    ...common,
    id,
    title: 'Gradients of the cross-entropy, summed over the batch',
    async ask(guest, { net, earlier, eta }) {
      const own = await makeWith(guest, target, net);
      // A step of before, whose velocity must not come along, and a batch of before, whose gradients must not add up.
      await passThrough(guest, own, earlier.X, earlier.Y);
      await callMethod(guest, own, 'updateWeights', [eta]);
      await setWeights(guest, own, net);
      await passThrough(guest, own, earlier.X, earlier.Y);
      await passThrough(guest, own, net.X, net.Y);
      // Another network in between, which must keep its values to itself.
      const other = await makeWith(guest, target, earlier);
      await passThrough(guest, other, earlier.X, earlier.Y);
      await callMethod(guest, own, 'updateWeights', [eta]);
      return { value: await readWeights(guest, own, net.W.length) };
    },
    read: ({ value }, { net, eta }) => readStep(value, net, eta),
    write: (answer, { net, eta }) => writeStep(answer, net, eta),
  }),
);

export const forwardQuestion = traced('./network-question#forwardQuestion')(
  (id: string, target: NetworkClass): Question<NetProbe> => ({
    ...common,
    id,
    title: 'Probabilities of the classes',
    names: { P: 'the matrix of probabilities' },
    async ask(guest, { net, earlier }) {
      const own = await makeWith(guest, target, net);
      const other = await makeWith(guest, target, earlier);
      for (const id of [own, other]) await callMethod(guest, id, 'forwardPropagate', [arrayOf(earlier.X)]);
      return { value: await callMethod(guest, own, 'forwardPropagate', [arrayOf(net.X)]) };
    },
    read: ({ value }, { net }) =>
      readArray('P', value, [net.X.length, net.Y[0]!.length], {
        label: 'the output',
        says: 'forwardPropagate should return one row of probabilities for each image.',
      }),
    write: (answer) => answer['P'],
  }),
);
