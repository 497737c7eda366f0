/** Notices when student code has replaced what the language itself offers, so that the blame falls where it belongs. */
import type { Bag, Outside } from './outside.ts';

const watched = [
  'Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Promise', 'Map', 'Set', 'WeakMap', 'WeakSet',
  'WeakRef', 'Math', 'JSON', 'Reflect', 'Error', 'TypeError', 'RangeError', 'ArrayBuffer', 'Float32Array', 'Float64Array',
  'Int32Array', 'Uint8Array',
]; // prettier-ignore

/** Remembers the built-ins as they are; the returned function names the first one that has changed since. */
export function watchBuiltIns(outside: Outside): () => string | undefined {
  const holders: [string, object][] = [];
  for (const name of watched) {
    const holder = outside.global[name] as (object & { prototype?: object }) | undefined;
    if (holder === undefined) continue;
    holders.push([name, holder]);
    if (holder.prototype) holders.push([`${name}.prototype`, holder.prototype]);
  }
  const before = holders.map(([, holder]) => Object.getOwnPropertyDescriptors(holder) as Bag);
  // Math.random is seeded by the grader itself.
  const ignored = (label: string, key: PropertyKey) => label === 'Math' && key === 'random';

  return () => {
    for (const [i, [label, holder]] of holders.entries()) {
      const now = Object.getOwnPropertyDescriptors(holder) as Record<PropertyKey, PropertyDescriptor>;
      for (const key of new Set([...Reflect.ownKeys(now), ...Reflect.ownKeys(before[i]!)])) {
        const was = before[i]![key] as PropertyDescriptor | undefined;
        const is = now[key];
        const same = Object.is(was?.value, is?.value) && was?.get === is?.get && was?.set === is?.set;
        if (!same && !ignored(label, key)) return `${label}.${String(key)}`;
      }
    }
    for (const [name, holder] of holders) {
      if (!name.includes('.') && outside.global[name] !== holder) return name;
    }
    return undefined;
  };
}
