/** A class in a folder, as grading would have left it, with a table to import and verdicts to approve. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from '../../graders/gradebook/event.ts';
import { openGradebook } from '../../graders/gradebook/store.ts';
import { gradeClass } from '../../graders/marking/class.testing.ts';
import { startProgram } from './command.ts';

/** Writes a class of `count` into the folder `out` of a room, and beside it `marks.csv`, in which every answer gets a mark. */
export async function writeGraded(room: string, count: number): Promise<void> {
  await mkdir(room, { recursive: true });
  const students = Array.from({ length: count }, (_, i) => `s${String(i).padStart(3, '0')}`);
  const book = openGradebook(join(room, 'out'));
  gradeClass(book, students);
  const judged = book.events({ kind: 'judged' });
  book.append(judged.map(({ seq: _, ...event }): Event => proposed(event)));
  book.close();
  for (const words of [
    ['report', 'out'],
    ['marks', 'out', 'export', 'marks.csv'],
  ]) {
    const run = startProgram(words, { cwd: room });
    const { code } = await run.ended;
    if (code !== 0) throw new Error(`gradmark ${words.join(' ')} ended with ${code}: ${run.said()}`);
  }
  const table = await readFile(join(room, 'marks.csv'), 'utf8');
  // The four cells that people fill in stand before the version, which ends a row.
  const filled = table.replaceAll(/"","","","","(\d+)"\r\n/g, '"","1","Clear.","","$1"\r\n');
  await writeFile(join(room, 'marks.csv'), filled);
}

/** The same work judged once more, with another end. */
function proposed(event: Event): Event {
  if (event.kind !== 'judged') return event;
  const verdicts = event.verdicts.map((verdict) =>
    verdict.outcome === 'manual'
      ? verdict
      : { ...verdict, points: 1, outcome: 'fail' as const, finding: { says: 'The sum is wrong.' } },
  );
  return { ...event, verdicts, proposed: true };
}

/** The same class in another room. */
export const copyRoom = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, preserveTimestamps: true });
