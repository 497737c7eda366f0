/** What `gradmark export` does: the marks of a batch go where a platform takes them from. */
import { existsSync } from 'node:fs';
import { blackboard } from '../../reports/platforms/blackboard.ts';
import { brightspace } from '../../reports/platforms/brightspace.ts';
import { canvas } from '../../reports/platforms/canvas.ts';
import { count } from '../../reports/format.ts';
import { canvasFeedback, moodleFeedback } from '../../reports/platforms/feedback.ts';
import { fillTable } from '../../reports/platforms/fill.ts';
import { markRows, marksCsv } from '../../reports/platforms/marks-table.ts';
import { moodle } from '../../reports/platforms/moodle.ts';
import { pagesZip } from '../../reports/platforms/pages-zip.ts';
import { plainTable } from '../../reports/platforms/plain-table.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { toJson } from '../gradebook/json.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import type { Results } from '../model/grade.ts';
import { readPlainFile } from '../plain-file.ts';
import { downloadedNames } from './downloaded-names.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { currentResults } from './write-views.ts';

const tables = { moodle, canvas, brightspace, blackboard, csv: plainTable };

export interface ExportOptions {
  to: keyof typeof tables | 'json';
  into?: string;
  column?: string;
  scale?: boolean;
  feedback?: string;
  downloaded?: string;
  out?: string;
  overwrite?: boolean;
}

interface Exported {
  content: string | Uint8Array;
  says: string;
  left: string[];
  /** Where it goes, if not to stdout. */
  file?: string | undefined;
}

/** Writes the table and says what is not in it; returns the exit code. */
export async function runExport(dir: string, options: ExportOptions): Promise<number> {
  const { out, feedback } = options;
  for (const file of [out, feedback]) {
    if (file !== undefined && options.overwrite !== true && existsSync(file)) {
      throw new UserError(`${file} exists already: name another file, or replace it with --overwrite.`);
    }
  }
  const results = await currentResults(dir);
  const parts: Exported[] = [];
  if (options.into !== undefined) parts.push({ ...(await filledTable(results, options.into, options)), file: out });
  else if (feedback === undefined) parts.push({ ...ownTable(results, options), file: out });
  if (feedback !== undefined) parts.push({ ...(await feedbackArchive(results, options)), file: feedback });
  for (const { content, file } of parts) {
    if (file === undefined) process.stdout.write(content);
    else await writeWhole(file, content);
  }
  for (const { says, file } of parts) process.stderr.write(`${plainLine(says)}${file ? ` Written: ${file}` : ''}\n`);
  const missing = results.of === undefined ? 0 : results.of - results.submissions.length;
  const open = parts.flatMap(({ left }) => left);
  if (missing > 0) open.push(`${missing} of ${results.of} submissions are not graded yet.`);
  if (open.length > 0) process.stderr.write(`Left as it was (${open.length}):\n`);
  for (const sentence of open) process.stderr.write(`  ${plainLine(sentence)}\n`);
  return open.length > 0 ? exitCodes.ours : exitCodes.done;
}

/** Students' pages, under the names by which the platform gives them back. */
async function feedbackArchive(results: Results, { to, downloaded }: ExportOptions): Promise<Exported> {
  if (to !== 'moodle' && to !== 'canvas') throw new UserError(`${to} takes no feedback back: moodle and canvas do.`);
  if (to === 'canvas' && downloaded === undefined) {
    throw new UserError('Canvas takes back the names that it gave: name what you downloaded with --downloaded.');
  }
  const { submissions } = results;
  const { pages, left } =
    to === 'moodle' ? moodleFeedback(submissions) : canvasFeedback(submissions, await downloadedNames(downloaded!));
  return { content: pagesZip(results, pages), says: `${count(pages.size, 'page')} in the archive.`, left };
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
  const bytes = await readPlainFile(into).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${into} cannot be read (${error.code}): name the table that ${tables[to].called} exported.`);
  });
  try {
    const platform = to === 'csv' ? undefined : to;
    const filled = fillTable(bytes, tables[to], results, { platform, column, scale });
    const says = `${count(filled.filled, 'row')} filled in the column ${JSON.stringify(filled.column)}.`;
    return { content: filled.bytes, says, left: filled.left };
  } catch (error) {
    if (error instanceof Error && error.name === 'SheetError') throw new UserError(`${into}: ${error.message}`);
    throw error;
  }
}
