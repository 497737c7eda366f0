import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What objects take that are still wanted, MB. */
export function usedMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
  return process.memoryUsage().heapUsed / 2 ** 20;
}
