/**
 * What is equal is held once: titles, sentences and what programs print are the same for most of a class, and so is under what it was
 * graded, and a state holds it all.
 */

/** The texts that were met, and the parts that are the same for all of a class, by their text. */
export interface Held {
  texts: Map<string, string>;
  parts: Map<string, unknown>;
}

export const nothingHeld = (): Held => ({ texts: new Map(), parts: new Map() });

/** The names of parts that follow from coursework and grader more than from the student. */
const ofClass = new Set(['under', 'grader', 'covers', 'keys', 'rubric']);

/** Puts what came first in the place of every equal text, and of every equal part of these names, in the value itself. */
export function holdOnce(value: unknown, held: Held): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return;
  const parts = value as Record<string, unknown>;
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') parts[name] = first(held.texts, part, part);
    else if (ofClass.has(name) && part !== undefined) parts[name] = first(held.parts, JSON.stringify(part), part);
    else holdOnce(part, held);
  }
}

function first<T>(held: Map<string, T>, key: string, value: T): T {
  const before = held.get(key);
  if (before !== undefined) return before;
  held.set(key, value);
  return value;
}
