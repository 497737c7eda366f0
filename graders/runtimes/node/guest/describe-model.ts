/** A tfjs model of the student's as a network without a library: what the grader needs to judge its architecture. */
import type { WireDescription } from '../../../protocol/messages.ts';
import { isShape, layerWeightsCap, rankCap } from '../../../protocol/wire.ts';
import { isArray } from './intrinsics.ts';
import { lengthOf } from './nested.ts';
import { describeLayer, describeOptimizer } from './network-words.ts';
import type { Outside } from './outside.ts';
import { variablesOf } from './give-weights.ts';
import type { Tf } from './tf.ts';
import type { Outward } from './outward.ts';
import { cut, GuestTrouble } from './trouble.ts';

/** `outward` carries the weights, where they are asked for. */
export function describeModel(
  outside: Outside,
  tf: Tf | undefined,
  model: object,
  outward: Outward | undefined,
): WireDescription {
  if (tf === undefined || !outside.inherits(model, tf.LayersModel.prototype)) {
    throw new GuestTrouble({ kind: 'threw', name: 'TypeError', message: 'the object is not a tfjs model' });
  }
  const get = (x: unknown, key: string) => outside.get(x, key);
  const ask = (x: unknown, method: string) => outside.apply(get(x, method), x, []);
  const name = (text: unknown) => cut(outside.text(text), 100);
  const list = (x: unknown): unknown[] =>
    isArray(x) ? Array.from({ length: Math.min(lengthOf(outside, x), 1000) }, (_, i) => outside.get(x, i)) : [];
  const shapeOf = (shape: unknown) =>
    list(shape)
      .slice(0, rankCap)
      .map((d) => (typeof d === 'number' && isShape([d]) ? d : null));
  const lossOf = (loss: unknown): string | undefined => {
    if (typeof loss === 'string') return cut(loss, 100);
    if (typeof loss === 'function') return cut(name(get(loss, 'name')) || 'a function', 100);
    if (isArray(loss)) return list(loss).map(lossOf).join(', ').slice(0, 500);
    return loss === undefined || loss === null ? undefined : 'several';
  };
  /** A model that was never given an input shape has no weights yet. */
  const parameters = (): number => {
    try {
      const count = ask(model, 'countParams');
      return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : 0;
    } catch {
      return 0;
    }
  };
  const weightsOf = (layer: unknown): unknown[] => {
    const weights = list(ask(layer, 'getWeights'));
    if (weights.length <= layerWeightsCap) return weights;
    throw new GuestTrouble({ kind: 'large', message: `a layer of ${weights.length} weights` });
  };
  const firstShape = (tensors: unknown) => {
    const [first] = list(tensors);
    return first === undefined ? [] : shapeOf(get(first, 'shape'));
  };

  /** A model that is frozen as a whole has its layers say that they are trained, and their variables that they are not. */
  const unlessFrozen = <Layer extends { kind: string; trainable: boolean }>(described: Layer, layer: unknown): Layer =>
    described.kind === 'dense' && variablesOf(outside, layer).some((variable) => get(variable, 'trainable') === false)
      ? { ...described, trainable: false }
      : described;

  const loss = lossOf(get(model, 'loss'));
  const optimizer = get(model, 'optimizer');
  return {
    layers: list(get(model, 'layers')).map((layer) => ({
      ...unlessFrozen(describeLayer(outside, name(ask(layer, 'getClassName')), ask(layer, 'getConfig')), layer),
      weights: outward === undefined ? [] : weightsOf(layer).map((weight) => outward.tensor(weight)),
    })),
    inputShape: firstShape(get(model, 'inputs')),
    outputShape: firstShape(get(model, 'outputs')),
    parameters: parameters(),
    ...(optimizer !== undefined &&
      optimizer !== null && {
        optimizer: describeOptimizer(outside, name(ask(optimizer, 'getClassName')), ask(optimizer, 'getConfig')),
      }),
    ...(loss !== undefined && { loss }),
  };
}
