/**
 * The numbers of arrays lie beside V8's own heap, and V8 lets 64 MB of them wait before it looks which are still wanted: in a
 * thread that judges that is what a hundred submissions have left behind. Looking costs some 40 ms, once for dozens of them.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mostLeftBytes = 12 * 2 ** 20;
const held = () => getHeapStatistics().external_memory;

/** To be called between two submissions: has garbage collected where enough of it may lie there. */
export function collectsGarbage(): () => void {
  let lowest = held();
  let collect: (() => void) | undefined;
  return () => {
    lowest = Math.min(lowest, held());
    if (held() - lowest < mostLeftBytes) return;
    collect ??= collector();
    collect();
    lowest = held();
  };
}

/** A flag makes V8 reject what it has compiled before: this one is set for as long as it takes to get at the function. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}
