import { distance as distanceBetween } from 'fastest-levenshtein';

/** The nearest of `known` when it is close enough to be a slip of the finger (at most a third of its letters), else undefined. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = distanceBetween(word.toLowerCase(), name.toLowerCase());
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  if (best === undefined) return undefined;
  // A long name is often cut short or written as its first words: the start alone is then enough.
  const startsLike = word.length >= 3 && best.name.toLowerCase().startsWith(word.toLowerCase());
  return startsLike || best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}
