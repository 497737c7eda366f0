/** The CPU time of a command with everything that it starts, sandboxes included, as the kernel's accounting of a group tells it. */
import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { watchOthers } from './machine.ts';

/** A group of processes; whatever a member starts is a member, however it ends. */
export interface CpuGroup {
  path: string;
  /** Put in front of a command, so that it starts as a member. */
  enter: readonly string[];
  usedMs(): number;
  close(): Promise<void>;
}

export interface Measured {
  cpuMs: number;
  wallMs: number;
  /** The most memory that the command's own process held; what it starts is not counted. */
  hostMb: number;
  /** Share of the machine's cores that others had meanwhile. */
  othersShare: number;
  stdout: string;
}

/** Opens a group; throws where control groups cannot be made, since without them killed sandboxes would count as free. */
export function openCpuGroup(): CpuGroup {
  const second = existsSync('/sys/fs/cgroup/cgroup.procs');
  const path = `${second ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpuacct'}/gradmark-bench-${process.pid}-${performance.now().toFixed(3).replace('.', '-')}`;
  try {
    mkdirSync(path);
  } catch (error) {
    throw new Error('The bench needs a control group of its own, as root has.', { cause: error });
  }
  return {
    path,
    enter: ['/bin/sh', '-c', `echo $$ > ${path}/cgroup.procs && exec "$@"`, 'sh'],
    usedMs: () =>
      second
        ? Number(/usage_usec (\d+)/.exec(readFileSync(`${path}/cpu.stat`, 'utf8'))![1]) / 1e3
        : Number(readFileSync(`${path}/cpuacct.usage`, 'utf8')) / 1e6,
    async close() {
      // What was killed may take a moment to leave.
      for (let i = 0; i < 50; i++) {
        try {
          return rmdirSync(path);
        } catch {
          await delay(100);
        }
      }
    },
  };
}

/** A group that this process itself joins, with whatever it starts from now on, until it is closed. */
export function joinCpuGroup(): CpuGroup {
  const group = openCpuGroup();
  const join = (path: string) => writeFileSync(`${path}/cgroup.procs`, String(process.pid));
  join(group.path);
  return {
    ...group,
    close() {
      join(dirname(group.path));
      return group.close();
    },
  };
}

/** Runs the command to its end, whatever its exit code, and says what it cost. */
export async function measure(command: readonly string[], env: Record<string, string> = {}): Promise<Measured> {
  const group = openCpuGroup();
  const startedAt = performance.now();
  const others = watchOthers();
  const [file, ...args] = [...group.enter, ...command];
  const child = execa(file!, args, { env, reject: false, stdin: 'ignore' });
  let hostMb = 0;
  const look = setInterval(() => (hostMb = Math.max(hostMb, peakMb(child.pid))), 50);
  const { stdout } = await child;
  clearInterval(look);
  const wallMs = performance.now() - startedAt;
  const cpuMs = group.usedMs();
  const othersShare = others(cpuMs);
  await group.close();
  return { cpuMs, wallMs, hostMb, othersShare, stdout };
}

/** Zero once the process has ended. */
function peakMb(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What bare Node takes to start and end, the median of some. */
export async function bareNodeMs(): Promise<number> {
  const starts: number[] = [];
  for (let i = 0; i < 9; i++) starts.push((await measure([process.execPath, '-e', '0'])).cpuMs);
  return median(starts);
}
