/** What `gradmark export` does: the marks of a batch go where a platform takes them from. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { blackboard } from '../../reports/platforms/blackboard.ts';
import { brightspace } from '../../reports/platforms/brightspace.ts';
import { canvas } from '../../reports/platforms/canvas.ts';
import { fillTable } from '../../reports/platforms/fill.ts';
import { markRows, marksCsv } from '../../reports/platforms/marks-table.ts';
import { moodle } from '../../reports/platforms/moodle.ts';
import { plainTable } from '../../reports/platforms/plain-table.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { readResults } from '../gradebook/gradebook.ts';
import { toJson } from '../gradebook/json.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import type { Results } from '../model/grade.ts';
import { exitCodes, UserError } from './exit-codes.ts';

const tables = { moodle, canvas, brightspace, blackboard, csv: plainTable };

export interface ExportOptions {
  to: keyof typeof tables | 'json';
  into?: string;
  column?: string;
  scale?: boolean;
  out?: string;
  overwrite?: boolean;
}

interface Exported {
  content: string | Buffer;
  says: string;
  left: string[];
}

/** Writes the table and says what is not in it; returns the exit code. */
export async function runExport(dir: string, options: ExportOptions): Promise<number> {
  const { to, out, overwrite } = options;
  if (out !== undefined && overwrite !== true && existsSync(out)) {
    throw new UserError(`${out} exists already: name another file, or replace it with --overwrite.`);
  }
  const results = await readResults(dir).catch((error: unknown) => {
    throw new UserError((error as Error).message);
  });
  const { content, says, left } =
    options.into === undefined ? ownTable(results, options) : await filledTable(results, options.into, options);
  const missing = results.of === undefined ? 0 : results.of - results.submissions.length;
  const open = [...left, ...(missing > 0 ? [`${missing} of ${results.of} submissions are not graded yet.`] : [])];
  if (out === undefined) process.stdout.write(content);
  else await writeWhole(out, content);
  process.stderr.write(`${plainLine(says)}\n`);
  if (open.length > 0) process.stderr.write(`Left as it was (${open.length}):\n`);
  for (const sentence of open) process.stderr.write(`  ${plainLine(sentence)}\n`);
  if (out !== undefined && to !== 'json') process.stderr.write(`Written: ${out}\n`);
  return open.length > 0 ? exitCodes.ours : exitCodes.done;
}

function ownTable(results: Results, { to }: ExportOptions): Exported {
  if (to !== 'csv' && to !== 'json') {
    throw new UserError(`--to ${to} fills the table that ${tables[to].called} exports: name it with --into.`);
  }
  const rows = markRows(results);
  const { assignment, title } = results;
  const content =
    to === 'csv' ? marksCsv(rows) : toJson({ schema: 'gradmark/marks/v1', assignment, title, marks: rows });
  const open = rows.filter(({ mark }) => mark === null);
  return {
    content,
    says: `${rows.length - open.length} of ${rows.length} have a mark.`,
    left: open.map(({ id, name, left }) => `${name || id}: ${left}.`),
  };
}

async function filledTable(results: Results, into: string, options: ExportOptions): Promise<Exported> {
  const { to, column, scale } = options;
  if (to === 'json') throw new UserError('--into is a table: with --to json there is none to fill.');
  const bytes = await readFile(into).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${into} cannot be read (${error.code}): name the table that ${tables[to].called} exported.`);
  });
  try {
    const platform = to === 'csv' ? undefined : to;
    const filled = fillTable(bytes, tables[to], results, { platform, column, scale });
    const says = `${filled.filled} marks are in the column ${JSON.stringify(filled.column)}.`;
    return { content: filled.bytes, says, left: filled.left };
  } catch (error) {
    if (error instanceof Error && error.name === 'SheetError') throw new UserError(`${into}: ${error.message}`);
    throw error;
  }
}
