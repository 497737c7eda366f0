/** A grade is repeated with what its record holds, and compared check by check. */
import { checksOf } from '../batch/options.ts';
import type { Circumstances, Judged, Recorded } from '../gradebook/event.ts';
import { SecretError } from '../gradebook/secret.ts';
import type { Attempt } from '../gradebook/state.ts';
import { latestRuns, sameCircumstances, verdictsOf } from '../gradebook/state.ts';
import type { Submission } from '../model/submission.ts';
import type { AgainOptions } from './again.ts';
import { openAgain } from './again.ts';
import type { Difference } from './difference.ts';
import { differencesOf } from './difference.ts';

type Grader = NonNullable<Recorded['grader']>;

export interface Replayed {
  schema: 'gradmark/replay/v1';
  student: string;
  /** Whether every check ended and was told as it was. */
  same: boolean;
  checks: number;
  /** With what it was graded; several where checks were graded at several times. */
  graders: Grader[];
  now: Grader;
  /** Where the sandbox of now is another. */
  levels?: { then: string; now: string };
  differences: Difference[];
}

/** Repeats the verdicts that hold for this work, each under what it was found under. Throws SecretError where that is not to be had. */
export async function replay(
  events: readonly Recorded[],
  { id, attempt, submission }: { id: string; attempt: Attempt; submission: Submission },
  options: AgainOptions,
): Promise<Replayed> {
  const { coursework, graderVersion } = options;
  const latest = latestRuns(attempt);
  const holding = new Set([...latest.values()].map(({ run }) => run));
  const again = openAgain(options);
  const differences: Difference[] = [];
  let levels: Replayed['levels'];
  try {
    for (const { under, checks } of groupsOf(latest)) {
      const now = await again.under(under);
      assertSameProbes(under, now, options.outDir);
      if (now.level !== under.level) levels = { then: under.level, now: now.level };
      const before = verdictsOf(attempt).filter((verdict) => checks.has(verdict.id));
      const tasks = new Set(before.map(({ task }) => task));
      const only = coursework.assignment.tasks.map((task) => task.id).filter((task) => tasks.has(task));
      // A check that the coursework has since, and the record has not, is a difference as well.
      const asked = checksOf({ coursework, only }).filter((check) => checks.has(check.id) || !latest.has(check.id));
      const ids = new Set(asked.map((check) => check.id));
      const grade = await again.judge(submission, under, only);
      const after = grade.tasks.flatMap((task) => task.checks).filter((verdict) => ids.has(verdict.id));
      differences.push(...differencesOf(before, after, true));
    }
  } finally {
    await again.close();
  }
  const graders = events.flatMap((event) =>
    event.kind === 'judged' && holding.has(event) && event.grader !== undefined ? [event.grader] : [],
  );
  return {
    ...{ schema: 'gradmark/replay/v1', student: id, same: differences.length === 0, checks: latest.size },
    graders: [...new Map(graders.map((grader) => [grader.hash, grader])).values()],
    now: { version: graderVersion, hash: coursework.hash },
    ...(levels !== undefined && { levels }),
    differences,
  };
}

/** The checks that were found under the same. */
function groupsOf(latest: ReadonlyMap<string, { run: Judged }>): { under: Circumstances; checks: Set<string> }[] {
  const groups: { under: Circumstances; checks: Set<string> }[] = [];
  for (const [check, { run }] of latest) {
    const group = groups.find(({ under }) => sameCircumstances(under, run.under));
    if (group === undefined) groups.push({ under: run.under, checks: new Set([check]) });
    else group.checks.add(check);
  }
  return groups;
}

function assertSameProbes(then: Circumstances, now: Circumstances, outDir: string): void {
  if (then.seed === now.seed && then.round?.fingerprint === now.round?.fingerprint) return;
  throw new SecretError(
    `The secret of ${outDir} is not the one that this was graded with (round ${then.round?.name ?? ''}): give that one with --secret-file.`,
  );
}
