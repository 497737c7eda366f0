/** What the compiler costs, which is a process of its own that no other clock sees. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Where the kernel tells which processes a thread has started. */
const childrenOf = (thread: string | number) => `/proc/self/task/${thread}/children`;
const isKnown = existsSync(childrenOf(process.pid));
/** The compilers that were found last: to ask every thread for its children costs as much as to compile a short text. */
let compilers: string[] = [];

/** Processor time in milliseconds of the compilers that this process has started and that live; undefined where it cannot be known. */
export function compilerCpuMs(): number | undefined {
  if (!isKnown) return undefined;
  const known = compilers.map(statOf);
  const stats = known.length > 0 && known.every(isCompiler) ? known : search();
  return stats.reduce((sum, stat) => sum + cpuMsOf(stat), 0);
}

/** To be called when this thread has started one: what other threads have started lives on, and hides it. */
export function forgetCompilers(): void {
  compilers = [];
}

function search(): string[] {
  const children = readdirSync('/proc/self/task').flatMap((thread) =>
    read(childrenOf(thread))
      .split(' ')
      .filter((pid) => pid.trim() !== ''),
  );
  const found = children.map((pid) => [pid.trim(), statOf(pid.trim())] as const).filter(([, stat]) => isCompiler(stat));
  compilers = found.map(([pid]) => pid);
  return found.map(([, stat]) => stat);
}

const statOf = (pid: string) => read(`/proc/${pid}/stat`);
const isCompiler = (stat: string) => stat.includes('(esbuild)');

/** User and system time, which the kernel counts in hundredths of a second. */
function cpuMsOf(stat: string): number {
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
