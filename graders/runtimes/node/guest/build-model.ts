/** Grader-made tfjs models: a Sequential from layer classes, settings and weights. */
import type { layers } from '@tensorflow/tfjs-layers';
import type { Tf } from './tf.ts';
import type { Bag, Outside } from './outside.ts';
import { define, makeList } from './make.ts';
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
  const model = outside.apply(tf.sequential, undefined, []);
  const tell = (x: unknown, method: string, arg: unknown) => void outside.apply(outside.get(x, method), x, [arg]);
  const made = plans.map((plan) => {
    const maker = makers[plan.className];
    if (maker === undefined)
      throw new GuestTrouble({ kind: 'ours', message: `no layer ${plan.className} can be made` });
    const layer = outside.apply(tf.layers[maker], undefined, [copyOut(outside, plan.config)]);
    tell(model, 'add', layer);
    return layer;
  });
  made.forEach((layer, i) => {
    const { weights } = plans[i]!;
    if (weights.length > 0) tell(layer, 'setWeights', copyOut(outside, weights));
  });
  return model;
}

/** Plain data of the guest's realm as objects of the student's realm. Tensors and primitives stay what they are. */
function copyOut(outside: Outside, x: unknown): unknown {
  if (typeof x === 'object' && x !== null && outside.inherits(x, Array.prototype)) {
    const list = x as unknown[];
    return makeList(
      outside,
      list.map((item) => copyOut(outside, item)),
    );
  }
  // Only the guest's own records and lists are copied: what else stands in them is of the student's realm already.
  if (typeof x !== 'object' || x === null || !isOwnRecord(outside, x)) return x;
  const record: Bag = outside.makeObject();
  for (const [key, item] of Object.entries(x)) define(record, key, copyOut(outside, item));
  return record;
}

const isOwnRecord = (outside: Outside, x: object) => outside.prototypeOf(x) === Object.prototype;
