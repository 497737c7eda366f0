/** What `gradmark check` does, once or after every change of a file. */
import { watch } from 'node:fs';
import type { Results } from '../model/grade.ts';
import { toJson } from '../gradebook/json.ts';
import { levelForOwnWork } from '../sandbox/doctor/own-level.ts';
import { discloseAll } from '../../reports/disclose.ts';
import { studentText } from '../../reports/terminal.ts';
import { wantsColour } from './colour.ts';
import { exitCodes } from './exit-codes.ts';
import { tellBroken } from './lecturer.ts';
import type { OwnWorkOptions } from './own-work.ts';
import { allPassed, openOwnWork } from './own-work.ts';

export interface CheckOptions extends OwnWorkOptions {
  watch?: boolean;
  explain?: boolean;
  json?: boolean;
}

/** Checks the folder or archive and prints what was found; with `watch` again and again, until interrupted. */
export async function runCheck(folder: string, options: CheckOptions): Promise<number> {
  // One's own code needs no protection from oneself: the best level there is will do.
  const { level, distrust } = await levelForOwnWork();
  const work = await openOwnWork(folder, options, level);
  const once = async () => {
    const results = await work.check();
    print(results, options);
    const code = results.submissions.every(allPassed) ? exitCodes.done : exitCodes.failed;
    const told = tellBroken(results, work.coursework, process.stderr, code);
    if (told === exitCodes.ours) distrust();
    return told;
  };
  try {
    if (options.watch !== true) return await once();
    await watchAndRun(folder, async () => {
      await once();
      work.prepare();
    });
    return exitCodes.done;
  } finally {
    await work.close();
  }
}

function print(results: Results, options: CheckOptions): void {
  if (options.json === true) {
    process.stdout.write(toJson(discloseAll(results)));
    return;
  }
  const look = {
    colour: wantsColour(process.stdout),
    width: process.stdout.columns ?? 100,
    all: options.explain === true,
  };
  for (const { id } of results.submissions) process.stdout.write(`${studentText(results, id, look)}\n`);
}

/** Runs now and after every change, until interrupted. */
async function watchAndRun(folder: string, once: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = once();
  const again = () => {
    running = running.then(() => {
      process.stdout.write('\n');
      return once();
    });
  };
  process.stderr.write('Watching for changes; Ctrl-C ends.\n');
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    // Editors write in several steps: wait until they are done.
    timer = setTimeout(again, 100);
  });
  await new Promise<void>((done) => process.once('SIGINT', () => done()));
  watcher.close();
  await running;
}
