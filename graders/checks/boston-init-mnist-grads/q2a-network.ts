/** The student's own network of Question 2a from input to activations, as its parts make it together. */
import type { Guest } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { inWords, isArray, isHandle, itemsOf } from '../../values.ts';
import { makeArray, sizeOf } from '../../numerics/arrays.ts';

interface NetworkRun {
  x: NdArray;
  activations: NdArray[];
  sizes: number[];
}

export const module = 'q2a';

/** The student's own network; weights stay inside, they are too many to carry. */
export async function runNetwork(
  guest: Guest,
  sizes: number[],
  seed: number,
): Promise<NetworkRun | { says: string; yours?: string }> {
  // The sheet's own 193 million weights take ten seconds to draw.
  const wallMs = sizes[0]! >= 1024 ? 120_000 : 30_000;
  const { value: made } = await guest.call({ module, name: 'initStandardNormal' }, [makeArray([6], sizes), seed], {
    keep: 'handle',
    wallMs,
  });
  if (!isHandle(made)) return { says: 'initStandardNormal should return { weights, biases }.', yours: inWords(made) };
  const weights = await guest.get(made.id, 'weights', { keep: 'handle' });
  const biases = await guest.get(made.id, 'biases', { keep: 'handle' });
  const { value: x } = await guest.call({ module, name: 'sampleInput' }, [sizes[0]!, seed + 1000], { keep: 'handle' });
  if (!isHandle(weights) || !isHandle(biases) || !isHandle(x)) {
    return { says: 'initStandardNormal should return lists of variables, and sampleInput a tensor.' };
  }
  const { value } = await guest.call({ module, name: 'layerActivations' }, [x, weights, biases].map(asArg), { wallMs });
  const given = itemsOf(value)?.filter(isArray) ?? [];
  // The input at the head or the last layer left out costs the marks of layerActivations, not those of the rest.
  const activations = given.length === sizes.length && sizeOf(given[0]!.shape) === sizes[0] ? given.slice(1) : given;
  const readable =
    (activations.length === 5 || activations.length === 4) &&
    activations.every(({ shape }, k) => sizeOf(shape) === sizes[k + 1]);
  if (!readable)
    return { says: 'layerActivations should return one tensor for each of the five layers.', yours: inWords(value) };
  const input = (await guest.call({ handle: x.id, method: 'clone' }, [])).value;
  if (!isArray(input)) return { says: 'sampleInput should return a tensor.', yours: inWords(input) };
  return { x: input, activations, sizes };
}

const asArg = ({ id }: { id: number }) => ({ kind: 'handle', id }) as const;
