/** The answers that people mark as a table for spreadsheets: one row each, with what was given so far. */
import { stringify } from 'csv-stringify/sync';
import type { Rubric } from '../../graders/gradebook/event.ts';
import type { Answer, MarkedTask } from '../../graders/marking/answers.ts';
import { markOn } from '../../graders/marking/answers.ts';
import type { Desk, Given, View } from '../../graders/marking/desk.ts';
import { rubricOf } from '../../graders/marking/rubric.ts';
import { csvCell } from '../csv-cell.ts';
import { marks } from '../format.ts';

/** What a person fills in. */
export const filledColumns = ['items', 'beside', 'comment', 'note'] as const;
export type Filled = Record<(typeof filledColumns)[number], string>;

/** Longest text of a cell that a person reads or writes. */
export const mostLetters = 4000;

/** What was given for an answer, as its cells say it; empty cells where nothing was. */
export const cellsOf = (given: Given | undefined): Filled => ({
  items: given?.items.map((id) => csvCell(id)).join(' ') ?? '',
  beside: given === undefined ? '' : String(given.beside),
  comment: csvCell(given?.comment ?? '', { most: mostLetters }),
  note: csvCell(given?.note ?? '', { most: mostLetters }),
});

/** What was given for an answer and still holds. */
export function givenNow({ state }: View, answer: Answer): Given | undefined {
  const mark = markOn(state, answer);
  return mark && { items: mark.items, beside: mark.beside, comment: mark.comment ?? '', note: mark.note ?? '' };
}

/** The rubric of a task that people mark. */
export const rubricOfTask = ({ state }: View, { id, cap }: MarkedTask): Rubric =>
  rubricOf(state, id, cap) ?? { items: [], from: 0, floor: 0, cap };

/** The table: UTF-8 with a mark in front that tells spreadsheets so, commas, nothing that is computed. */
export function marksSheet(desk: Desk): string {
  const view = desk.look();
  const rows = view.tasks.flatMap((task) => {
    const rubric = rubricOfTask(view, task)
      .items.map(({ id, marks: worth, title }) => `${id} (${marks(worth)}): ${title}`)
      .join('; ');
    return task.answers.map((answer) => {
      const { items, beside, comment, note } = cellsOf(givenNow(view, answer));
      return [
        ...[csvCell(answer.student), csvCell(answer.grade.origin?.name ?? ''), csvCell(task.id)],
        ...[
          csvCell(answer.text, { most: mostLetters }),
          csvCell(rubric, { most: mostLetters }),
          items,
          beside,
          comment,
          note,
        ],
        String(desk.version(answer.student, task.id)),
      ];
    });
  });
  const header = ['id', 'name', 'task', 'answer', 'rubric', ...filledColumns, 'version'];
  return `\u{feff}${stringify([header, ...rows], { quoted: true, record_delimiter: '\r\n' })}`;
}
