/** What a model holds besides the layers that a sheet asks for, where a prediction does not show it. */
import type { NetworkDescription } from './model/network.ts';

/** By name, what takes part in training (or keeps a layer from it) though a plain dense network has none of it. */
export function addedTo({ layers }: Pick<NetworkDescription, 'layers'>): string[] {
  const found = layers.flatMap(({ kind, named, restraints, trainable }) => [
    ...(kind === 'noise' ? [named] : []),
    ...restraints,
    ...(trainable ? [] : ['trainable: false']),
  ]);
  return [...new Set(found)];
}
