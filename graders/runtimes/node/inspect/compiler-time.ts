/** What the compiler costs, which is a process of its own that no other clock sees. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processor time in milliseconds of the compilers that this process has started and that live; undefined where it cannot be known. */
export function compilerCpuMs(): number | undefined {
  if (!existsSync(`/proc/self/task/${process.pid}/children`)) return undefined;
  return readdirSync('/proc/self/task')
    .flatMap((thread) => read(`/proc/self/task/${thread}/children`).split(' ').filter(Boolean))
    .map((pid) => read(`/proc/${pid.trim()}/stat`))
    .filter((stat) => stat.includes('(esbuild)'))
    .reduce((sum, stat) => sum + ofStat(stat), 0);
}

/** User and system time, which the kernel counts in hundredths of a second. */
function ofStat(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** A thread or process that has just ended has nothing to say. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
