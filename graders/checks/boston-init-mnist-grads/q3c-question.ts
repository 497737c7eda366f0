/** Question 3c: `grads` on networks that the student has not seen. */
import type { Answered, Question, Reading } from '../../question.ts';
import type { Arg, Reply, Value } from '../../model/guest.ts';
import { arrayFrom, inWords, isArray, itemsOf, list } from '../../values.ts';
import { sizeOf } from '../../numerics/arrays.ts';
import { oneOrientation } from '../../numerics/canonical.ts';
import { joined } from '../../kinds/named-arrays.ts';
import { classes, describeNet, imagesOf, modelOf, tensorOf } from '../../kinds/pixel-net.ts';
import type { NetProbe } from '../../kinds/pixel-net.ts';

export const grads = { module: 'q3c', name: 'grads' } as const;

/** Model, images and labels, as `grads` gets them; the model in another way if one is given. */
export const sentTo = (net: NetProbe, model: Arg = modelOf(net)): Arg[] => [model, imagesOf(net), tensorOf(net.Y)];

export const gradsQuestion: Question<NetProbe> = {
  id: 'q3c.grads',
  title: 'Gradient of the loss with respect to the weights and bias of the last layer',
  precision: 'single',
  describe: describeNet,
  alone: true,
  ask: async (guest, net) => answeredBy(await guest.call(grads, sentTo(net))),
  read: (answered, net) => readGradients(answered.value, net),
  write: (answer) => list([answer['W2']!, answer['b2']!]),
};

/** What a call gave, and what it used to get it. */
export const answeredBy = ({ value, differentiated }: Reply): Answered =>
  differentiated === undefined ? { value } : { value, differentiated };

/** `[gradient of the kernel, gradient of the bias]`, in either orientation of the kernel; values are read in either order. */
export function readGradients(value: Value, net: NetProbe): Reading {
  const [first, second] = itemsOf(value) ?? [];
  if (!isArray(first ?? null) && !isArray(second ?? null)) {
    const says = 'grads should return a list of two tensors, [gradient of W, gradient of b].';
    return { misread: { says, yours: inWords(value) } };
  }
  return isReversed(value, net) ? readPair(second, first, net) : readPair(first, second, net);
}

/** Whether the bias stands first: shapes tell, as no kernel has as many entries as there are classes. */
export function isReversed(value: Value, net: NetProbe): boolean {
  const [b2, W2] = (itemsOf(value) ?? []).map(arrayFrom);
  if (b2 === undefined || W2 === undefined) return false;
  return sizeOf(b2.shape) === classes && sizeOf(W2.shape) === net.W.at(-1)!.length * classes;
}

/** Each of the two by itself: what one of them lacks does not make the other wrong. */
export const readPair = (W2: Value, b2: Value, net: NetProbe): Reading =>
  joined([
    { name: 'W2', read: readEither('W2', W2, [net.W.at(-1)!.length, classes]) },
    { name: 'b2', read: readEither('b2', b2, [classes]) },
  ]);

function readEither(name: string, given: Value, shape: readonly number[]): Reading {
  const array = arrayFrom(given);
  if (array === undefined) return { misread: { says: `${name} is missing.`, yours: inWords(given) } };
  const read = oneOrientation({ [name]: array }, { [name]: shape });
  return 'misread' in read ? read : { answer: read.arrays, notes: read.notes };
}
