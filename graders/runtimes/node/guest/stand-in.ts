/**
 * Stands for a package that is not there: it can be imported, named, taken apart and asked for its type, and throws as soon as
 * anything is done with it. So a program that keeps such an import for what it does at home loads and is judged.
 */
import { define } from './make.ts';
import { pureParts } from './pure-parts.ts';
import type { Bag, Callable, Outside } from './outside.ts';

/** `says` is the sentence of what is thrown, given what was used. */
export function standInFor(outside: Outside, specifier: string, says: (used: string) => string): unknown {
  const known = pureParts(outside, specifier);
  return standIn(outside, specifier, known, says);
}

function standIn(outside: Outside, label: string, known: Bag, says: (used: string) => string): unknown {
  const refuse = outside.makeFunction(label, () => {
    throw outside.makeError('Error', says(label));
  });
  const parts = new Map<PropertyKey, unknown>();
  const part = (key: PropertyKey): unknown => {
    if (Object.hasOwn(known, key)) return known[key];
    if (typeof key === 'symbol') return asked(key);
    // Neither is a promise, nor made by a compiler of modules.
    if (key === 'then' || key === '__esModule' || key === 'toJSON') return undefined;
    if (key === 'default') return whole;
    if (!parts.has(key)) parts.set(key, standIn(outside, `${label}.${key}`, outside.makeObject(), says));
    return parts.get(key);
  };
  /** To become a text or a number, or to be walked through, is to be used; its other symbols nobody has. */
  const asked = (key: symbol) =>
    key === Symbol.toPrimitive || key === Symbol.iterator || key === Symbol.asyncIterator ? refuse : undefined;

  const get = outside.makeFunction('get', (_, args) => part(args[1] as PropertyKey));
  const base = outside.makeProxy(outside.makeObject(), traps(outside, { get }));
  const getPrototypeOf = outside.makeFunction('getPrototypeOf', () => base);
  // Whoever copies a module (compilers do) takes the prototype along, through which the rest is found.
  const whole = outside.makeProxy(
    outside.makeFunction(label, () => undefined),
    traps(outside, { get, getPrototypeOf, apply: refuse, construct: refuse, set: refuse, defineProperty: refuse }),
  );
  return whole;
}

function traps(outside: Outside, functions: Record<string, Callable>): Bag {
  const made = outside.makeObject();
  for (const [name, f] of Object.entries(functions)) define(made, name, f);
  return made;
}
