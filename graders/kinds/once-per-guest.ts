/** What is asked of a program's process once, however many questions need it. */
import type { Guest } from '../model/guest.ts';

/** Asks where nobody has asked this process for the same object before: of another process the answer may be another. What failed is asked again. */
export function oncePerGuest<K extends object, T>(
  ask: (guest: Guest, of: K) => Promise<T>,
): (guest: Guest, of: K) => Promise<T> {
  const byGuest = new WeakMap<Guest, WeakMap<K, Promise<T>>>();
  return (guest, of) => {
    const known = byGuest.get(guest) ?? new WeakMap<K, Promise<T>>();
    byGuest.set(guest, known);
    const asked = known.get(of);
    if (asked !== undefined) return asked;
    const answer = ask(guest, of);
    known.set(of, answer);
    answer.catch(() => known.delete(of));
    return answer;
  };
}
