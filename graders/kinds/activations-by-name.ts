/** The activations of a dense model by the names of its layers, where layers that hold weights of their own keep it from taking ours. */
import type { LayerDescription, NetworkDescription } from '../model/network.ts';

/** Layers that bend nothing by themselves. */
const straight = /norm|dropout|noise|regulari|flatten|reshape|input|identity/i;

/** What bends behind a dense layer: its own activation, and those of the layers up to the next dense one. */
function bendsBehind(layers: readonly LayerDescription[], from: number): string[] {
  const rest = layers.slice(from + 1);
  const next = rest.findIndex(({ kind }) => kind === 'dense');
  const own = layers[from]!.activation;
  const between = (next < 0 ? rest : rest.slice(0, next))
    .filter(({ activation, named }) => activation !== undefined || !straight.test(named))
    .map(({ activation, named }) => activation ?? named);
  return [...(own === undefined ? [] : [own]), ...between]
    .map((name) => name.toLowerCase())
    .filter((name) => name !== 'linear');
}

/** Whether every dense layer but the last has this activation and no other, and the last one of these or none. */
export function areActivated({ layers }: NetworkDescription, hidden: string, outputs: readonly string[]): boolean {
  const dense = layers.flatMap(({ kind }, i) => (kind === 'dense' ? [i] : []));
  const before = layers
    .slice(0, dense[0])
    .every(({ named, activation }) => straight.test(named) && activation === undefined);
  return (
    before &&
    dense.every((at, l) => {
      const bends = bendsBehind(layers, at);
      return l < dense.length - 1
        ? bends.length === 1 && bends[0] === hidden
        : bends.length === 0 || (bends.length === 1 && outputs.includes(bends[0]!));
    })
  );
}
