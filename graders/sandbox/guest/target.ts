/** Finds what a request addresses: an export, a kept object, its method, a property at the end of a path. */
import type { WireTarget } from '../../protocol/messages.ts';
import { classNameOf, keysOf } from './look.ts';
import { exportOf, kindOf, type Modules } from './modules.ts';
import type { Bag, Callable } from './outside.ts';
import { cut, GuestTrouble } from './trouble.ts';

/** The function that a request addresses, and its `this`; throws GuestTrouble('missing') that says what there is instead. */
export async function functionAt(
  target: WireTarget,
  modules: Modules,
  held: (id: number) => object,
): Promise<{ f: Callable; self: unknown }> {
  if ('module' in target) {
    const f = exportOf(await modules.load(target.module), target.module, target.name);
    if (typeof f === 'function') return { f: f as Callable, self: undefined };
    const message = `${target.module} exports ${target.name}, but it is ${articled(kindOf(f))}, not a function`;
    throw new GuestTrouble({ kind: 'missing', message });
  }
  const holder = held(target.handle);
  const { owner, key } =
    target.method === undefined ? { owner: { it: holder }, key: 'it' } : walk(holder, target.method);
  const f = (owner as Bag)[key];
  if (typeof f === 'function') return { f: f as Callable, self: target.method === undefined ? undefined : owner };
  const found =
    f === undefined
      ? `has no ${target.method}; it has ${keysOf(holder).join(', ') || 'nothing'}`
      : `has ${target.method}, but it is ${articled(kindOf(f))}, not a function`;
  throw new GuestTrouble({ kind: 'missing', message: cut(`the ${classNameOf(holder)} ${found}`) });
}

/** True for classes and for functions that `new` may stand before; false for arrow functions, methods and async functions. Runs nothing of it. */
export function isConstructor(f: Callable): boolean {
  try {
    Reflect.construct(Object, [], f as never);
    return true;
  } catch {
    return false;
  }
}

/** The object and key at the end of a dotted path. */
export function walk(holder: object, path: string): { owner: Bag; key: string } {
  const keys = path.split('.');
  let owner = holder as Bag;
  for (const key of keys.slice(0, -1)) {
    const next = owner[key];
    if ((typeof next !== 'object' || next === null) && typeof next !== 'function') {
      throw new GuestTrouble({ kind: 'missing', message: `the ${classNameOf(holder)} has no ${path}` });
    }
    owner = next as Bag;
  }
  return { owner, key: keys.at(-1)! };
}

const articled = (kind: string) =>
  kind === 'null' || kind === 'undefined' ? kind : /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
