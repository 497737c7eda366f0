/** A function `(net, X, Y, rate)` that trains a network in place for one epoch, sample after sample. */
import type { Guest, Value } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import { inWords } from '../values.ts';
import type { Net, NetFunction } from './listed-net.ts';
import { layerNames, netArg, readNet, readStep, sentAfter, sizesOf, stepRounding, targetOf } from './listed-net.ts';

export interface EpochProbe {
  net: Net;
  X: number[][];
  Y: number[];
  lr: number;
}

/** All that is seen of an epoch is what it changes, divided by the learning rate: the gradients of its steps, added up. */
export const epochQuestion = traced('kinds/sample-epoch-question#epochQuestion')(
  (asked: NetFunction): Question<EpochProbe> => ({
    id: `${asked.task}.epoch`,
    title: 'One epoch, sample after sample',
    names: layerNames(asked.layers),
    precision: 'double',
    describe: ({ net, Y, lr }) => `a ${sizesOf(net).join('–')} network, ${Y.length} samples, learning rate ${lr}`,
    ask: async (guest, probe) => ({ value: await callEpoch(guest, asked, probe) }),
    read({ value }, { net, Y, lr }) {
      const after = readNet(value, sizesOf(net));
      if ('says' in after) return { misread: { yours: inWords(value), ...after } };
      const answer = readStep(net, after, lr);
      return { answer, notes: [], rounding: stepRounding(after, answer, lr, Y.length) };
    },
    write: (answer, { net, lr }) => sentAfter(net, answer, lr),
  }),
);

/** The network as the function leaves it. */
export async function callEpoch(guest: Guest, asked: NetFunction, { net, X, Y, lr }: EpochProbe): Promise<Value> {
  const sent = [netArg(net), arrayOf(X), arrayOf(Y), lr];
  const { argsAfter } = await guest.call(targetOf(asked), sent, { argsAfter: true });
  return argsAfter?.[0];
}
