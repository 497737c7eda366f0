/** Verdicts become marks. Points are summed here and nowhere else in grading; `broken` holds a grade and never lowers it. */
import type { Assignment, Task } from './model/assignment.ts';
import type { Grade, TaskGrade, TaskStatus } from './model/grade.ts';
import type { Submission } from './model/submission.ts';
import type { Verdict } from './model/verdict.ts';

/** The grade of one submission from every verdict of its assignment; a task without a verdict is held, never passed. */
export function settle(assignment: Assignment, submission: Submission, verdicts: readonly Verdict[]): Grade {
  const tasks = assignment.tasks.map((task) =>
    settleTask(
      task,
      verdicts.filter((verdict) => verdict.task === task.id),
    ),
  );
  return {
    id: submission.id,
    sha256: submission.sha256,
    score: total(tasks.map((task) => task.score)),
    max: total(tasks.map((task) => task.max)),
    manualMax: total(tasks.map((task) => task.manualMax)),
    held: tasks.some((task) => task.status === 'held'),
    notes: submission.notes,
    tasks,
  };
}

function settleTask(task: Task, checks: Verdict[]): TaskGrade {
  const manualMax = total(checks.filter((check) => check.outcome === 'manual').map((check) => check.max));
  const score = total(checks.map((check) => check.points));
  return {
    id: task.id,
    title: task.title,
    score,
    max: task.marks,
    manualMax,
    status: statusOf(task, checks, score, manualMax),
    checks,
  };
}

function statusOf(task: Task, checks: readonly Verdict[], score: number, manualMax: number): TaskStatus {
  if (checks.some((check) => check.outcome === 'broken')) return 'held';
  // Nothing ran is not a pass: marks that no check stands behind are ours to explain.
  if (checks.length === 0 && task.marks > 0) return 'held';
  const automatic = checks.filter((check) => check.outcome !== 'manual');
  if (automatic.length === 0) return checks.length === 0 ? 'pass' : 'manual';
  if (automatic.every((check) => check.outcome === 'missing')) return 'missing';
  const automaticMax = total(automatic.map((check) => check.max));
  if (score >= automaticMax && automatic.every((check) => check.outcome === 'pass')) {
    return manualMax > 0 ? 'manual' : 'pass';
  }
  return score > 0 ? 'partial' : 'fail';
}

/** A sum of marks, free of binary dust: marks are multiples of 1/1000. */
export function total(points: readonly number[]): number {
  return Math.round(points.reduce((sum, value) => sum + value, 0) * 1000) / 1000;
}
