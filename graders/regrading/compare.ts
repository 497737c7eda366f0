/** Old against new: what everybody's grade becomes if what is proposed counts, and why. */
import { resultsOf } from '../gradebook/class-results.ts';
import type { Event, Recorded } from '../gradebook/event.ts';
import { stateOf } from '../gradebook/fold.ts';
import type { Attempt, State } from '../gradebook/state.ts';
import { latestRuns, verdictsOf } from '../gradebook/state.ts';
import type { Grade } from '../model/grade.ts';
import type { Difference } from './difference.ts';
import { differencesOf } from './difference.ts';
import type { Proposals } from './proposals.ts';
import { approving } from './proposals.ts';
import type { Reason } from './reasons.ts';
import { reasonsFor } from './reasons.ts';

interface Changed {
  student: string;
  name?: string;
  before: number;
  after: number;
  max: number;
  /** The boundaries that lie between, in percent of the maximum. */
  crosses: number[];
  /** With which grader it was graded, and would be. */
  graders: { before?: string; after?: string };
  checks: (Difference & { why: Reason[] })[];
}

export interface Comparison {
  schema: 'gradmark/regrade/v1';
  assignment: string;
  students: Changed[];
  /** Whose proposals are not to be approved, by what happened since. */
  overtaken: { student: string; why: string }[];
  totals: {
    students: number;
    changed: number;
    up: number;
    down: number;
    crossing: number;
    meanBefore: number;
    meanAfter: number;
  };
}

/** What approving everything would change. */
export function compare(events: readonly Recorded[], proposals: Proposals, boundaries: readonly number[]): Comparison {
  const before = stateOf(events);
  const signed = { who: 'gradmark', at: events.at(-1)?.at ?? '' };
  const said = approving(events, proposals, proposals.open.keys());
  const after = stateOf([
    ...events,
    ...said.map((one, i) => {
      const event: Event = { ...signed, ...one };
      return { ...event, seq: before.seq + 1 + i } as Recorded;
    }),
  ]);
  const [old, now] = [resultsOf(before), resultsOf(after)];
  const students = old.submissions.flatMap((grade): Changed[] => {
    const next = now.submissions.find(({ id }) => id === grade.id);
    const own = proposals.open.get(grade.id) ?? [];
    // Of several attempts the one that counts then is what the student is told of.
    const proposal = own.findLast(({ sha256 }) => sha256 === next?.sha256) ?? own.at(-1);
    if (proposal === undefined || next === undefined) return [];
    const checks = changedChecks(before, after, grade.id, next.sha256);
    const graders = { before: grade.under?.graderVersion ?? old.graderVersion, after: proposal.under.graderVersion };
    const name = grade.origin?.name;
    return [
      {
        ...{ student: grade.id, before: grade.score, after: next.score, max: next.max },
        ...(name !== undefined && { name }),
        ...{ crosses: crossed(grade, next, boundaries), graders, checks },
      },
    ];
  });
  const changed = students.filter(({ checks, before, after }) => checks.length > 0 || before !== after);
  const mean = (grades: readonly Grade[]) =>
    grades.reduce((sum, { score }) => sum + score, 0) / Math.max(1, grades.length);
  return {
    ...{ schema: 'gradmark/regrade/v1', assignment: old.assignment, students: changed },
    overtaken: [...proposals.overtaken].map(([student, why]) => ({ student, why })),
    totals: {
      ...{ students: old.submissions.length, changed: changed.length },
      up: changed.filter(({ before, after }) => after > before).length,
      down: changed.filter(({ before, after }) => after < before).length,
      crossing: changed.filter(({ crosses }) => crosses.length > 0).length,
      ...{ meanBefore: mean(old.submissions), meanAfter: mean(now.submissions) },
    },
  };
}

function changedChecks(before: State, after: State, student: string, sha256: string): Changed['checks'] {
  const [old, now] = [before, after].map((state) => attemptOf(state, student, sha256));
  if (old === undefined || now === undefined) return [];
  const [oldRuns, newRuns] = [latestRuns(old), latestRuns(now)];
  const taskIn = ({ config }: State, id: string) => config?.assignment.tasks.find((task) => task.id === id);
  return differencesOf(verdictsOf(old), verdictsOf(now)).map((difference) => {
    const { check, task } = difference;
    const was = { run: oldRuns.get(check)?.run, task: taskIn(before, task) };
    const is = { run: newRuns.get(check)?.run, task: taskIn(after, task) };
    return { ...difference, why: reasonsFor(check, was, is) };
  });
}

const attemptOf = ({ students }: State, student: string, sha256: string): Attempt | undefined =>
  students.get(student)?.attempts.find((attempt) => attempt.sha256 === sha256);

/** A boundary is reached by who has it exactly; dust of binary numbers decides nothing. */
function crossed(before: Grade, after: Grade, boundaries: readonly number[]): number[] {
  const reaches = ({ score, max }: Grade, boundary: number) => max > 0 && (100 * score) / max >= boundary - 1e-9;
  return boundaries.filter((boundary) => reaches(before, boundary) !== reaches(after, boundary));
}
