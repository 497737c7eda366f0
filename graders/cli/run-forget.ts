/** What `gradmark forget` does. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderNames } from '../../reports/folder-names.ts';
import { count } from '../../reports/format.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { readResults, recordResults } from '../gradebook/gradebook.ts';
import { lockGrading } from '../gradebook/grading-lock.ts';
import type { State } from '../gradebook/state.ts';
import type { Gradebook } from '../gradebook/store.ts';
import type { Grade } from '../model/grade.ts';
import { UserError } from './exit-codes.ts';
import { called, studentNamed } from './named-in-class.ts';
import { atDesk, signedAs, tellViews } from './open-desk.ts';
import { classMark, removePublished } from './publish-folder.ts';

export interface ForgetOptions {
  yes?: boolean;
  as?: string;
}

/** Removes a person, or says what that would remove; returns the exit code. */
export async function runForget(dir: string, person: string, { yes, as }: ForgetOptions): Promise<number> {
  await atDesk(dir, async (desk, book) => {
    const { results, state } = desk.look();
    const grade = studentNamed(results, person);
    const folder = folderNames(results).get(grade.id)!;
    const places = publishedTo(state, grade.id);
    const all = `${count(book.events({ student: grade.id }).length, 'entry', 'entries')} of the gradebook, the folder ${join(dir, folder)}`;
    if (yes !== true) {
      const given = places.map((to) => `, the page in ${to}`).join('');
      throw new UserError(
        plainLine(`Of ${called(grade)} would go: ${all}${given}. Nothing brings it back: say --yes to do it.`, 4000),
      );
    }
    // Whoever grades meanwhile would bring back what goes.
    const lock = await lockGrading(dir, new Date().toISOString());
    try {
      // Pages first: as long as the gradebook knows them, the same command finds what is left.
      const removed: string[] = [];
      for (const to of places) if (await removePublished(to, classMark(book), folder)) removed.push(to);
      await rm(join(dir, folder), { recursive: true, force: true });
      await withoutSentences(dir);
      forget(book, state, grade, signedAs(as));
      const given = removed.map((to) => `, the page in ${to}`).join('');
      process.stdout.write(`${plainLine(`Removed of ${called(grade)}: ${all}${given}.`, 4000)}\n`);
      for (const sentence of whatStays(
        dir,
        state,
        grade,
        places.filter((to) => !removed.includes(to)),
      )) {
        process.stderr.write(`${plainLine(sentence)}\n`);
      }
    } finally {
      lock.release();
    }
  });
  return tellViews(dir);
}

const publishedTo = ({ published }: State, id: string): string[] => [
  ...new Set(published.filter(({ shown }) => Object.hasOwn(shown, id)).map(({ to }) => to)),
];

/** A grade that is held or was refused is in no figure. */
const inFigures = (grade: Grade): Pick<Grade, 'score' | 'max' | 'tasks'> =>
  grade.held || grade.refused !== undefined ? { score: 0, max: 0, tasks: [] } : grade;

function forget(book: Gradebook, { forgotten }: State, grade: Grade, who: string): void {
  const { score, max, tasks } = inFigures(grade);
  book.forget(grade.id, {
    ...{
      kind: 'forgotten',
      student: `forgotten ${forgotten.length + 1}`,
      who,
      at: new Date().toISOString(),
      score,
      max,
    },
    tasks: tasks.map((task) => ({ id: task.id, score: task.score, max: task.max })),
  });
}

/** Sentences of the last grading about whose work is whose may name anybody. */
async function withoutSentences(dir: string): Promise<void> {
  const before = await readResults(dir).catch(() => undefined);
  if (before === undefined) return;
  const { unclear: _, ...rest } = before;
  await recordResults(dir, rest);
}

/** What no command can take away. */
function whatStays(dir: string, { config }: State, { id, origin }: Grade, published: readonly string[]): string[] {
  const names = new Set([id, origin?.name, origin?.number, origin?.email]);
  const extended = config?.late?.extensions.some(({ who }) => names.has(who)) === true;
  return [
    'What was handed in lies where it was: the next grading that finds it there brings the person back.',
    ...(existsSync(join(dir, 'records'))
      ? ['records/ is of an older gradmark and may hold the person: what it tells stands in the gradebook, remove it.']
      : []),
    ...(extended ? ['course.json names the person for an extension: take that out, and grade with it again.'] : []),
    ...published.map((to) => `The page that was published to ${to} is not there, or the folder is another now.`),
  ];
}
