/** A tfjs model of the student's in plain data: what the grader needs to judge its architecture. */
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { WireDescription } from '../../protocol/messages.ts';
import { rankCap } from '../../protocol/wire.ts';
import { inherits } from './intrinsics.ts';
import type { Tf } from './tf.ts';
import type { Outward } from './outward.ts';
import { cut, GuestTrouble } from './trouble.ts';

export function describeModel(tf: Tf | undefined, x: object, outward: Outward): WireDescription {
  if (tf === undefined || !inherits(x, tf.LayersModel.prototype)) {
    throw new GuestTrouble({ kind: 'threw', name: 'TypeError', message: 'the object is not a tfjs model' });
  }
  const model = x as LayersModel;
  const { optimizer } = model;
  const loss = lossOf(model.loss);
  return {
    className: name(model.getClassName()),
    layers: list<layers.Layer>(model.layers).map((layer) => ({
      className: name(layer.getClassName()),
      name: name(layer.name),
      config: outward.encode(layer.getConfig(), 'value'),
      weights: list(layer.getWeights()).map((weight) => outward.tensor(weight)),
    })),
    inputShape: shapeOf(list<{ shape: unknown }>(model.inputs)[0]?.shape),
    outputShape: shapeOf(list<{ shape: unknown }>(model.outputs)[0]?.shape),
    parameters: parametersOf(model),
    ...(optimizer && {
      optimizer: { className: name(optimizer.getClassName()), config: outward.encode(optimizer.getConfig(), 'value') },
    }),
    ...(loss !== undefined && { loss }),
  };
}

/** A model that was never given an input shape has no weights yet. */
function parametersOf(model: LayersModel): number {
  try {
    const count: unknown = model.countParams();
    return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : 0;
  } catch {
    return 0;
  }
}

function list<T>(x: unknown): T[] {
  return Array.isArray(x) ? Array.from({ length: Math.min(x.length, 1000) }, (_, i) => x[i] as T) : [];
}

const shapeOf = (shape: unknown) =>
  list<unknown>(shape)
    .slice(0, rankCap)
    .map((d) => (typeof d === 'number' && Number.isInteger(d) && d >= 0 ? d : null));

function lossOf(loss: unknown): string | undefined {
  if (typeof loss === 'string') return cut(loss, 100);
  if (typeof loss === 'function') return cut(loss.name || 'a function', 100);
  if (Array.isArray(loss)) return list(loss).map(lossOf).join(', ').slice(0, 500);
  return loss === undefined || loss === null ? undefined : 'several';
}

const name = (text: unknown) => cut(String(text), 100);
