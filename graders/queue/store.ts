/**
 * Submissions and courseworks on their way: by what they hold, never by a path. What is small lies in the database; what is larger
 * in a folder that all machines share, under the same name and as closed.
 */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { makeFolders } from '../make-folders.ts';
import { readPlainFile } from '../plain-file.ts';
import { QueueError } from './postgres/trouble.ts';
import type { Shelf } from './port.ts';
import type { Seal } from './seal.ts';

/** The most that one of them takes in the database. */
const mostInDatabase = 4_000_000;

export interface Store {
  /** Keeps it, and says under which name. Throws QueueError where it is too large for the database and there is no folder. */
  put(text: string): Promise<string>;
  /** Throws QueueError where it is nowhere. */
  get(name: string): Promise<string>;
}

export function openStore(shelf: Pick<Shelf, 'put' | 'get'>, seal: Seal, folder?: string): Store {
  const pathOf = (name: string) => join(folder!, name);
  return {
    async put(text) {
      const bytes = Buffer.from(text);
      const name = seal.nameOf(bytes);
      const sealed = seal.close(name, deflateSync(bytes));
      if (sealed.length <= mostInDatabase) {
        await shelf.put(name, sealed);
        return name;
      }
      if (folder === undefined) {
        throw new QueueError(
          `${Math.ceil(sealed.length / 1e6)} MB are too much for the database, which takes ${mostInDatabase / 1e6} MB of one ` +
            'submission or coursework: give all machines a folder that they share, with --shared.',
        );
      }
      makeFolders(folder, 0o700);
      const draft = pathOf(`.${name}.${process.pid}`);
      await writeFile(draft, sealed, { mode: 0o600 });
      await rename(draft, pathOf(name));
      return name;
    },
    async get(name) {
      const inDatabase = await shelf.get(name);
      const sealed =
        inDatabase ?? (folder === undefined ? undefined : await readPlainFile(pathOf(name)).catch(() => undefined));
      if (sealed === undefined) {
        throw new QueueError(
          `What a job is about (${name.slice(0, 12)}) is not in the database${folder === undefined ? ': with --shared it is looked for in a folder, too' : ` and not in ${folder}`}.`,
        );
      }
      const bytes = inflateSync(seal.open(name, sealed));
      if (seal.nameOf(bytes) !== name) throw new QueueError('What lies in the queue is not what its name says.');
      return bytes.toString();
    },
  };
}
