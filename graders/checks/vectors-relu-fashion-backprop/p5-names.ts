/** Parameters as students of Problem 5 write them: `weights[0]` for what the library of mistakes calls W1. */
import type { Clues } from '../../key.ts';

const inTheirNames = (text: string): string =>
  text.replace(/\b([Wb])([1-9])\b/g, (_, part: string, layer: string) => {
    return `${part === 'W' ? 'weights' : 'biases'}[${Number(layer) - 1}]`;
  });

/** The names of a network of so many layers, for a problem's `names`. */
export const layerNames = (layers: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: layers }, (_, l) => [`W${l + 1}`, `b${l + 1}`])
      .flat()
      .map((name) => [name, inTheirNames(name)]),
  );

/** The library's clues, whose sentences then use the same names. */
export const withLayerNames = <Probe>(clues: Clues<Probe>): Clues<Probe> => ({
  ...clues,
  suspect: (wrong, right) => {
    const sentence = clues.suspect?.(wrong, right);
    return sentence === undefined ? undefined : inTheirNames(sentence);
  },
  relations: (clues.relations ?? []).map((relation) => ({ ...relation, says: inTheirNames(relation.says) })),
});
