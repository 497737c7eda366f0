/** A grade as it was before any person touched it: what checks gave, and all that people may give still open. */
import type { Grade, TaskGrade } from '../graders/model/grade.ts';

/** The grade without marks and adjustments by people; one that has neither is given back as it is. */
export function beforeMarking(grade: Grade): Grade {
  if (grade.tasks.every((task) => task.marked === undefined && task.adjusted === undefined)) return grade;
  const tasks = grade.tasks.map(taskBeforeMarking);
  const penalty = grade.lateness?.penalty ?? 0;
  return {
    ...grade,
    score: Math.max(0, rounded(tasks.reduce((sum, task) => sum + task.score, 0) - penalty)),
    manualMax: rounded(tasks.reduce((sum, task) => sum + task.manualMax, 0)),
    tasks,
  };
}

function taskBeforeMarking({ marked, adjusted, ...task }: TaskGrade): TaskGrade {
  if (marked === undefined && adjusted === undefined) return task;
  const byPeople = task.checks.filter((check) => check.outcome === 'manual');
  const score = rounded(task.checks.reduce((sum, check) => sum + check.points, 0));
  return {
    ...{ ...task, score },
    manualMax: rounded(byPeople.reduce((sum, check) => sum + check.max, 0)),
    status: statusBefore(task, score, byPeople.length),
  };
}

/** A held task stays held; what a person's marks made of the others is not to be seen in the word either. */
function statusBefore({ status, checks }: TaskGrade, score: number, byPeople: number): TaskGrade['status'] {
  if (status === 'held' || status === 'missing') return status;
  if (byPeople > 0 && checks.every(({ outcome }) => outcome === 'manual' || outcome === 'pass')) return 'manual';
  if (checks.every(({ outcome }) => outcome === 'pass')) return 'pass';
  return score > 0 ? 'partial' : 'fail';
}

/** Sums of marks without binary dust: marks are multiples of 1/1000. */
const rounded = (marks: number): number => Math.round(marks * 1000) / 1000;
