/**
 * What was needed for one submission is let go of before the next one comes. Most of it is young, numbers in arrays above all, and is
 * found in half a millisecond; left alone, it has V8 look through the whole heap for each submission, on all its threads. The numbers
 * lie beside V8's own heap, and of what has grown old V8 lets 64 MB wait before it looks: in a thread that judges that is what a
 * hundred submissions have left behind. Looking through all costs some 40 ms, once for dozens of them.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mostLeftBytes = 12 * 2 ** 20;

/** What objects and numbers take, whether anybody wants them or not. */
function heldBytes(): number {
  const { external_memory: numbers, used_heap_size: objects } = getHeapStatistics();
  return numbers + objects;
}

/** Who has no more to do than this is done before anything lies in the way. */
const few = 12;

/** Each in turn; of a long row, what was needed for one is let go of before the next. */
export function* lettingGo<T>(items: Iterable<T>): Generator<T> {
  const collect = collectsForClass();
  for (const item of items) {
    yield item;
    collect();
  }
}

/**
 * To be called by the main thread after each of a class. What is known of everybody stays there and grows old: V8 takes that for a
 * reason to make room for four times as many young objects, which it gives back only where it is asked to do all that it can.
 */
export function collectsForClass(): () => void {
  let [called, collect] = [0, () => {}];
  return () => {
    if (called++ === few) collect = collectsGarbage('last-resort');
    collect();
  };
}

/** Of fewer what one step over the whole class leaves behind is little. */
const many = 500;

/** To be called between two steps over a whole class of so many: all that nobody wants any more is collected, some 50 ms. */
export function letGo(students: number): void {
  if (students > many) collector()({ type: 'major', flavor: 'last-resort' });
}

/** To be called between two submissions: has young garbage collected, and all of it where much may lie there. */
export function collectsGarbage(flavor: 'regular' | 'last-resort' = 'regular'): () => void {
  const collect = collector();
  let lowest = heldBytes();
  return () => {
    collect({ type: 'minor' });
    lowest = Math.min(lowest, heldBytes());
    if (heldBytes() - lowest < mostLeftBytes) return;
    collect({ type: 'major', flavor });
    lowest = heldBytes();
  };
}

/**
 * A flag makes V8 reject what it has compiled before: this one is set for as long as it takes to get at the function. It is one for the
 * whole process: another thread that has just got at its own may take it away in between, and it is set again.
 */
function collector(): (asked: NodeJS.GCOptions) => void {
  for (;;) {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('globalThis.gc') as ReturnType<typeof collector> | undefined;
    setFlagsFromString('--no-expose-gc');
    if (collect !== undefined) return collect;
  }
}
