/**
 * One process grades into a folder at a time. What says so is a lock of the operating system, which ends with its process however
 * that ends, in containers and for processes whose number another one has by now; nobody has to guess whether a grader still lives.
 */
import { closeSync, openSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { assertPlainFile, readPlainFileSync } from '../plain-file.ts';
import { GradebookError } from './read-event.ts';
import { fileMode, WriteError, writeWhole } from './write-whole.ts';

/**
 * Locks the folder of a batch for grading until it is released; readers and markers are not kept out. Throws GradebookError where
 * another process grades there.
 */
export async function lockGrading(outDir: string, since: string): Promise<{ release(): void }> {
  const path = join(outDir, 'grading.lock');
  const holder = join(outDir, 'grading.json');
  for (const beside of ['', '-journal']) assertPlainFile(path + beside);
  try {
    closeSync(openSync(path, 'a', fileMode));
  } catch (error) {
    throw new WriteError(path, error);
  }
  // Node can lock no file by itself; an empty database that is never written to is a lock that works wherever SQLite does.
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    // The lower byte is the kind of error.
    const kind = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
    if (kind === 11 || kind === 26) {
      throw new GradebookError(
        `${path} is nothing that gradmark wrote. It holds no grades, only that somebody grades: take it away and say the same again.`,
      );
    }
    if (kind !== 5) throw new WriteError(path, error);
    throw new GradebookError(
      `${outDir} is being graded into${told(holder)}: wait until that is done, or grade into another folder. ` +
        'Marking and reading go on meanwhile.',
    );
  }
  await writeWhole(holder, `${JSON.stringify({ pid: process.pid, host: hostname(), since })}\n`);
  return { release: () => lock.close() };
}

/** Who holds it, as far as they had time to say so. */
function told(holder: string): string {
  try {
    const { pid, host, since } = JSON.parse(readPlainFileSync(holder).toString()) as Record<string, unknown>;
    return ` by process ${Number(pid)} on ${String(host)} since ${String(since)}`;
  } catch {
    return ' by another process';
  }
}
