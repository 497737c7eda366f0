/** Memory and processor time of a process and all its descendants, watched from outside: limits that work for every user everywhere. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { WATCH_EVERY_MS } from './limits.ts';

/** Milliseconds for which threads were ready to run and had no processor so far, by their numbers. */
export type Waits = ReadonlyMap<string, number>;

interface Watch {
  /** Processor time of the tree, as of the last look. */
  cpuMs(): number;
  /** Of all its threads; undefined where the kernel does not say. */
  waits(): Waits | undefined;
  /** Looks no more until it is woken: for a process in which nobody's program is yet. */
  rest(): void;
  wake(): void;
  end(): void;
}

/** Looks at the tree again and again; calls `exceeded` once when it grows over `limitMb`. */
export function watchTree(root: number, limitMb: number, exceeded: () => void): Watch {
  let tree: number[] = [];
  let ticks = 0;
  let cpu = 0;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const look = () => {
    // Looking for children costs ten times what reading a number does, and the tree hardly changes once it stands.
    if (ticks++ % 8 === 0 || tree.length < 3) tree = processTree(root);
    cpu = tree.reduce((sum, pid) => sum + ownCpuMs(pid), 0);
    const resident = tree.reduce((sum, pid) => sum + residentMb(pid), 0);
    if (resident <= limitMb) return;
    end();
    exceeded();
  };
  const rest = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const end = () => {
    ended = true;
    rest();
  };
  const watch = () => (timer = setInterval(look, WATCH_EVERY_MS).unref());
  watch();
  return {
    cpuMs: () => cpu,
    waits: () => waitsOf(tree.length < 3 ? processTree(root) : tree),
    rest,
    wake: () => {
      if (ended || timer !== undefined) return;
      watch();
      // What was used meanwhile is known at once: it is not that of whoever asks now.
      look();
    },
    end,
  };
}

/**
 * Why nothing can be watched here, though it is Linux; undefined where it can. Where /proc is that of other processes, what is
 * read there under a number of ours is another program's.
 */
export function unwatchable(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    if (readlinkSync('/proc/self') === String(process.pid)) return undefined;
  } catch {
    // There is none.
  }
  return '/proc does not show the processes of this container';
}

/** The process and its descendants, parents first. Only the process itself where /proc is absent. */
export function processTree(root: number): number[] {
  const found = [root];
  // `found` grows while it is walked.
  for (const pid of found) found.push(...childrenOf(pid).filter((child) => !found.includes(child)));
  return found;
}

/** VmRSS in megabytes; 0 for a process that is gone. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

/** Time on the queues of the processors; undefined where no thread of these processes tells any. */
function waitsOf(tree: readonly number[]): Waits | undefined {
  const threads = tree.flatMap((pid) => list(`/proc/${pid}/task`).map((thread) => [pid, thread] as const));
  const waits = threads.flatMap(([pid, thread]): [string, number][] => {
    const text = read(`/proc/${pid}/task/${thread}/schedstat`);
    // In nanoseconds.
    return text === undefined ? [] : [[thread, Number(text.split(' ')[1]) / 1e6]];
  });
  // A kernel that does not count says 0 of everything.
  return waits.some(([, ms]) => ms > 0) ? new Map(waits) : undefined;
}

/** User and system time of one process, which the kernel counts in hundredths of a second. */
function ownCpuMs(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return 0;
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user ?? 0) + (system ?? 0)) * 10;
}

function childrenOf(pid: number): number[] {
  const threads = list(`/proc/${pid}/task`);
  const lists = threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`));
  if (threads.length > 0 && lists.every((text) => text === undefined)) return childrenByParent(pid);
  return lists.flatMap((text) => (text ?? '').split(' ').filter(Boolean).map(Number));
}

/** For kernels built without the `children` files: every process names its parent after its bracketed command. */
function childrenByParent(parent: number): number[] {
  return list('/proc')
    .map(Number)
    .filter((pid) => {
      const stat = Number.isInteger(pid) ? read(`/proc/${pid}/stat`) : undefined;
      return stat !== undefined && Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    });
}

/** As UTF-8, which Node reads without a buffer for each text: these are read some hundred times for one submission. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
