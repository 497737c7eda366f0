/** The class as rows: one student a line, one task a column. */
import type { Grade, TaskGrade } from '../graders/model/grade.ts';
import { LATE, ON_HOLD, REFUSED, type StudentLink } from './class-todo.ts';
import { barWidth, marks } from './format.ts';
import { statusLabel, type Label } from './outcome-words.ts';

export interface StudentRow extends StudentLink {
  score: string;
  /** Of how many; empty where there is no total. */
  max: string;
  width: number;
  flags: Label[];
  /** `depth` 0..4: share of the task's automatic marks, for the shading. */
  cells: { score: string; says: string; depth: number }[];
}

/** Every task that occurs, in the order of the fullest grade. */
export function taskColumns(grades: readonly Grade[]): TaskGrade[] {
  const tasks = new Map<string, TaskGrade>();
  const fullestFirst = grades.toSorted((a, b) => b.tasks.length - a.tasks.length);
  for (const task of fullestFirst.flatMap((grade) => grade.tasks)) if (!tasks.has(task.id)) tasks.set(task.id, task);
  return [...tasks.values()];
}

/** One line of the table. A refused submission has no total: nothing is not zero. */
export function viewRow(grade: Grade, columns: readonly TaskGrade[], link: StudentLink): StudentRow {
  const automatic = grade.max - grade.manualMax;
  const tasks = grade.refused === undefined ? grade.tasks : [];
  const flags = [
    ...(grade.held ? [ON_HOLD] : []),
    ...(grade.refused === undefined ? [] : [REFUSED]),
    ...(grade.late === undefined ? [] : [LATE]),
  ];
  return {
    ...link,
    score: grade.refused === undefined ? marks(grade.score) : '–',
    max: grade.refused === undefined ? marks(automatic) : '',
    width: barWidth(grade.score, automatic),
    flags,
    cells: columns.map((column) => viewCell(tasks.find((task) => task.id === column.id))),
  };
}

function viewCell(task: TaskGrade | undefined): StudentRow['cells'][number] {
  if (task === undefined) return { score: '–', says: 'Not graded', depth: 0 };
  const automatic = task.max - task.manualMax;
  const says = statusLabel(task.status).word;
  if (automatic <= 0) return { score: '·', says, depth: 0 };
  return { score: marks(task.score), says, depth: Math.round(barWidth(task.score, automatic) / 25) };
}
