/** What `gradmark check` does, once or after every change of a file. */
import type { ReadStream } from 'node:tty';
import type { Results } from '../model/grade.ts';
import { toJson } from '../gradebook/json.ts';
import { levelForOwnWork } from '../sandbox/doctor/own-level.ts';
import { discloseAll } from '../../reports/disclose.ts';
import { firstToMend, ownWorkText } from '../../reports/own-work/own-work-text.ts';
import { wantsColour } from './colour.ts';
import { entriesAt } from './entries-at.ts';
import { exitCodes } from './exit-codes.ts';
import { listedChecks, listedText } from './listed-checks.ts';
import { tellBroken } from './lecturer.ts';
import type { OwnWorkOptions } from './own-work.ts';
import { sameCommand } from './same-command.ts';
import { allPassed, askedTasks, assertNamed, chooseOwn, openOwnWork } from './own-work.ts';
import { watchWork } from './watch.ts';

export interface CheckOptions extends OwnWorkOptions {
  watch?: boolean;
  explain?: string;
  all?: boolean;
  list?: boolean;
  json?: boolean;
}

/** Checks the folder or archive and prints what was found; with `watch` again and again, until interrupted. */
export async function runCheck(folder: string, options: CheckOptions): Promise<number> {
  if (options.list === true) {
    const chosen = await chooseOwn(folder, options);
    const paths = (await entriesAt(folder)).map(({ path }) => path);
    const listed = listedChecks(chosen, askedTasks(options, chosen), paths);
    process.stdout.write(options.json === true ? toJson(listed) : listedText(listed));
    return exitCodes.done;
  }
  // One's own code needs no protection from oneself: the best level there is will do.
  const { level, distrust } = await levelForOwnWork();
  const work = await openOwnWork(folder, options, level);
  const { assignment, checks } = work.coursework;
  if (options.explain !== undefined) {
    assertNamed(
      'task or check',
      [options.explain],
      [...assignment.tasks, ...checks].map(({ id }) => id),
      assignment,
    );
  }
  let last: Results | undefined;
  const once = async () => {
    const results = await work.check();
    last = results;
    process.stdout.write(text(results, folder, options));
    const code = results.submissions.every(allPassed) ? exitCodes.done : exitCodes.failed;
    const told = tellBroken(results, work.coursework, process.stderr, code);
    if (told === exitCodes.ours) distrust();
    return told;
  };
  try {
    if (options.watch !== true) return await once();
    const check = async () => {
      await once();
      work.prepare();
    };
    await watchWork(
      folder,
      { check, keys: keysFor(() => last, options) },
      { out: process.stdout, keys: process.stdin.isTTY ? (process.stdin as ReadStream) : undefined },
    );
    return exitCodes.done;
  } finally {
    await work.close();
  }
}

/** What single keys show of the last check. */
function keysFor(last: () => Results | undefined, options: CheckOptions) {
  const show = (of: (results: Results, id: string) => string) => () => {
    const results = last();
    return results === undefined
      ? 'Nothing is checked yet.'
      : results.submissions.map(({ id }) => of(results, id)).join('\n');
  };
  const mend = (of: 'hint' | 'where') => show((results, id) => firstToMend(results, id)?.[of] ?? 'There is none.');
  return {
    h: { says: 'hint', show: mend('hint') },
    l: { says: 'list', show: show((results, id) => ownWorkText(results, id, { ...look(), all: options.all ?? true })) },
    o: { says: 'where to open', show: mend('where') },
  };
}

const look = () => ({ colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 });

function text(results: Results, folder: string, options: CheckOptions): string {
  if (options.json === true) return toJson(discloseAll(results));
  // Who names a task wants all of it.
  const asked = { ...look(), command: sameCommand(folder), all: options.all === true || options.task !== undefined };
  const explain = options.explain === undefined ? {} : { explain: [options.explain] };
  return results.submissions.map(({ id }) => `${ownWorkText(results, id, { ...asked, ...explain })}\n`).join('\n');
}
