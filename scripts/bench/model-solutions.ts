/** What a model solution costs, phase by phase, with the CPU time of every process that takes part. */
import { join } from 'node:path';
import { execaSync } from 'execa';
import { referenceFiles, submissionOf } from '../../graders/audit/fixtures.ts';
import type { Coursework } from '../../graders/coursework.ts';
import { listCourseworks, openCoursework } from '../../graders/coursework.ts';
import { openContext } from '../../graders/check-context.ts';
import { batchContext, checksOf } from '../../graders/batch/options.ts';
import { packageRoot } from '../../graders/package-root.ts';
import { runChecks } from '../../graders/runner.ts';
import { bestLevel } from '../../graders/sandbox/doctor/best-level.ts';
import { cpuMsOf } from '../../graders/sandbox/contain/watchdog.ts';
import { settle } from '../../graders/settle.ts';
import { createGuestFactory } from '../../graders/guest-factory.ts';

import type { SandboxLevel } from '../../graders/model/guest.ts';
import { median } from './cpu-of.ts';
import type { Line } from './lines.ts';

const clock = () => performance.now();
const treeCpu = () => cpuMsOf(process.pid);

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

const question3 = ['Q3a', 'Q3b', 'Q3c', 'Q3d'];

/** Every model solution, phase by phase, and Question 3 beside the same calls in a bare process. Warm: probes are drawn before. */
export async function benchModelSolutions(rounds: number, slugs: readonly string[]): Promise<Line[]> {
  const level = await bestLevel();
  const lines: Line[] = [];
  for (const [slug, folder] of await listCourseworks([])) {
    if (slugs.length > 0 && !slugs.includes(slug)) continue;
    const coursework = await openCoursework(folder);
    const costs = await costsOf(coursework, level, rounds);
    const of = (key: keyof Cost) => median(costs.map((cost) => cost[key]));
    lines.push({ says: `${slug}, ${of('score')} of ${of('max')} marks`, value: of('cpuMs'), unit: 'ms CPU' });
    for (const [says, key] of phases) lines.push({ says: `  ${says}`, value: of(key), unit: 'ms CPU' });
    if (slug !== 'boston-init-mnist-grads') continue;
    const graded = median((await costsOf(coursework, level, rounds, question3)).map(({ cpuMs }) => cpuMs));
    const bare = bareMs(rounds);
    lines.push({ says: '  Question 3 of it, graded', value: graded, unit: 'ms CPU' });
    lines.push({ says: '  … its calls in a bare process, tfjs on cpu', value: bare, unit: 'ms CPU' });
    lines.push({ says: '  … graded in multiples of bare', value: graded / bare, unit: '×', goal: 1.3 });
  }
  return lines;
}

const phases: [string, keyof Cost][] = [
  ['inspected and compiled', 'inspectMs'],
  ['sandboxes started', 'startMs'],
  ['called and judged', 'checksMs'],
];

/** One submission, from text to grade, with the CPU time of every process that takes part. */
async function costsOf(
  coursework: Coursework,
  level: SandboxLevel,
  rounds: number,
  only?: readonly string[],
): Promise<Cost[]> {
  const { slug } = coursework.assignment;
  const factory = await createGuestFactory({ coursework, level, backend: 'wasm' });
  const submission = submissionOf('reference', await referenceFiles(slug));
  const batch = batchContext({ coursework, seed: 20_260, full: false, clock, only });
  const costs: Cost[] = [];
  // The first round warms what a batch warms once: probes, expected values, the inspector.
  for (let round = 0; round <= rounds; round++) {
    const [cpuBefore, wallBefore] = [treeCpu(), clock()];
    const sources = factory.sourcesFor(submission);
    for (const task of batch.assignment.tasks) {
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
    const grade = settle(batch.assignment, submission, await runChecks(checksOf({ coursework, only }), context, clock));
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
function bareMs(rounds: number): number {
  const script = join(packageRoot, 'scripts', 'bench', 'bare.ts');
  const runs = Array.from({ length: rounds }, () =>
    Number(execaSync(process.execPath, ['--no-warnings', script]).stdout.trim().split('\n').at(-1)),
  );
  return median(runs);
}
