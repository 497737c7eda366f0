/** What a model solution costs, with the CPU time of every process that takes part, sandboxes that have ended included. */
import { join } from 'node:path';
import { execaSync } from 'execa';
import { referenceFiles, submissionOf } from '../../graders/audit/fixtures.ts';
import type { Coursework } from '../../graders/coursework.ts';
import { listCourseworks, openCoursework } from '../../graders/coursework.ts';
import { openContext } from '../../graders/check-context.ts';
import { batchContext, checksOf } from '../../graders/batch/options.ts';
import type { Check, CheckContext } from '../../graders/check.ts';
import { packageRoot } from '../../graders/package-root.ts';
import { runChecks } from '../../graders/runner.ts';
import { bestLevel } from '../../graders/sandbox/doctor/best-level.ts';
import { settle } from '../../graders/settle.ts';
import { createGuestFactory } from '../../graders/guest-factory.ts';

import type { SandboxLevel } from '../../graders/model/guest.ts';
import { bareNodeMs, joinCpuGroup, median } from './cpu-of.ts';
import type { CpuGroup } from './cpu-of.ts';
import type { Line } from './lines.ts';

const clock = () => performance.now();

interface Cost {
  /** All processes. */
  cpuMs: number;
  /** The grader's own process of them, all its threads: reading programs, probes, judging. */
  ownMs: number;
  /** The checks of long trainings of it. */
  trainingsMs: number;
  score: number;
  max: number;
}

const question3 = ['Q3a', 'Q3b', 'Q3c', 'Q3d'];

/**
 * Trainings that were long before small ones were repeated to the last digit, and what their checks took then, in starts of bare
 * Node: measured in turns with the code of today, as this bench measures it. Half of that is the goal.
 */
const trainings: Readonly<Record<string, { checks: RegExp; before: number }>> = {
  'boston-init-mnist-grads': { checks: /^q1b\.learns$/, before: 11 },
  'mnist-sigmoid-relu-lab': { checks: /^T[23]\./, before: 65 },
  'numpy-mlp-digits': { checks: /^3\.6\./, before: 77 },
  'vectors-relu-fashion-backprop': { checks: /^(p4c|p5q4)\./, before: 52 },
};

/** Every model solution, and Question 3 beside the same calls in a bare process. Warm: probes are drawn before. */
export async function benchModelSolutions(rounds: number, slugs: readonly string[]): Promise<Line[]> {
  const group = joinCpuGroup();
  const level = await bestLevel();
  const lines: Line[] = [];
  for (const [slug, folder] of await listCourseworks([])) {
    if (slugs.length > 0 && !slugs.includes(slug)) continue;
    const coursework = await openCoursework(folder);
    // Before and after, since a machine may be slower for some seconds.
    const bareBefore = await bareNodeMs();
    const costs = await costsOf(group, coursework, level, rounds);
    const bareNode = (bareBefore + (await bareNodeMs())) / 2;
    const of = (key: keyof Cost) => median(costs.map((cost) => cost[key]));
    lines.push({ says: `${slug}, ${of('score')} of ${of('max')} marks`, value: of('cpuMs'), unit: 'ms CPU' });
    lines.push({ says: "  of it, the grader's own process", value: of('ownMs'), unit: 'ms CPU' });
    const training = trainings[slug];
    if (training !== undefined) {
      const starts = of('trainingsMs') / bareNode;
      lines.push({ says: '  of it, long trainings', value: starts, unit: '× bare Node', goal: training.before / 2 });
    }
    if (slug !== 'boston-init-mnist-grads') continue;
    const graded = median((await costsOf(group, coursework, level, rounds, question3)).map(({ cpuMs }) => cpuMs));
    const bare = bareMs(rounds);
    lines.push({ says: '  Question 3 of it, graded', value: graded, unit: 'ms CPU' });
    lines.push({ says: '  … its calls in a bare process, tfjs on cpu', value: bare, unit: 'ms CPU' });
    lines.push({ says: '  … graded in multiples of bare', value: graded / bare, unit: '×', goal: 1.3 });
  }
  await group.close();
  return lines;
}

const ownMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** One submission, from text to grade, with the CPU time of every process that takes part. */
async function costsOf(
  group: CpuGroup,
  coursework: Coursework,
  level: SandboxLevel,
  rounds: number,
  only?: readonly string[],
): Promise<Cost[]> {
  const { slug } = coursework.assignment;
  const factory = await createGuestFactory({ coursework, level, backend: 'wasm' });
  const files = await referenceFiles(slug);
  const batch = batchContext({ coursework, seed: 20_260, full: false, clock, only });
  const costs: Cost[] = [];
  // The first round makes what is made once for a batch: probes, expected answers, the inspector.
  for (let round = 0; round <= rounds; round++) {
    // Another text in each round, since what was read of an equal one is remembered.
    const anew = files.map((file) =>
      file.path.endsWith('.ts') ? { ...file, text: `${file.text}\n// ${round}\n` } : file,
    );
    const submission = submissionOf('reference', anew);
    const [cpuBefore, ownBefore] = [group.usedMs(), ownMs()];
    const context = openContext(submission, batch, factory.sourcesFor(submission));
    let trainingsMs = 0;
    const checks = checksOf({ coursework, only }).map((check): Check => {
      if (!trainings[slug]?.checks.test(check.id)) return check;
      const run = async (place: CheckContext) => {
        const before = group.usedMs();
        try {
          return await check.run(place);
        } finally {
          trainingsMs += group.usedMs() - before;
        }
      };
      return { ...check, run };
    });
    const grade = settle(batch.assignment, submission, await runChecks(checks, context, clock));
    await context.close();
    costs.push({
      cpuMs: group.usedMs() - cpuBefore,
      ownMs: ownMs() - ownBefore,
      trainingsMs,
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
