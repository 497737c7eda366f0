/** What `gradmark similarity` does: a class is read and compared, and a page written. */
import { resolve } from 'node:path';
import { similarityPage } from '../../reports/similarity-page.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { filesKnownToAll } from '../audit/fixtures.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import { createInspector } from '../runtimes/node/inspect/inspector.ts';
import { isProgram } from '../runtimes/node/language/program-files.ts';
import { compareClass, type Similarity } from '../similarity/compare.ts';
import { readClass, readModules } from '../similarity/read-class.ts';
import { openClass, type SimilarityOptions } from './class-to-compare.ts';
import { exitCodes } from './exit-codes.ts';

/** Compares the class at the path and writes the page; returns the exit code. */
export async function runSimilarity(dir: string, options: SimilarityOptions): Promise<number> {
  const { folder, assignment, handedIn, leftOut: unkept, close } = await openClass(dir, options);
  const inspector = createInspector();
  try {
    const known = (await filesKnownToAll(folder, assignment.slug)).filter(({ path }) => isProgram(path));
    const { modules } = await readModules(known, inspector);
    const { programs, leftOut } = await readClass(handedIn, assignment, inspector);
    const found = compareClass(programs, modules);
    const all = { ...found, leftOut: [...unkept, ...leftOut, ...found.leftOut] };
    await writeWhole(options.out, similarityPage(all, assignment));
    process.stdout.write(`${inWords(all)}Page: ${resolve(options.out)}\n`);
  } finally {
    inspector.close();
    close();
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
