/**
 * What a submission leaves behind is let go of before the next one comes. Most of it is young, numbers in arrays above all, and is
 * found in half a millisecond; left alone, it has V8 look through the whole heap for each submission, on all its threads. The numbers
 * lie beside V8's own heap, and of what has grown old V8 lets 64 MB wait before it looks: in a thread that judges that is what a
 * hundred submissions have left behind. Looking through all costs some 40 ms, once for dozens of them.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mostLeftBytes = 12 * 2 ** 20;
const held = () => getHeapStatistics().external_memory;

/** To be called between two submissions: has young garbage collected, and all of it where enough may lie there. */
export function collectsGarbage(): () => void {
  const collect = collector();
  let lowest = held();
  return () => {
    lowest = Math.min(lowest, held());
    const type = held() - lowest < mostLeftBytes ? 'minor' : 'major';
    collect({ type });
    if (type === 'major') lowest = held();
  };
}

/**
 * A flag makes V8 reject what it has compiled before: this one is set for as long as it takes to get at the function. It is one for the
 * whole process: another thread that has just got at its own may take it away in between, and it is set again.
 */
function collector(): (asked: { type: 'minor' | 'major' }) => void {
  for (;;) {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('globalThis.gc') as ReturnType<typeof collector> | undefined;
    setFlagsFromString('--no-expose-gc');
    if (collect !== undefined) return collect;
  }
}
