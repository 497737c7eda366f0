/** What `gradmark publish` does. */
import { resolve } from 'node:path';
import { count, instant, marksWord } from '../../reports/format.ts';
import { folderNames } from '../../reports/folder-names.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { changesSince, hashOfShown, studentPages, toPublish } from '../../reports/published.ts';
import type { State } from '../gradebook/state.ts';
import type { Gradebook } from '../gradebook/store.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import type { FeedbackLevel, Grade, Results } from '../model/grade.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { called } from './named-in-class.ts';
import { atDesk, signedAs, tellViews } from './open-desk.ts';
import { classMark, openPublishFolder, pageIn } from './publish-folder.ts';

export interface PublishOptions {
  to: string;
  feedback?: FeedbackLevel;
  withoutMarks?: boolean;
  as?: string;
}

/** Writes the pages, records what was shown to whom, and says what changed; returns the exit code. */
export async function runPublish(dir: string, options: PublishOptions): Promise<number> {
  const left = await atDesk(dir, (desk, book) => publish(dir, options, desk.look(), book));
  const code = await tellViews(dir);
  return left > 0 ? exitCodes.ours : code;
}

/** How many were left out. */
async function publish(
  dir: string,
  { to, feedback, withoutMarks, as }: PublishOptions,
  { results: all, state }: { results: Results; state: State },
  book: Gradebook,
): Promise<number> {
  const marks = withoutMarks !== true;
  if (!marks && all.submissions.some(({ released }) => released === true)) {
    throw new UserError('What people gave was released before, and stays so: leave --without-marks away.');
  }
  const level = feedback ?? all.feedback;
  const results = toPublish(all, level, marks);
  const folders = folderNames(results);
  await openPublishFolder(to, dir, classMark(book), new Set(folders.values()));
  const [held, given] = [results.submissions.filter(isHeld), results.submissions.filter((grade) => !isHeld(grade))];
  const page = studentPages(results);
  const shown = new Map<string, string>();
  const unwritten: string[] = [];
  for (const { id } of given) {
    try {
      await writeWhole(pageIn(to, folders.get(id)!), page(id));
      shown.set(id, hashOfShown(results, id));
    } catch (error) {
      unwritten.push(`The page of ${plainLine(id)} was not written: ${plainLine((error as Error).message)}`);
    }
  }
  const place = resolve(to);
  const before = state.published.filter((event) => event.to === place);
  // Pages first: whoever is killed between the two has shown no less than is recorded, and publishes again.
  book.append([
    {
      ...{ kind: 'published', who: signedAs(as), at: new Date().toISOString(), feedback: level, to: place },
      ...{ marks, shown: Object.fromEntries(shown) },
    },
  ]);
  const sentences = [
    `${count(shown.size, 'page')} in ${plainLine(place)}, feedback level ${level}, ${marks ? 'with' : 'without'} what people gave.`,
    ...sinceThen(shown, before),
    ...(marks ? stillOpen(given) : []),
  ];
  process.stdout.write(`${sentences.join('\n')}\n`);
  const ungraded = all.of === undefined ? 0 : all.of - all.submissions.length;
  const out = [
    ...held.map((grade) => {
      const stays = before.some((event) => Object.hasOwn(event.shown, grade.id)) ? '; the page of before stays' : '';
      return `Held, not published: ${called(grade)}${grade.heldBecause ? `, because: ${plainLine(grade.heldBecause).replace(/\.$/, '')}` : ''}${stays}`;
    }),
    ...(ungraded > 0 ? [`${ungraded} of ${all.of} submissions are not graded yet.`] : []),
    ...unwritten,
  ];
  for (const sentence of out) process.stderr.write(`${sentence}\n`);
  return out.length;
}

const isHeld = ({ held, heldBecause, refused }: Grade) => heldBecause !== undefined || (held && refused === undefined);

const mostNames = 12;
const names = (ids: readonly string[]) =>
  ids
    .slice(0, mostNames)
    .map((id) => plainLine(id))
    .join(', ') + (ids.length > mostNames ? ', …' : '');

/** What students of this folder are told that they were not told before. */
function sinceThen(shown: ReadonlyMap<string, string>, before: State['published']): string[] {
  const last = before.at(-1);
  if (last === undefined) return [];
  const told = new Map(before.flatMap((event) => Object.entries(event.shown)));
  const { fresh, changed, same } = changesSince(shown, told);
  return [
    `Since ${instant(last.at)}: ${fresh.length} new, ${changed.length} changed, ${same.length} as before.`,
    ...(fresh.length > 0 ? [`  new: ${names(fresh)}`] : []),
    ...(changed.length > 0 ? [`  changed: ${names(changed)}`] : []),
  ];
}

/** What the pages say that a person still gives. */
function stillOpen(given: readonly Grade[]): string[] {
  const open = given.filter(({ manualMax, refused }) => manualMax > 0 && refused === undefined);
  if (open.length === 0) return [];
  const most = Math.max(...open.map(({ manualMax }) => manualMax));
  return [
    `${count(open.length, 'page says', 'pages say')} that a person still gives up to ${marksWord(most)}: ${names(open.map(({ id }) => id))}`,
  ];
}
