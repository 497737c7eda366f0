/**
 * Files that are opened by a name in whose place anything may lie. A named pipe makes whoever opens it wait until somebody writes into
 * it, and a device may give without end: only what is a file is read.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, statSync, type Stats } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';

/** What lies in the place of a file. The code is words, since whoever reports stands it where others have `ENOENT`. */
class NoFile extends Error {
  override readonly name = 'NoFile';
  readonly code: string;

  constructor(path: string, lies: string) {
    const says = `${lies} lies in its place: take it away, or name another`;
    super(`${path} cannot be read (${says}).`);
    this.code = says;
  }
}

/** Windows does not know it. */
const withoutWaiting = constants.O_RDONLY | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);

/** What the shell hands over (`<(…)`, `-`) is open already, and whoever named it knows who writes there. */
export const isHandedOver = (path: string): boolean =>
  /^\/(dev\/(std(in|out|err)|fd\/\d+)|proc\/self\/fd\/\d+)$/.test(path);

/** The file at the path, open to be read. Rejects as `open` does, and with words as the code where no file lies there. */
export async function openPlainFile(path: string): Promise<FileHandle> {
  const file = await open(path, withoutWaiting).catch((error: unknown) => throwUnopened(path, error));
  try {
    refuse(path, await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Its content, as `readFile` has it. */
export async function readPlainFile(path: string): Promise<Buffer> {
  if (isHandedOver(path)) return readFile(path);
  const file = await openPlainFile(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The same as text. */
export const readPlainText = async (path: string): Promise<string> => (await readPlainFile(path)).toString();

/** The same at once. */
export function readPlainFileSync(path: string): Buffer {
  if (isHandedOver(path)) return readFileSync(path);
  const file = openedSync(path);
  try {
    refuse(path, fstatSync(file));
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Throws where something lies there that is neither a file nor a folder: for what another program opens by its name. */
export function assertPlainFile(path: string): void {
  let there: Stats;
  try {
    there = statSync(path);
  } catch {
    // Whoever opens it says why it cannot be.
    return;
  }
  refuse(path, there);
}

function openedSync(path: string): number {
  try {
    return openSync(path, withoutWaiting);
  } catch (error) {
    return throwUnopened(path, error);
  }
}

/** A socket is not opened at all, and says so with the code of a device that is missing. */
function throwUnopened(path: string, error: unknown): never {
  throw (error as NodeJS.ErrnoException).code === 'ENXIO' ? new NoFile(path, 'a socket') : error;
}

/** Of a folder the system says what it is by itself. */
function refuse(path: string, there: Stats): void {
  if (there.isFIFO()) throw new NoFile(path, 'a named pipe');
  if (there.isSocket()) throw new NoFile(path, 'a socket');
  if (!there.isFile() && !there.isDirectory()) throw new NoFile(path, 'a device');
}
