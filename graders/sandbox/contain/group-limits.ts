/**
 * Limits that the kernel keeps for a program as a whole, in a control group of its own: memory with what is no process's, the
 * number of processes, and processors. They stand behind the watchdog and the limits of every process, a little wider, so that
 * a program is told the same words whether they are there or not.
 */
import { appendFileSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { THREADS } from './limits.ts';
import type { OwnGroup } from './own-group.ts';
import { processTree } from './watchdog.ts';

interface ProgramGroup {
  /** Whether the kernel has ended something in it for want of memory. */
  ranOutOfMemory(): boolean;
  /** Ends what is left in it and takes it away. */
  end(): void;
}

/** The watchdog counts what is resident; the kernel also counts buffers and tables. */
const besidesMb = 64;
/** Those of bubblewrap, beside the program's own. */
const besidesPids = 8;
/** Two processors of each 100 ms: more would be taken from the neighbour. */
const processors = '200000 100000';

/**
 * A group for a program with so much memory, which holds the process and all that it has started; undefined where there are
 * none, or where the kernel refuses it. To be called before anything of the student's runs.
 */
export function programGroup(own: OwnGroup, pid: number, memoryMb: number): ProgramGroup | undefined {
  if ('says' in own) return undefined;
  const folder = join(own.folder, `gradmark-${process.pid}-${pid}`);
  const limits: Record<string, Record<string, string>> = {
    memory: {
      'memory.max': String(Math.ceil((memoryMb + besidesMb) * 2 ** 20)),
      'memory.swap.max': '0',
      'memory.oom.group': '1',
    },
    pids: { 'pids.max': String(THREADS + besidesPids) },
    cpu: { 'cpu.max': processors },
  };
  if (attempt(() => (mkdirSync(folder), true)) === undefined) return undefined;
  try {
    for (const limit of own.limits)
      for (const [file, value] of Object.entries(limits[limit] ?? {})) writeLimit(join(folder, file), value);
  } catch {
    remove(folder);
    return undefined;
  }
  takeTree(folder, pid);
  return {
    ranOutOfMemory: () =>
      /^oom_kill [1-9]/m.test(attempt(() => readFileSync(join(folder, 'memory.events'), 'latin1')) ?? ''),
    end() {
      attempt(() => appendFileSync(join(folder, 'cgroup.kill'), '1'));
      remove(folder);
    },
  };
}

/** All of it: what was started before its parent was taken is not born in the group. */
function takeTree(folder: string, root: number): void {
  const taken = new Set<number>();
  for (let left = [root]; left.length > 0; left = processTree(root).filter((pid) => !taken.has(pid))) {
    for (const pid of left) {
      taken.add(pid);
      attempt(() => appendFileSync(join(folder, 'cgroup.procs'), `${pid}\n`));
    }
  }
}

/** A kernel without swap has no file for it. */
function writeLimit(path: string, value: string): void {
  try {
    writeFileSync(path, value);
  } catch (error) {
    if (!path.endsWith('memory.swap.max')) throw error;
  }
}

/** The last process may still be on its way out; the group is then taken away with the grader's own. */
const remove = (folder: string) => attempt(() => rmdirSync(folder));

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
