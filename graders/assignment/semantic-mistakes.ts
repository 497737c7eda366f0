/** The rules that connect one field of an assignment with another, which a schema cannot say. */
import type { Assignment, Limits, Task } from '../model/assignment.ts';
import { nearest } from './did-you-mean.ts';

/** Every contradiction in an assignment whose shape is right, one sentence each, in the order of its tasks. */
export function semanticMistakes(assignment: Assignment): string[] {
  const { tasks } = assignment;
  return [
    ...limitMistakes('limits', assignment.limits),
    ...limitMistakes(
      'fullLimits',
      { ...assignment.limits, ...assignment.fullLimits },
      assignment.fullLimits !== undefined,
    ),
    ...tasks.flatMap((task, i) => [
      ...idMistakes(tasks, i),
      ...needsMistakes(tasks, i),
      ...unitMistakes(assignment, task, i),
      ...handInMistakes(task, i),
      ...rubricMistakes(tasks, i),
      ...limitMistakes(`tasks[${i}].limits`, { ...assignment.limits, ...task.limits }, task.limits !== undefined),
    ]),
  ];
}

function limitMistakes(field: string, limits: Limits, stated = true): string[] {
  if (!stated || limits.callMs <= limits.submissionMs) return [];
  return [
    `${field}.callMs must not exceed submissionMs, got ${limits.callMs} ms for one call and ${limits.submissionMs} ms for the whole submission`,
  ];
}

function idMistakes(tasks: readonly Task[], i: number): string[] {
  const { id } = tasks[i]!;
  const first = tasks.findIndex((task) => task.id.toLowerCase() === id.toLowerCase());
  return first === i ? [] : [`tasks[${i}].id must be unique, got ${quote(id)} again (it is tasks[${first}] already)`];
}

/** A task may only build on tasks above it, so that no circle is possible and a report reads from top to bottom. */
function needsMistakes(tasks: readonly Task[], i: number): string[] {
  const { id, needs = [] } = tasks[i]!;
  return needs.flatMap((need, k) => {
    const index = tasks.findIndex((task) => task.id === need);
    const field = `tasks[${i}].needs[${k}]`;
    if (index >= 0 && index < i) return [];
    if (need === id) return [`${field} must be another task, got ${quote(need)} itself`];
    if (index >= 0) return [`${field} must be an earlier task, got ${quote(need)}, which comes after ${quote(id)}`];
    const meant = nearest(
      need,
      tasks.map((task) => task.id),
    );
    return [
      `${field} must be the id of a task, got ${quote(need)}${meant === undefined ? '' : `; did you mean ${quote(meant)}?`}`,
    ];
  });
}

function unitMistakes(assignment: Assignment, task: Task, i: number): string[] {
  const mistakes: string[] = [];
  const { unit } = task;
  if (unit !== undefined && task.exports === undefined) {
    mistakes.push(`tasks[${i}].exports must list what ${unit} exports, got nothing`);
  }
  if (unit === undefined && task.exports !== undefined) {
    mistakes.push(
      `tasks[${i}].unit must name what is handed in with the exports ${task.exports.join(', ')}, got nothing`,
    );
  }
  if (unit === undefined && task.policy !== undefined) {
    mistakes.push(`tasks[${i}].policy must come with a unit, got ${quote(task.policy)} without one`);
  }
  const given = (assignment.given ?? []).find((file) => file.replace(/\.\w+$/, '') === unit);
  if (given !== undefined) {
    mistakes.push(`tasks[${i}].unit must be the student's own, got ${quote(unit!)}, and given lists ${given}`);
  }
  return mistakes;
}

function handInMistakes(task: Task, i: number): string[] {
  const mistakes: string[] = [];
  const parts = [task.unit, task.exports, task.answers, task.plots, task.manual];
  const handsIn = parts.some((part) => part !== undefined);
  if (task.marks > 0 && !handsIn) {
    mistakes.push(
      `tasks[${i}] must say what earns its ${task.marks} marks (unit, answers, plots or manual), got none of them`,
    );
  }
  if (task.kinds.includes('essay') && task.manual === undefined) {
    mistakes.push(`tasks[${i}].manual must give the heading and rubric of an essay, got nothing`);
  }
  if (task.kinds.includes('plot') && task.plots === undefined && task.manual === undefined) {
    mistakes.push(`tasks[${i}].plots must name the side-car file of a plot (or manual its rubric), got nothing`);
  }
  return mistakes;
}

function rubricMistakes(tasks: readonly Task[], i: number): string[] {
  const { manual, marks } = tasks[i]!;
  if (manual === undefined) return [];
  const mistakes: string[] = [];
  const sum = manual.rubric.reduce((total, item) => total + item.marks, 0);
  // Halves and quarters add up exactly; thirds may miss by a rounding error.
  if (sum > marks + 1e-9) {
    mistakes.push(`tasks[${i}].manual.rubric must not exceed the ${marks} marks of the task, got ${sum}`);
  }
  const ids = manual.rubric.map((item) => item.id);
  ids.forEach((id, k) => {
    if (ids.indexOf(id) < k) mistakes.push(`tasks[${i}].manual.rubric[${k}].id must be unique, got ${quote(id)} again`);
  });
  const first = tasks.findIndex((task) => sameHeading(task.manual?.heading, manual.heading));
  if (first < i) {
    mistakes.push(
      `tasks[${i}].manual.heading must be unique, got ${quote(manual.heading)}, the heading of tasks[${first}]`,
    );
  }
  return mistakes;
}

const sameHeading = (a: string | undefined, b: string) => a?.trim().toLowerCase() === b.trim().toLowerCase();

const quote = (text: string) => JSON.stringify(text);
