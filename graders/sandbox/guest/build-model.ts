/** Grader-made tfjs models: a Sequential from layer classes, settings and weights. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { Tf } from './tf.ts';
import type { Bag, Outside } from './outside.ts';
import { GuestTrouble } from './trouble.ts';

interface LayerPlan {
  className: string;
  config: Record<string, unknown>;
  weights: unknown[];
}

const makers: Record<string, keyof typeof layers> = {
  Dense: 'dense',
  Flatten: 'flatten',
  Activation: 'activation',
  InputLayer: 'inputLayer',
  Reshape: 'reshape',
};

/** Builds the layers in order; the first one has to name its `inputShape`. */
export function buildModel(outside: Outside, tf: Tf, plans: readonly LayerPlan[]): unknown {
  const model = tf.sequential();
  const made = plans.map((plan) => {
    const maker = makers[plan.className];
    if (maker === undefined)
      throw new GuestTrouble({ kind: 'ours', message: `no layer ${plan.className} can be made` });
    const layer = (tf.layers[maker] as (config: unknown) => layers.Layer)(copyOut(outside, plan.config));
    model.add(layer);
    return layer;
  });
  made.forEach((layer, i) => {
    const { weights } = plans[i]!;
    if (weights.length > 0) layer.setWeights(copyOut(outside, weights) as Tensor[]);
  });
  return model;
}

/** Plain data as objects of the student's realm. Tensors and primitives stay what they are. */
function copyOut(outside: Outside, x: unknown): unknown {
  if (Array.isArray(x)) {
    const list = outside.makeArray();
    x.forEach((item, i) => (list[i] = copyOut(outside, item)));
    return list;
  }
  if (typeof x !== 'object' || x === null || Object.getPrototypeOf(x) !== Object.prototype) return x;
  const record: Bag = outside.makeObject();
  for (const [key, item] of Object.entries(x)) record[key] = copyOut(outside, item);
  return record;
}
