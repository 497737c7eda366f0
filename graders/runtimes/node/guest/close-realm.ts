/**
 * Makes the guest's realm worthless to whoever should get hold of something of it: text does not become code there, what the
 * guest's code stands on cannot be changed, and its errors do not tell their stack to the student's Error.prepareStackTrace.
 */
import { forbidCodeFromText } from './code-from-text.ts';

/** To be called in the guest's realm, before anything else. */
export function closeRealm(global: object): void {
  // Of two handlers, the one of the error's own realm is asked.
  Object.assign(Error, { stackTraceLimit: 0, prepareStackTrace: () => '' });
  forbidCodeFromText(global);
  for (const part of used) Object.freeze(part);
}

/** What can be reached from any object or function of the guest's, and what reads and writes the replies. */
const used: readonly object[] = [
  ...[Object, Function, Array, Promise, Map, Set, WeakMap, Error, String, Number].flatMap((of) => [of, of.prototype]),
  ...[JSON, Reflect, Math],
  ...[[].values(), new Map().values(), new Set().values()].map((walk) => Object.getPrototypeOf(walk) as object),
];
