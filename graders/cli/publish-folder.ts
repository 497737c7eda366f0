/** A folder to give out: which pages in it are ours, so that nothing of anybody else is ever overwritten. */
import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { plainLine } from '../../reports/plain-text.ts';
import { isWithin, realPlace } from '../batch/apart.ts';
import type { Gradebook } from '../gradebook/store.ts';
import { folderMode, writeWhole } from '../gradebook/write-whole.ts';
import { makeFolders } from '../make-folders.ts';
import { readPlainText } from '../plain-file.ts';
import { UserError } from './exit-codes.ts';

/** What says that a folder was published to, and from which class; it tells nothing of any student. */
const marker = '.gradmark-published';
const page = 'report.html';
const draft = /^(?:report\.html|\.gradmark-published)\.\d+\.part$/;

/** Stands for a class, whatever its folder is called. */
export const classMark = (book: Gradebook): string => {
  const [first] = book.events({ kind: 'configured' });
  return createHash('sha256').update(`${first?.seq}\n${first?.at}\n${first?.who}`).digest('hex');
};

/** The file of a student's page in a folder to give out. */
export const pageIn = (to: string, folder: string): string => join(to, folder, page);

/**
 * Makes the folder ready for the pages of a class: a new one, an empty one, or one with nothing but pages of this class in it.
 * Throws UserError with what stands in the way, before anything is changed.
 */
export async function openPublishFolder(to: string, dir: string, ofClass: string, folders: ReadonlySet<string>) {
  const [target, batch] = [await realPlace(to), await realPlace(dir)];
  if (isWithin(target, batch) || isWithin(batch, target)) {
    throw new UserError(
      `--to ${to} and ${dir} lie in each other: what is for staff would be given out. Give a folder elsewhere.`,
    );
  }
  const entries = await readdir(to, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UserError(`--to ${to} cannot be read (${error.code}): give a folder.`);
  });
  const written = await readPlainText(join(to, marker)).catch(() => undefined);
  if (written !== undefined && written.trim() !== ofClass) {
    throw new UserError(`${to} holds the pages of another class: give another folder.`);
  }
  const drafts: string[] = [];
  const foreign: string[] = [];
  for (const entry of entries) {
    if (entry.isFile() && draft.test(entry.name)) drafts.push(entry.name);
    else if (written === undefined || (entry.name !== marker && !(entry.isDirectory() && folders.has(entry.name)))) {
      foreign.push(entry.name);
    } else if (entry.isDirectory()) {
      for (const inside of await readdir(join(to, entry.name), { withFileTypes: true })) {
        const name = join(entry.name, inside.name);
        if (inside.isFile() && draft.test(inside.name)) drafts.push(name);
        else if (!inside.isFile() || inside.name !== page) foreign.push(name);
      }
    }
  }
  if (foreign.length > 0) {
    const names = foreign.slice(0, 5).map((name) => plainLine(name));
    throw new UserError(
      `${to} holds what was not published there (${names.join(', ')}${foreign.length > 5 ? ', …' : ''}): ` +
        'give a new folder, or take it away first.',
    );
  }
  makeFolders(to, folderMode);
  for (const name of drafts) await rm(join(to, name), { force: true });
  await writeWhole(join(to, marker), `${ofClass}\n`);
}

/** Removes the page in one folder of those that were published; false where it is not there, or the place is another's now. */
export async function removePublished(to: string, ofClass: string, folder: string): Promise<boolean> {
  const written = await readPlainText(join(to, marker)).catch(() => '');
  if (written.trim() !== ofClass) return false;
  try {
    await rm(pageIn(to, folder));
    await rm(join(to, folder), { recursive: true });
    return true;
  } catch {
    return false;
  }
}
