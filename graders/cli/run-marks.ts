/** What `gradmark marks` does. */
import { existsSync } from 'node:fs';
import { count } from '../../reports/format.ts';
import { marksSheet } from '../../reports/marking/marks-sheet.ts';
import { readMarksSheet } from '../../reports/marking/read-marks-sheet.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import { readPlainFile } from '../plain-file.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { atDesk, signedAs, tellViews } from './open-desk.ts';

export interface MarksOptions {
  overwrite?: boolean;
  as?: string;
}

/** Writes the table of answers; returns the exit code. */
export async function exportMarks(dir: string, csv: string, { overwrite }: MarksOptions): Promise<number> {
  if (overwrite !== true && existsSync(csv)) {
    throw new UserError(`${csv} exists already: name another file, or replace it with --overwrite.`);
  }
  const answers = await atDesk(dir, async (desk) => {
    await writeWhole(csv, marksSheet(desk));
    return desk.look().tasks.reduce((sum, task) => sum + task.answers.length, 0);
  });
  process.stdout.write(`${count(answers, 'answer')} to mark in ${csv}.\n`);
  return exitCodes.done;
}

/** Reads a filled table and gives what it says, all or nothing; returns the exit code. */
export async function importMarks(dir: string, csv: string, { as }: MarksOptions): Promise<number> {
  const bytes = await readPlainFile(csv).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${csv} cannot be read (${error.code}): name a table that "gradmark marks … export" wrote.`);
  });
  const { entries, same } = await atDesk(dir, (desk) => {
    const read = readOrTell(() => readMarksSheet(bytes, desk), csv);
    if (read.mistakes.length > 0) {
      throw new UserError(
        `${csv}: nothing was imported; ${count(read.mistakes.length, 'mistake')}:\n  ${read.mistakes.join('\n  ')}`,
      );
    }
    if (read.entries.length > 0) desk.enter(signedAs(as), read.entries, read.seen);
    return read;
  });
  const back = entries.filter(({ given }) => given === null).length;
  process.stdout.write(
    `${count(entries.length - back, 'answer')} marked, ${back} taken back, ${count(same, 'row')} as before.\n`,
  );
  return tellViews(dir);
}

function readOrTell<T>(read: () => T, csv: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'SheetError') throw new UserError(`${csv}: ${error.message}`);
    throw error;
  }
}
