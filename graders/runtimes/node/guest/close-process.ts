/**
 * Keeps Node's process out of the hands of programs. Node's own code looks into it for settings that are not there, calls methods
 * that it inherits, and calls its listeners on it by `apply`: a getter on Object.prototype, another function on the prototype of all
 * emitters (which a few of Node's objects lead to) or on that of all functions would be called with the process itself.
 */
const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;

/** What adds listeners: whoever needs one has it by then. */
const adders = ['addListener', 'on', 'once', 'prependListener', 'prependOnceListener'];

/**
 * From here on the process inherits from an object of its own, which nobody else has and which inherits from nothing, takes no
 * listeners, and calls those that it has in a way that nobody can replace.
 */
export function closeProcess(process: object): void {
  const inherited = Object.create(null) as object;
  for (let from = getPrototypeOf(process); from !== null; from = getPrototypeOf(from)) {
    for (const key of ownKeys(from)) {
      if (!(key in inherited)) defineProperty(inherited, key, getOwnPropertyDescriptor(from, key)!);
    }
  }
  for (const name of adders) defineProperty(inherited, name, { value: () => process });
  defineProperty(inherited, 'emit', { value: emit });
  setPrototypeOf(process, inherited);
}

type Listener = (...args: unknown[]) => unknown;

/** As Node's own, for events that nobody has to hear. */
function emit(
  this: { _events: Record<PropertyKey, Listener | Listener[]> },
  event: PropertyKey,
  ...args: unknown[]
): boolean {
  const listeners = this._events[event];
  if (listeners === undefined) return false;
  if (typeof listeners === 'function') apply(listeners, this, args);
  else for (let i = 0; i < listeners.length; i++) apply(listeners[i]!, this, args);
  return true;
}
