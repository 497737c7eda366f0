/** Grader-made networks as tfjs models: a Sequential from the plan of its layers and their weights. */
import type { WireLayer } from '../../../protocol/wire.ts';
import { define, makeList } from './make.ts';
import type { Outside } from './outside.ts';
import type { Tf } from './tf.ts';
import { GuestTrouble } from './trouble.ts';

interface Plan {
  inputShape: readonly number[];
  /** With tensors of the student's realm for weights. */
  layers: readonly (Omit<WireLayer, 'weights'> & { weights: unknown[] })[];
}

/** How tfjs calls the maker of a kind of layer. */
const makers = { dense: 'dense', flatten: 'flatten', activation: 'activation' } as const;

/** Builds the layers in order; the first one is told what the network takes. */
export function buildModel(outside: Outside, tf: Tf, { inputShape, layers }: Plan): unknown {
  const model = outside.apply(tf.sequential, undefined, []);
  const tell = (x: unknown, method: string, arg: unknown) => void outside.apply(outside.get(x, method), x, [arg]);
  const made = layers.map(({ kind, units, activation }, i) => {
    if (!(kind in makers)) throw new GuestTrouble({ kind: 'ours', message: `no layer ${kind} can be made` });
    // Plain data of the student's realm: what the library keeps of it is theirs to look at.
    const config = outside.makeObject();
    if (units !== undefined) define(config, 'units', units);
    if (activation !== undefined) define(config, 'activation', activation);
    if (i === 0) define(config, 'inputShape', makeList(outside, inputShape));
    const layer = outside.apply(tf.layers[makers[kind]], undefined, [config]);
    if (layers[i]!.weights.length > 0) withoutDrawing(outside, tf, layer, () => tell(model, 'add', layer));
    else tell(model, 'add', layer);
    return layer;
  });
  made.forEach((layer, i) => {
    const { weights } = layers[i]!;
    if (weights.length > 0) tell(layer, 'setWeights', makeList(outside, weights));
  });
  return model;
}

/**
 * Weights that are overwritten at once need not be drawn, which for wide layers takes longer than what they are made for. The
 * library takes the seed of each such draw from Math.random: one number is taken all the same, so that a program meets the
 * numbers it would have met.
 */
function withoutDrawing(outside: Outside, tf: Tf, layer: unknown, build: () => void): void {
  const drawing = outside.get(layer, 'kernelInitializer');
  if (drawing === undefined) return build();
  const math = outside.global['Math'];
  outside.apply(outside.get(math, 'random'), math, []);
  outside.set(layer, 'kernelInitializer', outside.apply(tf.initializers.zeros, undefined, []));
  build();
  outside.set(layer, 'kernelInitializer', drawing);
}
