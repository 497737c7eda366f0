/** The key of a queue: one file, the same on every machine that grades, readable for its owner alone. */
import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolders } from '../make-folders.ts';
import { readPlainText } from '../plain-file.ts';
import { QueueError } from './postgres/trouble.ts';

/** Where it is looked for where nothing is said. Throws QueueError where the machine knows no folder of whoever asks. */
export const keyPath = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env['XDG_CONFIG_HOME'] ?? join(homeFolder(), '.config'), 'gradmark', 'queue.key');

function homeFolder(): string {
  try {
    return homedir();
  } catch {
    throw new QueueError('This machine knows no home folder of yours: say with --key where the key of the queue lies.');
  }
}

/** The key in the file. Throws QueueError, in a sentence, where there is none. */
export async function readKey(path: string): Promise<Uint8Array> {
  let text: string;
  try {
    text = await readPlainText(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new QueueError(`${path} cannot be read (${code}).`);
    throw new QueueError(
      `The key of the queue is not on this machine: copy ${path} from the machine on which gradmark queue init was run.`,
    );
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text)) throw new QueueError(`${path} holds no key of a queue: copy it again.`);
  const { mode, uid } = await stat(path);
  if ((mode & 0o077) !== 0 && uid === process.geteuid?.()) {
    throw new QueueError(`Others on this machine may read ${path}: chmod 600 ${path}`);
  }
  return Buffer.from(text.trim(), 'hex');
}

/** The key in the file, made first where there is none. */
export async function makeKey(path: string): Promise<Uint8Array> {
  makeFolders(dirname(path), 0o700);
  const made = `${randomBytes(32).toString('hex')}\n`;
  // One that is there already is never replaced: what is closed with it could not be opened any more.
  await writeFile(path, made, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw new QueueError(`${path} cannot be written (${error.code}).`);
  });
  return readKey(path);
}
