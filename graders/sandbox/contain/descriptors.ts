/** File descriptors: those that a child process would inherit by accident, and how many there may be. */
import { readdirSync, readFileSync } from 'node:fs';
import { allowedOf } from './own-limits.ts';
import type { Remedy } from './remedies.ts';

const CLOSE_ON_EXEC = 0o2000000;

/**
 * Descriptors above 2 that are open here and not close-on-exec: left by whoever started the grader, e.g. a shell's `251>file`.
 * Node marks only the first few of them at start, so they would reach the student's process. Empty where /proc does not say.
 */
export function leakedDescriptors(): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc/self/fdinfo');
  } catch {
    return [];
  }
  return names.map(Number).filter((fd) => fd > 2 && isInherited(fd));
}

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
    return flags !== undefined && (parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    return false; // closed since it was listed
  }
}

/** Enough for a program on each core, and for what is written meanwhile. */
const NEEDED = 128;

/** What is wrong where fewer files may be open at once than gradmark opens, or than the numbers of those it inherited take up. */
export function tooFewDescriptors(): Remedy | undefined {
  const allowed = allowedOf('Max open files');
  const needed = Math.max(NEEDED, ...leakedDescriptors().map((fd) => fd + NEEDED / 2));
  if (allowed >= needed) return undefined;
  return {
    because: `only ${allowed} files may be open at once here (ulimit -n), of which gradmark needs ${needed}`,
    mend: `start gradmark where "ulimit -H -n" shows ${needed} or more`,
  };
}
