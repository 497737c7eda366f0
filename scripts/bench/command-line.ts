/** What a person waits for at the command line, in multiples of what bare Node takes to start. */
import { execa } from 'execa';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '../../graders/package-root.ts';
import { measure, median, openCpuGroup } from './cpu-of.ts';
import type { Line } from './lines.ts';

const gradmark = (...args: string[]) => [process.execPath, join(packageRoot, 'bin/gradmark.js'), ...args];
const slug = 'boston-init-mnist-grads';

/** `--help`, one task checked in a new process, and checked again by a process that watches. */
export async function benchCommandLine(rounds: number): Promise<Line[]> {
  const work = mkdtempSync(join(tmpdir(), 'gradmark-bench-'));
  cpSync(join(packageRoot, 'reference', slug), work, { recursive: true, dereference: true });
  const check = gradmark('check', work, '--assignment', slug, '--task', 'Q3c');
  const costs: Record<'bare' | 'help' | 'check', number[]> = { bare: [], help: [], check: [] };
  // In turns, so that what else the machine does meets all alike; the first round only compiles.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, command] of [
      ['bare', [process.execPath, '-e', '0']],
      ['help', gradmark('--help')],
      ['check', check],
    ] as const) {
      const { cpuMs } = await measure(command);
      if (round > 0) costs[name].push(cpuMs);
    }
  }
  const watched = await watchedMs([...check, '--watch'], join(work, 'q3c.ts'), rounds);
  rmSync(work, { recursive: true });
  const bare = median(costs.bare);
  return [
    { says: 'bare Node starts and ends', value: bare, unit: 'ms CPU' },
    { says: '--help', value: median(costs.help) / bare, unit: '× bare Node', goal: 5 },
    { says: 'check --task Q3c, cold', value: median(costs.check) / bare, unit: '× bare Node', goal: 20 },
    { says: 'check --watch, after a change', value: watched.toldMs / 1000, unit: 's CPU', goal: 0.2 },
    { says: '… the same, beside a bare process', value: watched.toldMs / bare, unit: '× bare Node' },
    { says: '… and until all is ready for the next', value: watched.readyMs / 1000, unit: 's CPU' },
  ];
}

/** CPU time from a change of the file until the next result is told, and until nothing computes any more. */
async function watchedMs(
  command: readonly string[],
  file: string,
  rounds: number,
): Promise<{ toldMs: number; readyMs: number }> {
  const group = openCpuGroup();
  const [first, ...args] = [...group.enter, ...command];
  const child = execa(first!, args, { reject: false, stdin: 'ignore', buffer: false });
  let told = 0;
  child.stdout.on('data', (text: Buffer) => (told += text.toString().split('that a program gives').length - 1));
  const after = async (count: number) => {
    while (told < count && child.exitCode === null) await delay(20);
  };
  /** What watches over processes that wait takes less. */
  const idle = async () => {
    for (let before = -Infinity; group.usedMs() - before > 10;) {
      before = group.usedMs();
      await delay(500);
    }
  };
  await after(1);
  const costs = { toldMs: [] as number[], readyMs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await idle();
    const before = group.usedMs();
    appendFileSync(file, `\n// ${round}\n`);
    await after(round + 2);
    costs.toldMs.push(group.usedMs() - before);
    await idle();
    costs.readyMs.push(group.usedMs() - before);
  }
  child.kill('SIGINT');
  await child;
  await group.close();
  return { toldMs: median(costs.toldMs), readyMs: median(costs.readyMs) };
}
