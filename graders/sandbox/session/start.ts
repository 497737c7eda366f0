/** Starts the command that contains a student's process: from here, or from a small process that does nothing else. */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Duplex, Readable } from 'node:stream';
import { leakedDescriptors } from '../contain/descriptors.ts';
import { FILTER_FD } from '../contain/level-command.ts';
import { processTree } from '../contain/watchdog.ts';

/** What is started; everything in it is plain, so that it can be said to another process. */
export interface StartOrder {
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** A process group of its own. */
  detached: boolean;
  /** The file that has to be open as FILTER_FD. */
  filter?: string;
  /** User, and group of the same number. */
  user?: number;
  /** How many pipes it finds besides, from this descriptor on. */
  pipes?: { from: number; many: number };
}

/** How a process ended: exit code or signal; or that it is lost with the process that had started it, which is nobody's doing in it. */
export type Ended = [code: number | null, signal: string | null] | 'lost';

export interface Started {
  pid: number;
  stdout: Readable;
  stderr: Readable;
  /** Descriptor 3. */
  channel: Duplex;
  /** Those that were asked for besides. */
  pipes: readonly Duplex[];
  ended: Promise<Ended>;
  /** Ends the process and all that it started; without effect when it has ended. */
  kill(): void;
}

/** Starts the order, or says in a sentence why that failed. */
export type Start = (order: StartOrder) => Promise<Started | { failed: string }>;

/** The same options for whatever starts it; `spawn` is given them while the files in them are open. */
export function spawnOrder<Child extends Pick<ChildProcess, 'pid'>>(
  order: StartOrder,
  spawn: (file: string, args: readonly string[], options: SpawnOptions) => Child,
): Child {
  const opened: number[] = [];
  const open = (path: string) => {
    const fd = openSync(path, 'r');
    opened.push(fd);
    return fd;
  };
  try {
    const stdio: unknown[] = ['ignore', 'pipe', 'pipe', 'pipe'];
    if (order.filter !== undefined) stdio[FILTER_FD] = open(order.filter);
    const { from = 0, many = 0 } = order.pipes ?? {};
    for (let i = 0; i < many; i++) stdio[from + i] = 'pipe';
    coverLeaks(stdio, () => open('/dev/null'));
    return spawn(order.file, order.args, {
      stdio: stdio as SpawnOptions['stdio'] & object,
      env: order.env,
      cwd: order.cwd,
      // Ctrl-C goes to a whole process group: it is for the grader to decide what happens then, and no student's crash.
      detached: order.detached,
      ...(order.user !== undefined && { uid: order.user, gid: order.user }),
    });
  } finally {
    // The child has its own copies.
    for (const fd of opened) closeSync(fd);
  }
}

/** Its streams: standard output and error, the channel, then the other pipes. */
export function streamsOf(child: Pick<ChildProcess, 'stdio'>, { pipes }: StartOrder): unknown[] {
  const besides = Array.from({ length: pipes?.many ?? 0 }, (_, i) => pipes!.from + i);
  return [1, 2, 3, ...besides].map((fd) => (child.stdio as unknown[])[fd]);
}

/** Above this, an inherited descriptor would need an absurdly long list to be covered. */
const HIGHEST_COVERED_FD = 4096;

/** Puts /dev/null over every descriptor that the child would otherwise inherit. */
function coverLeaks(stdio: unknown[], openNull: () => number): void {
  let nothing: number | undefined;
  for (const fd of leakedDescriptors()) {
    if (fd > HIGHEST_COVERED_FD)
      throw new Error(`File descriptor ${fd} would leak into the sandbox; start gradmark without it.`);
    stdio[fd] ??= nothing ??= openNull();
  }
  for (let fd = 0; fd < stdio.length; fd++) stdio[fd] ??= 'ignore';
}

/** How the process ends, and the way to end it before. */
export function endOf(child: ChildProcess, pid: number): Pick<Started, 'ended' | 'kill'> {
  let gone = false;
  const ended = once(child, 'exit').then(([code, signal]: unknown[]): Ended => {
    gone = true;
    return [code as number | null, signal as string | null];
  });
  return { ended, kill: () => void (gone || killTree(pid)) };
}

/**
 * SIGKILL for the process, upon which the kernel ends its namespaces, and for each descendant where there are none. First for its
 * process group at one stroke: what it has just forked is not tied to it yet, and nobody's descendant once it is gone.
 */
function killTree(root: number): void {
  for (const pid of [-root, ...processTree(root)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone with its parent, or no group of its own
    }
  }
}
