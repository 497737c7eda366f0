/** Equal texts are held once: titles, sentences and what programs print are the same for most of a class, and a state holds it all. */

/** Puts the text that came first in the place of every equal one, in the value itself. */
export function holdOnce(value: unknown, held: Map<string, string>): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return;
  const parts = value as Record<string, unknown>;
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part !== 'string') holdOnce(part, held);
    else if (held.has(part)) parts[name] = held.get(part);
    else held.set(part, part);
  }
}
