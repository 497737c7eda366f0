/** What is asked of a program's process once, however many questions need it. */
import type { Guest } from '../model/guest.ts';

/** Asks where nobody has asked this process for the same object before: of another process the answer may be another. */
export function oncePerGuest<K extends object, T>(
  ask: (guest: Guest, of: K) => Promise<T>,
): (guest: Guest, of: K) => Promise<T> {
  const asked = new WeakMap<Guest, WeakMap<K, Promise<T>>>();
  return (guest, of) => {
    const known = asked.get(guest) ?? new WeakMap<K, Promise<T>>();
    asked.set(guest, known);
    const answer = known.get(of) ?? ask(guest, of);
    known.set(of, answer);
    return answer;
  };
}
