/** Finds what a request addresses: an export, a kept object, its method, a property at the end of a path. */
import type { WireTarget } from '../../../protocol/messages.ts';
import { classNameOf, keysOf } from './look.ts';
import { exportOf, kindOf, type Modules } from './modules.ts';
import type { Callable, Outside } from './outside.ts';
import { cut, GuestTrouble } from './trouble.ts';

/** The function that a request addresses, and its `this`; throws GuestTrouble('missing') that says what there is instead. */
export async function functionAt(
  outside: Outside,
  target: WireTarget,
  modules: Modules,
  held: (id: number) => object,
): Promise<{ f: Callable; self: unknown }> {
  if ('module' in target) {
    const { exports } = await modules.load(target.module);
    const f = exportOf(outside, exports, target.module, target.name);
    if (typeof f === 'function') return { f: f as Callable, self: undefined };
    const message = `${target.module} exports ${target.name}, but it is ${articled(kindOf(f))}, not a function`;
    throw new GuestTrouble({ kind: 'missing', message });
  }
  const holder = held(target.handle);
  const { owner, key } =
    target.method === undefined ? { owner: undefined, key: '' } : walk(outside, holder, target.method);
  const f = owner === undefined ? holder : outside.get(owner, key);
  if (typeof f === 'function') return { f: f as Callable, self: owner };
  const found =
    f === undefined
      ? `has no ${target.method}; it has ${keysOf(outside, holder).join(', ') || 'nothing'}`
      : `has ${target.method}, but it is ${articled(kindOf(f))}, not a function`;
  throw new GuestTrouble({ kind: 'missing', message: cut(`the ${classNameOf(outside, holder)} ${found}`) });
}

/** The object and key at the end of a dotted path. */
export function walk(outside: Outside, holder: object, path: string): { owner: object; key: string } {
  const keys = path.split('.');
  let owner = holder;
  for (const key of keys.slice(0, -1)) {
    const next = outside.get(owner, key);
    if ((typeof next !== 'object' || next === null) && typeof next !== 'function') {
      throw new GuestTrouble({ kind: 'missing', message: `the ${classNameOf(outside, holder)} has no ${path}` });
    }
    owner = next;
  }
  return { owner, key: keys.at(-1)! };
}

const articled = (kind: string) =>
  kind === 'null' || kind === 'undefined' ? kind : /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
