/** tfjs's words for layers and optimisers, from their settings, as words for networks in general. */
import type { LayerDescription, OptimizerDescription } from '../../../model/network.ts';
import { copyOf, textOf } from './look.ts';
import type { Outside } from './outside.ts';
import { cut } from './trouble.ts';

/** Layers without weights that change what is trained on: a prediction does not show them. */
const noise = /Dropout|Noise|ActivityRegularization/;
/** Settings of a layer that change what a training does to it. */
const restraints = [
  'kernelRegularizer',
  'biasRegularizer',
  'activityRegularizer',
  'kernelConstraint',
  'biasConstraint',
] as const;

/** A layer by the name of its class and what its getConfig gives; the student may have written either. */
export function describeLayer(outside: Outside, named: string, config: unknown): Omit<LayerDescription, 'weights'> {
  const setting = settingsOf(outside, config);
  const units = setting('units');
  const activation = setting('activation') ?? (named === 'Softmax' ? 'softmax' : undefined);
  return {
    kind: named === 'Dense' ? 'dense' : noise.test(named) ? 'noise' : 'other',
    named,
    ...(Number.isFinite(units) && { units: units as number }),
    ...(typeof activation === 'string' && { activation: cut(activation, 100) }),
    trainable: setting('trainable') !== false,
    restraints: restraints.filter((name) => (setting(name) ?? null) !== null),
  };
}

/** An optimiser by the name of its class and what its getConfig gives. Momentum is a class of its own in tfjs. */
export function describeOptimizer(outside: Outside, named: string, config: unknown): OptimizerDescription {
  const setting = settingsOf(outside, config);
  const [learningRate, momentum, nesterov] = ['learningRate', 'momentum', 'useNesterov'].map(setting);
  const keys = isObject(config) ? copyOf(outside.keys(config)).slice(0, 20) : [];
  return {
    rule: named === 'SGD' || named === 'Momentum' ? 'gradient-descent' : 'other',
    ...(Number.isFinite(learningRate) && { learningRate: learningRate as number }),
    ...(Number.isFinite(momentum) && { momentum: momentum as number }),
    ...(typeof nesterov === 'boolean' && { nesterov }),
    spelled: [named, ...keys.map((key) => `${cut(key, 50)} ${cut(textOf(setting(key)), 100)}`)].join(', '),
  };
}

const settingsOf =
  (outside: Outside, config: unknown) =>
  (key: string): unknown =>
    isObject(config) ? outside.get(config, key) : undefined;

const isObject = (x: unknown): x is object => typeof x === 'object' && x !== null;
