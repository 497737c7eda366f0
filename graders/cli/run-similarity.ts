/** What `gradmark similarity` does: a class is read and compared, and a page written. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { similarityPage } from '../../reports/similarity-page.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { filesKnownToAll } from '../audit/fixtures.ts';
import { isWithin, realPlace } from '../batch/apart.ts';
import { listCourseworks } from '../coursework.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import { findHandedIn } from '../intake/receive.ts';
import { createInspector } from '../runtimes/node/inspect/inspector.ts';
import { isProgram } from '../runtimes/node/language/program-files.ts';
import { compareClass, type Similarity } from '../similarity/compare.ts';
import { readClass, readModules } from '../similarity/read-class.ts';
import { recognise } from './choose-coursework.ts';
import { exitCodes, UserError } from './exit-codes.ts';

export interface SimilarityOptions {
  assignment?: string;
  out: string;
  assignments: string[];
}

/** Compares the class at the path and writes the page; returns the exit code. */
export async function runSimilarity(dir: string, options: SimilarityOptions): Promise<number> {
  if (!existsSync(dir)) throw new UserError(`${dir} does not exist.`);
  const { out } = options;
  if (isWithin(await realPlace(out), await realPlace(dir)))
    throw new UserError(`--out ${out} lies in ${dir}: it would be taken for somebody's work. Give a place elsewhere.`);
  const folder =
    options.assignment === undefined
      ? await recognise(dir, options.assignments)
      : assignmentFolder(await listCourseworks(options.assignments), options.assignment);
  const assignment = await loadAssignment(folder);
  const handedIn = await findHandedIn(dir, { assignment });
  const inspector = createInspector();
  try {
    const known = (await filesKnownToAll(folder, assignment.slug)).filter(({ path }) => isProgram(path));
    const { modules } = await readModules(known, inspector);
    const { programs, leftOut } = await readClass(handedIn, assignment, inspector);
    const found = compareClass(programs, modules);
    const all = { ...found, leftOut: [...leftOut, ...found.leftOut] };
    await writeWhole(out, similarityPage(all, assignment));
    process.stdout.write(`${inWords(all)}Page: ${resolve(out)}\n`);
  } finally {
    inspector.close();
  }
  return exitCodes.done;
}

function inWords({ pairs, compared, more, leftOut }: Similarity): string {
  const lines = pairs
    .slice(0, 10)
    .map(({ left, right, share }) => `${String(Math.round(100 * share)).padStart(3)} %  ${left.id}  ${right.id}`);
  const others = pairs.length - lines.length + more;
  const rest = others > 0 ? [`and ${others} more`] : [];
  const head = `${compared} programs compared, ${pairs.length + more} pairs have something rare in common.`;
  const left = leftOut.map(({ id, why }) => `Not compared: ${id}: ${why}`);
  return `${[head, ...lines, ...rest, ...left].map((line) => plainLine(line)).join('\n')}\n`;
}
