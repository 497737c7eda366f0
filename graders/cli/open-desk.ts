/** The desk of a folder for commands that say something of a class: opened, used and closed, and the files that follow written. */
import { userInfo } from 'node:os';
import type { Gradebook } from '../gradebook/store.ts';
import { openDesk, type Desk } from '../marking/desk.ts';
import { openFilled } from './open-filled.ts';
import { writeViews } from './write-views.ts';

/** Does the work with the gradebook of a folder and a desk over it. Throws UserError where nothing was graded into the folder. */
export async function atDesk<T>(dir: string, work: (desk: Desk, book: Gradebook) => T | Promise<T>): Promise<T> {
  const book = openFilled(dir);
  try {
    const desk = openDesk(book, () => new Date());
    desk.look();
    return await work(desk, book);
  } finally {
    book.close();
  }
}

/** Under which name somebody says something: as they ask, or as this machine knows them. */
export const signedAs = (as: string | undefined): string => as ?? knownAs();

/** A container may be started as a user that nobody has entered there, who then has a number only. */
function knownAs(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.geteuid?.() ?? 'unknown'}`;
  }
}

/** Writes everything that follows from the gradebook again and says so; returns the exit code. */
export async function tellViews(dir: string): Promise<number> {
  const code = await writeViews(dir);
  process.stdout.write('Written again: results.json, grades.csv and the pages.\n');
  return code;
}
