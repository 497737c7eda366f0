/**
 * In which order the answers to a question are read. Markers judge alike what is alike when they see it together, and drift with
 * the order of names and of time; so answers come in groups of their likeness, and in an order by chance within each and among
 * groups that is always the same.
 */
import { createHash } from 'node:crypto';

export interface Text {
  /** The same for the same answer whenever it is asked. */
  id: string;
  text: string;
}

export interface Grouped {
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
  const groups: string[][] = [];
  const leaders = openLeaders();
  for (const { id, text } of drawn) {
    const weights = weigh(text);
    const near = leaders.firstLike(weights);
    if (near === undefined) {
      leaders.add(weights);
      groups.push([id]);
    } else groups[near]!.push(id);
  }
  return groups.flatMap((ids, group) => ids.map((id) => ({ id, group })));
}

/** The same, found again only for questions whose answers have changed: marks change none, and there may be thousands of answers. */
export function rememberingLikeness(salt: string): (question: string, texts: readonly Text[]) => readonly Grouped[] {
  const known = new Map<string, { texts: readonly Text[]; grouped: readonly Grouped[] }>();
  return (question, texts) => {
    const before = known.get(question);
    if (before !== undefined && isSame(before.texts, texts)) return before.grouped;
    const grouped = byLikeness(texts, `${salt}\n${question}`);
    known.set(question, { texts, grouped });
    return grouped;
  };
}

const isSame = (one: readonly Text[], other: readonly Text[]) =>
  one.length === other.length && one.every(({ id, text }, i) => id === other[i]!.id && text === other[i]!.text);

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

/**
 * The first answers of all groups, by their words: an answer is compared with all of them at the price of the words it shares. Equal
 * answers are alike, nothing written at all included; those that share no word are not.
 */
function openLeaders() {
  const holding = new Map<string, { group: number; weight: number }[]>();
  let size = 0;
  let wordless: number | undefined;
  return {
    add(weights: Weights): void {
      if (weights.size === 0) wordless = size;
      for (const [word, weight] of weights) {
        const entries = holding.get(word);
        if (entries === undefined) holding.set(word, [{ group: size, weight }]);
        else entries.push({ group: size, weight });
      }
      size++;
    },
    firstLike(weights: Weights): number | undefined {
      if (weights.size === 0) return wordless;
      const cosines = new Float64Array(size);
      for (const [word, weight] of weights)
        for (const entry of holding.get(word) ?? []) cosines[entry.group]! += weight * entry.weight;
      const first = cosines.findIndex((cosine) => cosine >= alike);
      return first < 0 ? undefined : first;
    },
  };
}
