/** What the shell that gradmark was started in allows gradmark itself (ulimit). */
import { readFileSync } from 'node:fs';

type Limit = 'Max open files' | 'Max address space';

/** As the kernel counts it, files or bytes; infinite where there is no limit, or the kernel does not tell. */
export function allowedOf(limit: Limit): number {
  const line = limits().find((text) => text.startsWith(limit)) ?? '';
  return Number(/\s(\d+)\s/.exec(line)?.[1] ?? Infinity);
}

function limits(): string[] {
  try {
    return readFileSync('/proc/self/limits', 'latin1').split('\n');
  } catch {
    return [];
  }
}
