/** A folder of this machine that the sandbox needs and cannot use: nobody's program is at fault, and a person can mend it. */
import { dirname } from 'node:path';

/** Says what is wrong, where, and what to do. */
export class UnusableFolder extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableFolder';
  }
}

/** Of the file system as a whole; Node names no path, or one that is not to blame. */
const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EROFS: 'the file system is read-only',
  EIO: 'the disk cannot be read or written',
};
/** Of a folder or what stands in its place. */
const ON_THE_WAY: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  ENOENT: 'it is not there',
  ENOTDIR: 'a file stands where a folder is needed',
  EEXIST: 'a file stands where a folder is needed',
  ELOOP: 'links lead round in a circle',
  ENAMETOOLONG: 'its name is too long',
};

/** What other programs that write for us say on their way out, esbuild and a Node of our own. */
const TOLD: readonly [pattern: RegExp, code: string][] = [
  [/\bENOSPC\b|no space left on device/i, 'ENOSPC'],
  [/\bEDQUOT\b|disk quota exceeded/i, 'EDQUOT'],
  [/\bEROFS\b|read-only file system/i, 'EROFS'],
];

/** What a file system's refusal means, in words; undefined for what is no such refusal. */
export const refusalWords = ({ code = '' }: NodeJS.ErrnoException): string | undefined =>
  WORDS[code] ?? ON_THE_WAY[code];

/** The same error as a sentence, where it comes from using `folder`; any other error as it is. */
export function asUnusable(error: unknown, folder: string, toDo: string): unknown {
  const { message = '', path = '', ...known } = error as NodeJS.ErrnoException;
  const code = TOLD.find(([pattern]) => pattern.test(message))?.[1] ?? known.code ?? '';
  const inside = path === folder || path.startsWith(`${folder}/`) || path === dirname(folder);
  const words = WORDS[code] ?? (inside ? ON_THE_WAY[code] : undefined);
  return words === undefined ? error : new UnusableFolder(`${folder} cannot be used: ${words} (${code}). ${toDo}`);
}
