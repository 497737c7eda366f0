/** Objects that stay inside and are known to the grader by number. */
import { GuestTrouble } from './trouble.ts';

export interface Handles {
  keep(x: object): number;
  get(id: number): object;
  release(id: number): void;
}

const handleCap = 100_000;

export function createHandles(): Handles {
  const kept = new Map<number, object>();
  const ids = new Map<object, number>();
  let next = 1;
  return {
    keep: (x) => {
      const known = ids.get(x);
      if (known !== undefined) return known;
      if (kept.size >= handleCap)
        throw new GuestTrouble({ kind: 'large', message: `more than ${handleCap} objects are kept` });
      kept.set(next, x);
      ids.set(x, next);
      return next++;
    },
    get: (id) => {
      const x = kept.get(id);
      if (x === undefined) throw new GuestTrouble({ kind: 'ours', message: `there is no object ${id} inside` });
      return x;
    },
    release: (id) => {
      const x = kept.get(id);
      if (x !== undefined) ids.delete(x);
      kept.delete(id);
    },
  };
}
