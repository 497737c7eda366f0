/**
 * In which order the answers to a question are read. Markers judge alike what is alike when they see it together, and drift with
 * the order of names and of time; so answers come in groups of their likeness, and in an order by chance within each and among
 * groups that is always the same.
 */
import { createHash } from 'node:crypto';

interface Text {
  /** The same for the same answer whenever it is asked. */
  id: string;
  text: string;
}

interface Grouped {
  id: string;
  /** 0, 1, 2 … in the order of reading. */
  group: number;
}

/**
 * Cosine of two answers' weighed words from which on they are read together. Of two paraphrases by different people about a third
 * of the weight is shared; of the same words in another order all of it.
 */
const alike = 0.35;

type Weights = ReadonlyMap<string, number>;

/** Answers in the order in which they are read; `salt` decides about chance. */
export function byLikeness(texts: readonly Text[], salt: string): Grouped[] {
  const drawn = texts.toSorted((a, b) => (chance(salt, a.id) < chance(salt, b.id) ? -1 : 1));
  const weigh = weighing(drawn.map(({ text }) => text));
  const groups: { leader: Weights; ids: string[] }[] = [];
  for (const { id, text } of drawn) {
    const weights = weigh(text);
    const near = groups.find(({ leader }) => cosine(leader, weights) >= alike);
    if (near === undefined) groups.push({ leader: weights, ids: [id] });
    else near.ids.push(id);
  }
  return groups.flatMap(({ ids }, group) => ids.map((id) => ({ id, group })));
}

const chance = (salt: string, id: string) => createHash('sha256').update(`${salt}\n${id}`).digest('hex');

/** Only so much of a text is compared: it may be a megabyte of words. */
const longest = 20_000;

const words = (text: string): string[] =>
  text
    .slice(0, longest)
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words weigh the more the fewer answers hold them (inverse document frequency); every answer has length 1. */
function weighing(texts: readonly string[]): (text: string) => Weights {
  const holding = new Map<string, number>();
  for (const text of texts) for (const word of new Set(words(text))) holding.set(word, (holding.get(word) ?? 0) + 1);
  return (text) => {
    const weights = new Map<string, number>();
    for (const word of words(text)) {
      const rarity = Math.log(1 + texts.length / holding.get(word)!);
      weights.set(word, (weights.get(word) ?? 0) + rarity);
    }
    const length = Math.hypot(...weights.values());
    return new Map([...weights].map(([word, weight]) => [word, weight / length]));
  };
}

/** 1 for equal answers, nothing written at all included; 0 where no word is shared. */
function cosine(a: Weights, b: Weights): number {
  if (a.size === 0 || b.size === 0) return a.size === b.size ? 1 : 0;
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of few) sum += weight * (many.get(word) ?? 0);
  return sum;
}
