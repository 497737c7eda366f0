/** What a model holds besides the layers that a sheet asks for, where a prediction does not show it. */
import type { ModelDescription } from './model/guest.ts';

/** Layers without weights that change what is trained on: a prediction does not show them. */
const noise = /Dropout|Noise|ActivityRegularization/;
/** Settings of a layer that change what a training does to it. */
const settings = [
  'kernelRegularizer',
  'biasRegularizer',
  'activityRegularizer',
  'kernelConstraint',
  'biasConstraint',
] as const;

/** By name, what takes part in training (or keeps a layer from it) though a plain dense network has none of it. */
export function addedTo({ layers }: Pick<ModelDescription, 'layers'>): string[] {
  const found = layers.flatMap(({ className, config }) => [
    ...(noise.test(className) ? [className] : []),
    ...settings.filter((name) => (config[name] ?? null) !== null),
    ...(config['trainable'] === false ? ['trainable: false'] : []),
  ]);
  return [...new Set(found)];
}
