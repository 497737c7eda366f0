/** The processor time that a process and all below it have used, ended ones included. */
import { readFileSync } from 'node:fs';
import { descendants } from '../../graders/sandbox/contain/descendants.testing.ts';

/** A hundredth of a second, in which the kernel counts. */
const tickMs = 10;

/** Milliseconds up to now. */
export function cpuOfTree(pid: number): number {
  let ticks = 0;
  for (const one of [pid, ...descendants(pid)]) {
    try {
      const fields = readFileSync(`/proc/${one}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
      ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    } catch {
      // It has ended, and its parent counts it.
    }
  }
  return ticks * tickMs;
}
