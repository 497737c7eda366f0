/** Verdicts become marks. Points are summed here and nowhere else in grading; `broken` holds a grade and never lowers it. */
import type { Assignment, Task } from './model/assignment.ts';
import type { Grade, TaskGrade, TaskStatus } from './model/grade.ts';
import type { Adjustment, Mark } from './model/marking.ts';
import type { Submission } from './model/submission.ts';
import { waits, type Verdict } from './model/verdict.ts';

/** What people add to the verdicts of checks, by task. */
interface Given {
  marks: ReadonlyMap<string, Mark>;
  adjustments: ReadonlyMap<string, Adjustment>;
  /** A person holds the grade. */
  held?: boolean;
}

const nothing: Given = { marks: new Map(), adjustments: new Map() };

/** The grade of one submission from every verdict of its assignment; a task without a verdict is held, never passed. */
export function settle(
  { tasks: all }: Pick<Assignment, 'tasks'>,
  submission: Pick<Submission, 'id' | 'sha256' | 'notes' | 'origin'>,
  verdicts: readonly Verdict[],
  given: Given = nothing,
): Grade {
  const tasks = all.map((task) => {
    const checks = verdicts.filter((verdict) => verdict.task === task.id);
    return settleTask(task, checks, given.marks.get(task.id), given.adjustments.get(task.id));
  });
  return {
    id: submission.id,
    sha256: submission.sha256,
    score: total(tasks.map((task) => task.score)),
    max: total(tasks.map((task) => task.max)),
    manualMax: total(tasks.map((task) => task.manualMax)),
    held: given.held === true || tasks.some((task) => task.status === 'held'),
    notes: submission.notes,
    ...(submission.origin !== undefined && { origin: submission.origin }),
    tasks,
  };
}

function settleTask(task: Task, checks: Verdict[], marked?: Mark, adjusted?: Adjustment): TaskGrade {
  const asked = total(checks.filter((check) => check.outcome === 'manual').map((check) => check.max));
  // Without anything that a person marks a mark has no place: the text that it was given for is gone.
  const mark = asked > 0 ? marked : undefined;
  const manualMax = mark === undefined && adjusted === undefined ? asked : 0;
  const score = adjusted?.points ?? total([...checks.map((check) => check.points), mark?.points ?? 0]);
  return {
    ...{ id: task.id, title: task.title, score, max: task.marks, manualMax },
    status: adjusted === undefined ? statusOf(task, checks, score, asked, mark) : statusOfMarks(score, task.marks),
    checks,
    ...(mark !== undefined && { marked: mark }),
    ...(adjusted !== undefined && { adjusted }),
  };
}

const statusOfMarks = (score: number, max: number): TaskStatus =>
  score >= max ? 'pass' : score > 0 ? 'partial' : 'fail';

function statusOf(task: Task, checks: readonly Verdict[], score: number, asked: number, mark?: Mark): TaskStatus {
  if (checks.some((check) => check.outcome === 'broken')) return 'held';
  // Nothing ran is not a pass: marks that no check stands behind are ours to explain.
  if (checks.length === 0 && task.marks > 0) return 'held';
  if (mark !== undefined) return statusOfMarks(score, task.marks);
  const automatic = checks.filter((check) => check.outcome !== 'manual');
  if (automatic.length === 0) return checks.length === 0 ? 'pass' : 'manual';
  // What is not judged for want of something else of it is not there either.
  const judged = automatic.filter((check) => check.outcome !== 'skipped' && !waits(check));
  if (judged.length > 0 && judged.every((check) => check.outcome === 'missing')) return 'missing';
  const automaticMax = total(automatic.map((check) => check.max));
  if (score >= automaticMax && automatic.every((check) => check.outcome === 'pass')) {
    return asked > 0 ? 'manual' : 'pass';
  }
  return score > 0 ? 'partial' : 'fail';
}

/** A sum of marks, free of binary dust: marks are multiples of 1/1000. */
export function total(points: readonly number[]): number {
  return Math.round(points.reduce((sum, value) => sum + value, 0) * 1000) / 1000;
}
