/** `gradmark check --watch`: checks again after every change, and answers single keys, until it is ended. */
import type { ReadStream } from 'node:tty';
import { plainLine } from '../../reports/plain-text.ts';
import { listOf } from '../intake/list-of.ts';
import { watchFiles } from './watch-files.ts';

interface Watched {
  /** Checks the work as it is now. */
  check(): Promise<void>;
  /** What a key shows of the last check. */
  keys: Readonly<Record<string, { says: string; show(): string }>>;
}

interface Terminal {
  out: NodeJS.WriteStream;
  keys: ReadStream | undefined;
}

/** The whole screen and what has scrolled off it; the next line stands on top. */
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/** Runs until q, Ctrl-C, the end of the process, or until nothing more can be said. A change that comes while a check runs is checked after it. */
export async function watchWork(path: string, { check, keys }: Watched, { out, keys: input }: Terminal): Promise<void> {
  const help = [...Object.entries(keys).map(([key, { says }]) => `${key} ${says}`), 'r again', 'q quit'].join(' · ');
  let running = Promise.resolve();
  let waiting = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((done) => (end = done));
  const again = (why: string) => {
    // Said before the check begins, and before the one that runs is done.
    if (out.isTTY) out.write(CLEAR);
    out.write(`${why}; checking …\n`);
    // One that waits sees all that changes before it begins.
    if (waiting) return;
    waiting = true;
    running = running
      .then(() => (waiting = false))
      .then(check)
      .then(() => void out.write(`\n${input === undefined ? 'Ctrl-C ends.' : help}\n`));
  };
  again('Watching for changes');
  const watcher = await watchFiles(path, (paths) => again(`${listOf(paths.map((one) => plainLine(one)))} changed`));
  const pressed = (key: string) => {
    if (key === 'q' || key === '\u0003') end();
    else if (key === 'r') again('Once more');
    else if (keys[key] !== undefined) out.write(`\n${keys[key].show()}\n\n${help}\n`);
  };
  input?.setRawMode(true).setEncoding('utf8').on('data', pressed).resume();
  process.once('SIGINT', end);
  // Nobody reads any more (`| head`), or the terminal is gone.
  out.once('error', end);
  await ended;
  watcher.close();
  out.off('error', end);
  input?.off('data', pressed).setRawMode(false).pause();
  await running;
}
