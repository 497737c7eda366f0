/**
 * Weights of the grader's for a tfjs model of the student's: those of every layer, in the order of the layers, as they are. The
 * library's own setWeights looks for those of frozen layers behind all others, and cuts what it is given to the limits of a layer.
 */
import { isArray } from './intrinsics.ts';
import { lengthOf } from './nested.ts';
import type { Callable, Outside } from './outside.ts';
import type { Tf } from './tf.ts';

/** `setWeights` of this model; undefined where it is none of the library's. */
export function weightsGiver(
  outside: Outside,
  tf: Tf | undefined,
  model: unknown,
  own: Callable,
): Callable | undefined {
  if (tf === undefined || typeof model !== 'object' || model === null) return undefined;
  const known = [tf.LayersModel, tf.Sequential].map((kind) => outside.get(kind.prototype, 'setWeights'));
  if (!known.includes(own)) return undefined;
  return outside.makeFunction('setWeights', (_, args) => {
    const given = args[0];
    const weights = listOf(outside, given);
    const places = placesOf(outside, model);
    const fits = places.every((place, i) => sizesOf(outside, place) === sizesOf(outside, weights[i]));
    // What does not fit is told in the library's words.
    if (places.length !== weights.length || !fits) return outside.apply(own, model, [given]);
    places.forEach((place, i) => void outside.apply(outside.get(place, 'assign'), place, [weights[i]]));
    return undefined;
  });
}

/** The variables of all layers, whether or not they are trained. */
const placesOf = (outside: Outside, model: object): unknown[] =>
  listOf(outside, outside.get(model, 'layers'))
    .flatMap((layer) => variablesOf(outside, layer))
    .map((variable) => outside.get(variable, 'val'));

/** What the library keeps of a layer, in the order in which the layer made it: trained ones, frozen or not, before the others. */
export const variablesOf = (outside: Outside, layer: unknown): unknown[] =>
  ['_trainableWeights', '_nonTrainableWeights'].flatMap((kept) => listOf(outside, outside.get(layer, kept)));

const sizesOf = (outside: Outside, tensor: unknown): string =>
  listOf(outside, outside.get(tensor, 'shape')).map(String).join('×');

/** Longer lists hold no network that is asked for. */
const most = 1000;

const listOf = (outside: Outside, x: unknown): unknown[] =>
  isArray(x) ? Array.from({ length: Math.min(lengthOf(outside, x), most) }, (_, i) => outside.get(x, i)) : [];
