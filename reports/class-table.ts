/** The class as rows: one student a line, one task a column. */
import type { Grade, TaskGrade } from '../graders/model/grade.ts';
import type { Changes } from './changes.ts';
import { marksOfRow, type RowMark } from './class-filters.ts';
import { checkMs } from './class-oddities.ts';
import { LATE, ON_HOLD, REFUSED, type StudentLink } from './class-todo.ts';
import { barWidth, duration, marks } from './format.ts';
import type { Label } from './outcome-words.ts';
import { plainLine } from './plain-text.ts';
import { withMinus } from './typeset.ts';

export interface StudentRow extends StudentLink {
  score: string;
  /** Of how many; empty where there is no total. */
  max: string;
  width: number;
  flags: Label[];
  /** `depth` 0..4: share of the task's automatic marks, for the shading. */
  cells: { score: string; depth: number }[];
  /** As people call the student, and as the platform called what was handed in, where that is not the id. */
  also: string;
  /** Of all marks there are, those by people included. */
  ofAll: string;
  /** Of them earned, 0..1. */
  share: number;
  marks: RowMark[];
  /** Places of the row when sorted by total, by time, by change; the best, the slowest, the largest loss first. */
  places: { total: number; time: number; change: number };
  time: string;
  change: string;
}

/** Every task that occurs, in the order of the fullest grade. */
export function taskColumns(grades: readonly Grade[]): TaskGrade[] {
  const tasks = new Map<string, TaskGrade>();
  const fullestFirst = grades.toSorted((a, b) => b.tasks.length - a.tasks.length);
  for (const task of fullestFirst.flatMap((grade) => grade.tasks)) if (!tasks.has(task.id)) tasks.set(task.id, task);
  return [...tasks.values()];
}

/** The lines of the table. A refused submission has no total: nothing is not zero. */
export function viewRows(
  grades: readonly Grade[],
  columns: readonly TaskGrade[],
  link: (id: string) => StudentLink,
  changes?: Changes,
): StudentRow[] {
  const by = (grade: Grade) => changes?.students.get(grade.id)?.by ?? 0;
  const total = placesBy(grades, (grade) => (grade.refused === undefined ? -grade.score : Infinity));
  const time = placesBy(grades, (grade) => -checkMs(grade));
  const change = placesBy(grades, by);
  return grades.map((grade) => ({
    ...viewRow(grade, columns, link(grade.id)),
    marks: marksOfRow(grade, changes),
    places: { total: total.get(grade)!, time: time.get(grade)!, change: change.get(grade)! },
    change: changeWords(by(grade)),
  }));
}

/** Each grade's place from 0 on when sorted by `of`, upwards; ties keep their order. */
function placesBy(grades: readonly Grade[], of: (grade: Grade) => number): Map<Grade, number> {
  const sorted = grades
    .map((grade) => ({ grade, value: of(grade) }))
    .sort((a, b) => (a.value < b.value ? -1 : Number(a.value > b.value)));
  return new Map(sorted.map(({ grade }, place) => [grade, place]));
}

const changeWords = (by: number): string => (marks(by) === '0' ? '' : withMinus(by > 0 ? `+${marks(by)}` : marks(by)));

function viewRow(
  grade: Grade,
  columns: readonly TaskGrade[],
  link: StudentLink,
): Omit<StudentRow, 'marks' | 'places' | 'change'> {
  const automatic = grade.max - grade.manualMax;
  const graded = grade.refused === undefined;
  const tasks = new Map(graded ? grade.tasks.map((task) => [task.id, task]) : []);
  const flags = [
    ...(grade.held ? [ON_HOLD] : []),
    ...(graded ? [] : [REFUSED]),
    ...(grade.late === undefined ? [] : [LATE]),
  ];
  return {
    ...link,
    score: graded ? marks(grade.score) : '–',
    max: graded ? marks(automatic) : '',
    width: barWidth(grade.score, automatic),
    flags,
    cells: columns.map((column) => viewCell(tasks.get(column.id))),
    also: alsoCalled(grade),
    ofAll: graded ? marks(grade.max) : '',
    share: barWidth(graded ? grade.score : 0, grade.max) / 100,
    time: duration(checkMs(grade)),
  };
}

function alsoCalled({ id, origin }: Grade): string {
  const names = [origin?.name, origin?.handedInAs].filter((name) => name !== undefined && name !== id);
  return plainLine([...new Set(names)].join(' · '), 120);
}

function viewCell(task: TaskGrade | undefined): StudentRow['cells'][number] {
  if (task === undefined) return { score: '–', depth: 0 };
  const judged = task.max - task.manualMax;
  if (judged <= 0) return { score: '·', depth: 0 };
  return { score: marks(task.score), depth: Math.round(barWidth(task.score, judged) / 25) };
}
