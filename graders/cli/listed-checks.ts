/** The checks of a coursework by name, before anything is run: for people who want to know, and for the test view of an editor. */
import { plainLine } from '../../reports/plain-text.ts';
import type { Coursework } from '../coursework.ts';
import { inLanguageOf, vocabularyOf } from '../intake/vocabulary.ts';
import { wordsIn } from '../own-words.ts';

interface ListedChecks {
  slug: string;
  title: string;
  tasks: { id: string; title: string; checks: ListedCheck[] }[];
}

interface ListedCheck {
  id: string;
  title: string;
  points: number;
  /** Why it is not made here, where it is not. */
  because?: string;
}

/** Every task that is asked, or all of them, in the words of the language in which the files at these paths are written. */
export function listedChecks(
  { assignment, checks }: Coursework,
  only: readonly string[] | undefined,
  paths: readonly string[],
): ListedChecks {
  const { slug, title, tasks } = assignment;
  const say = wordsIn(assignment, inLanguageOf(paths, vocabularyOf(assignment)).language) ?? ((text) => text);
  return {
    slug,
    title,
    tasks: tasks
      .filter(({ id }) => only === undefined || only.includes(id))
      .map(({ id, title: called }) => ({
        id,
        title: called,
        checks: checks
          .filter(({ task }) => task === id)
          .map((check): ListedCheck => {
            const because = check.manual === true ? 'A person reads it.' : check.elsewhere;
            return {
              id: check.id,
              title: say(check.title),
              points: check.points,
              ...(because !== undefined && { because }),
            };
          }),
      })),
  };
}

/** The same in lines. A tick would say that the check has passed. */
export function listedText({ slug, title, tasks }: ListedChecks): string {
  const all = tasks.flatMap(({ checks }) => checks);
  const here = all.filter(({ because }) => because === undefined).length;
  const lines = tasks.flatMap(({ id, title: called, checks }) => [
    '',
    `${id}  ${plainLine(called)}`,
    ...checks.map(
      (check) =>
        `  ${check.because === undefined ? '•' : '–'} ${check.id}  ${plainLine(check.title)}${check.because === undefined ? '' : `: ${check.because}`}`,
    ),
  ]);
  return `${slug}: ${plainLine(title)}\n${here} of ${all.length} checks are made here.\n${lines.join('\n')}\n`;
}
