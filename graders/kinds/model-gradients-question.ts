/**
 * Gradients of the loss of a model of the library with respect to its last layer: asked by name, with networks that the
 * student has not seen, of a function that gets the model, the images and the labels.
 */
import type { Arg, Reply, Value } from '../model/guest.ts';
import { sizeOf } from '../numerics/arrays.ts';
import { oneOrientation } from '../numerics/canonical.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayFrom, fieldOf, inWords, isArray, itemsOf, list, record } from '../values.ts';
import type { OfFunction } from './elementwise-question.ts';
import { joined } from './named-arrays.ts';
import type { NetProbe } from './pixel-net.ts';
import { classes, describeNet, imagesOf, modelOf, tensorOf } from './pixel-net.ts';

interface GradientsTable extends Pick<Question<NetProbe>, 'id' | 'title'> {
  unit: string;
  name: string;
}

/** The answer is the list `[∂L/∂W, ∂L/∂b]` of the last layer, read as W2 and b2. */
export const gradientsQuestion = traced('kinds/model-gradients-question#gradientsQuestion')(
  ({ id, title, unit, name }: GradientsTable): OfFunction<NetProbe> => ({
    id,
    title,
    target: { module: unit, name },
    precision: 'single',
    describe: describeNet,
    alone: true,
    ask: async (guest, net) => answeredBy(await guest.call({ module: unit, name }, sentTo(net))),
    read({ value }, net) {
      const pair = itemsOf(value) ?? [];
      if (!isArray(pair[0] ?? null) && !isArray(pair[1] ?? null)) {
        const says = `${name} should return a list of two tensors, [gradient of W, gradient of b].`;
        return { misread: { says, yours: inWords(value) } };
      }
      return isReversed(pair, net) ? readPair(pair[1], pair[0], net) : readPair(pair[0], pair[1], net);
    },
    write: (answer) => list([answer['W2']!, answer['b2']!]),
  }),
);

/** Model, images and labels, as the function gets them; the model in another way if one is given. */
export const sentTo = (net: NetProbe, model: Arg = modelOf(net)): Arg[] => [model, imagesOf(net), tensorOf(net.Y)];

/** What a call gave, and what it used to get it. */
const answeredBy = ({ value, differentiated }: Reply): Answered =>
  differentiated === undefined ? { value } : { value, differentiated };

/** Whether the bias stands first: shapes tell, as no kernel has as many entries as there are classes. */
export function isReversed(pair: readonly Value[], net: NetProbe): boolean {
  const [b2, W2] = pair.map(arrayFrom);
  if (b2 === undefined || W2 === undefined) return false;
  return sizeOf(b2.shape) === classes && sizeOf(W2.shape) === net.W.at(-1)!.length * classes;
}

/** Each of the two by itself, the kernel in either orientation: what one of them lacks does not make the other wrong. */
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

/** A function that hands out the same pair as a record of nested lists, under these names. */
export interface NamedGradients extends OfFunction<NetProbe> {
  pairIn(value: Value): readonly [W2: Value, b2: Value];
}

export const namedGradientsQuestion = traced('kinds/model-gradients-question#namedGradientsQuestion')((
  { id, title, unit, name }: GradientsTable,
  [W2, b2]: readonly [W2: string, b2: string],
): NamedGradients => {
  const pairIn = (value: Value) => [fieldOf(value, W2), fieldOf(value, b2)] as const;
  return {
    id,
    title,
    target: { module: unit, name },
    precision: 'single',
    describe: (net) => `${name} on a ${describeNet(net)}`,
    ask: async (guest, net) => answeredBy(await guest.call({ module: unit, name }, sentTo(net))),
    pairIn,
    read({ value }, net) {
      const pair = pairIn(value);
      if (pair.some((part) => arrayFrom(part) !== undefined)) return readPair(...pair, net);
      const says = `${name} should return { ${W2}, ${b2} } as nested lists of numbers.`;
      return { misread: { says, yours: inWords(value) } };
    },
    write: (answer) => record({ [W2]: answer['W2'], [b2]: answer['b2'] }),
  };
});
