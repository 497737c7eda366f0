/** The marks of a batch as a table for spreadsheets and gradebooks: one line per submission. */
import { stringify } from 'csv-stringify/sync';
import type { Grade, Results } from '../graders/model/grade.ts';
import { csvCell } from './csv-cell.ts';
import { duration, marks, marksWord } from './format.ts';

/**
 * Columns: id; name, number and e-mail where they are known; one per task, total, max (all marks), held, late, manual-pending (marks a
 * person still gives), refused. A task that was not graded and the marks of a refused submission or a held grade are empty: nothing is
 * not zero. A mark in front tells spreadsheets that names are in UTF-8.
 */
export function gradesCsv(results: Results): string {
  const tasks = [...new Set(results.submissions.flatMap((grade) => grade.tasks.map((task) => task.id)))];
  const header = [
    'id',
    'name',
    'number',
    'email',
    ...tasks,
    'total',
    'max',
    'held',
    'late',
    'manual-pending',
    'refused',
  ];
  const rows = results.submissions.map((grade) => [
    csvCell(grade.id),
    ...whose(grade).map((cell) => csvCell(cell)),
    ...tasks.map((id) => {
      const task = grade.tasks.find((candidate) => candidate.id === id);
      return task === undefined || isOpen(grade) ? '' : marks(task.score);
    }),
    isOpen(grade) ? '' : marks(grade.score),
    marks(grade.max),
    grade.held ? 'yes' : 'no',
    csvCell(lateCell(grade)),
    marks(grade.manualMax),
    csvCell(grade.refused ?? ''),
  ]);
  const table = stringify([header.map((cell) => csvCell(cell)), ...rows], { quoted: true, record_delimiter: '\r\n' });
  return `\u{feff}${table}`;
}

/** Name, number and address: of a group its own name, and those of all its members. */
function whose({ origin }: Grade): [name: string, number: string, email: string] {
  if (origin === undefined) return ['', '', ''];
  const people = origin.members ?? [origin];
  const all = (field: 'number' | 'email') => people.flatMap((person) => person[field] ?? []).join('; ');
  const name = (origin.members === undefined ? origin.name : origin.group) ?? origin.name ?? origin.handedInAs;
  return [name, all('number'), all('email')];
}

/** Whether there are no marks yet that a platform may import. */
const isOpen = ({ refused, held }: Grade): boolean => refused !== undefined || held;

/** "2 h 5 min: 7 marks taken off"; the platform's own words where no course file says what lateness costs. */
function lateCell({ late, lateness }: Grade): string {
  if (lateness === undefined) return late ?? '';
  if (lateness.lateBySeconds === 0) return late === undefined ? 'time unknown' : 'late, time unknown';
  return `${duration(lateness.lateBySeconds * 1000)}: ${marksWord(lateness.penalty)} taken off`;
}
