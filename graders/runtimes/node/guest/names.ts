/**
 * Bundling gives functions of one name numbers, and classes that name themselves a line in front: `meanAbsoluteError2`,
 * `_Sequential`. Programs see these names, e.g. as keys of a training history, so each gets back the one it is published under.
 */
import type { Tf } from './tf.ts';
import type { Bag } from './outside.ts';

/** Names exports of the library and of its parts, and the classes of layers, as the published package does. */
export function restoreNames(tf: Tf): void {
  const library = tf as unknown as Bag;
  for (const key of Object.keys(library)) {
    const part = library[key];
    if (typeof part === 'function') rename(part, key);
    else if (typeof part === 'object' && part !== null) {
      for (const name of Object.keys(part)) rename((part as Bag)[name], name);
    }
  }
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  for (const [name, [made]] of Object.entries(classNameMap)) rename(made, name);
}

function rename(f: unknown, name: string): void {
  if (typeof f !== 'function' || f.name === name) return;
  const given = f.name.replace(/^_/, '');
  if (given.startsWith(name) && /^\d*$/.test(given.slice(name.length))) {
    Object.defineProperty(f, 'name', { value: name, configurable: true });
  }
}
