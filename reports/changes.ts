/** What a class's results say otherwise than those before: after a changed check, a comment in the grader, a new attempt. */
import type { Grade, Results } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';

/** `new`: there was no such submission or check before; `held`: the grader broke where it did not before. */
export type ChangeKind = 'new' | 'fixed' | 'regressed' | 'held';

interface StudentChange {
  /** By how many marks the total changed; undefined for a submission that was not there before. */
  by: number | undefined;
  kinds: ReadonlySet<ChangeKind>;
}

interface CheckChange {
  kind: ChangeKind;
  task: string;
  title: string;
  /** Ids, in the order of the results. */
  students: string[];
}

export interface Changes {
  students: ReadonlyMap<string, StudentChange>;
  /** In the order of the sheet; new submissions are no change of a check. */
  checks: CheckChange[];
}

/** Compares by the ids of students and checks. Who is gone is not told: the results are of those who are there. */
export function changesSince(before: Results, now: Results): Changes {
  const earlier = new Map(before.submissions.map((grade) => [grade.id, grade]));
  const students = new Map<string, StudentChange>();
  const checks = new Map<string, CheckChange>();
  for (const grade of now.submissions) {
    const was = earlier.get(grade.id);
    const changed = was === undefined ? [] : changedChecks(was, grade);
    for (const { kind, verdict } of changed) {
      const key = JSON.stringify([kind, verdict.id]);
      const entry = checks.get(key) ?? { kind, task: verdict.task, title: verdict.title, students: [] };
      entry.students.push(grade.id);
      checks.set(key, entry);
    }
    const kinds = new Set(was === undefined ? (['new'] as const) : changed.map(({ kind }) => kind));
    const by = was === undefined ? undefined : grade.score - was.score;
    if (kinds.size > 0 || by !== 0) students.set(grade.id, { by, kinds });
  }
  return { students, checks: [...checks.values()] };
}

function changedChecks(was: Grade, is: Grade): { kind: ChangeKind; verdict: Verdict }[] {
  const earlier = new Map(verdictsOf(was).map((verdict) => [verdict.id, verdict]));
  return verdictsOf(is).flatMap((verdict) => {
    const kind = changeOf(earlier.get(verdict.id), verdict);
    return kind === undefined ? [] : [{ kind, verdict }];
  });
}

const verdictsOf = ({ tasks }: Grade) => tasks.flatMap(({ checks }) => checks);

function changeOf(was: Verdict | undefined, is: Verdict): ChangeKind | undefined {
  if (is.outcome === 'manual' || was?.outcome === is.outcome) return undefined;
  if (is.outcome === 'broken') return 'held';
  if (was === undefined) return 'new';
  if (is.outcome === 'pass') return 'fixed';
  return was.outcome === 'pass' ? 'regressed' : undefined;
}
