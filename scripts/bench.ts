/**
 * What a grade costs: CPU seconds per submission, phase by phase, beside a bare Node process that runs the same student
 * functions on the same inputs, in the same run. Prints ratios; the machine's speed cancels out.
 */
import { join } from 'node:path';
import { execaSync } from 'execa';
import { referenceFiles, submissionOf } from '../graders/audit/fixtures.ts';
import type { Coursework } from '../graders/coursework.ts';
import { listCourseworks, openCoursework } from '../graders/coursework.ts';
import { openContext } from '../graders/check-context.ts';
import { batchContext } from '../graders/batch/options.ts';
import { packageRoot } from '../graders/package-root.ts';
import { runChecks } from '../graders/runner.ts';
import { bestLevel } from '../graders/sandbox/doctor/levels.ts';
import { cpuMsOf } from '../graders/sandbox/contain/watchdog.ts';
import { settle } from '../graders/settle.ts';
import { createGuestFactory } from '../graders/guest-factory.ts';

const rounds = 7;
const clock = () => performance.now();
const treeCpu = () => cpuMsOf(process.pid);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

interface Cost {
  /** Parsing, policy and compilation. */
  inspectMs: number;
  /** Starting the sandbox until the library is ready. */
  startMs: number;
  /** Calls, answers, judging; inside and outside. */
  checksMs: number;
  cpuMs: number;
  wallMs: number;
  score: number;
  max: number;
}

/** One submission, from text to grade, with the CPU time of every process that takes part. */
async function costOf(coursework: Coursework, level: Awaited<ReturnType<typeof bestLevel>>): Promise<Cost[]> {
  const { slug } = coursework.assignment;
  const factory = await createGuestFactory({ coursework, level, backend: 'wasm' });
  const submission = submissionOf('reference', await referenceFiles(slug));
  const batch = batchContext({ coursework, seed: 20_260, full: false, clock });
  const costs: Cost[] = [];
  // The first round warms what a batch warms once: probes, expected values, the inspector.
  for (let round = 0; round <= rounds; round++) {
    const [cpuBefore, wallBefore] = [treeCpu(), clock()];
    const sources = factory.sourcesFor(submission);
    for (const task of coursework.assignment.tasks) {
      if (task.unit !== undefined) await sources.breaches(task.unit, task.policy ?? 'free');
    }
    const inspectMs = treeCpu() - cpuBefore;
    let startMs = 0;
    const context = openContext(submission, batch, {
      ...sources,
      open: async (options) => {
        const before = treeCpu();
        const guest = await sources.open(options);
        startMs += treeCpu() - before;
        return guest;
      },
    });
    const grade = settle(coursework.assignment, submission, await runChecks(coursework.checks, context, clock));
    const cpuMs = treeCpu() - cpuBefore;
    const wallMs = clock() - wallBefore;
    await context.close();
    costs.push({
      inspectMs,
      startMs,
      checksMs: cpuMs - inspectMs - startMs,
      cpuMs,
      wallMs,
      score: grade.score,
      max: grade.max,
    });
  }
  await factory.close();
  return costs.slice(1);
}

/** CPU milliseconds of a bare Node process that imports tfjs and calls the student's functions on the same kind of inputs. */
function bareRun(): number {
  const script = join(packageRoot, 'scripts', 'bench', 'bare.ts');
  const runs = Array.from({ length: rounds }, () =>
    Number(execaSync(process.execPath, ['--no-warnings', script]).stdout.trim().split('\n').at(-1)),
  );
  return median(runs);
}

const row = (...cells: string[]) => cells.map((cell, i) => (i === 0 ? cell.padEnd(32) : cell.padStart(10))).join('');
const level = await bestLevel();
const only = process.argv.slice(2);
process.stdout.write(
  `Sandbox level ${level}, wasm, median of ${rounds} rounds, CPU milliseconds over all processes\n\n`,
);
process.stdout.write(`${row('model solution of', 'inspect', 'start', 'checks', 'CPU', 'wall', 'marks')}\n`);
const cpu = new Map<string, number>();
for (const [slug, folder] of await listCourseworks([])) {
  if (only.length > 0 && !only.includes(slug)) continue;
  const costs = await costOf(await openCoursework(folder), level);
  const of = (key: keyof Cost) => Math.round(median(costs.map((cost) => cost[key])));
  cpu.set(slug, of('cpuMs'));
  process.stdout.write(
    `${row(slug, ...(['inspectMs', 'startMs', 'checksMs', 'cpuMs', 'wallMs'] as const).map((key) => String(of(key))), `${costs[0]!.score}/${costs[0]!.max}`)}\n`,
  );
}
const graded = cpu.get('boston-init-mnist-grads');
if (graded !== undefined) {
  const bare = bareRun();
  process.stdout.write(`\nQuestion 3 in a bare Node process (tfjs, cpu backend): ${Math.round(bare)} ms CPU\n`);
  process.stdout.write(`graded : bare = ${(graded / bare).toFixed(2)} : 1\n`);
}
