/** A small class in a folder, as `gradmark grade` would have left it, and the command line over it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGradebook } from '../gradebook/store.ts';
import { gradeClass } from '../marking/class.testing.ts';
import type { Event } from '../gradebook/event.ts';
import type { Results } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { commandIn } from './in-process.testing.ts';

export const program = join(packageRoot, 'bin/gradmark.js');

/** A folder with the class in `out`; `say` appends events as another program would. */
export function smallClass(students: readonly string[] = ['ann', 'ben', 'cem']) {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-class-'));
  const out = join(folder, 'out');
  const say = (...events: Event[]): void => {
    const book = openGradebook(out);
    book.append(events);
    book.close();
  };
  const book = openGradebook(out);
  gradeClass(book, students);
  book.close();
  const gradmark = (...words: string[]) => commandIn(folder, words);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {
    ...{ folder, out, say, gradmark, read },
    results: () => JSON.parse(read('out/results.json')) as Results,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
