/**
 * The secret of a course, from which all its probes follow. It is made on first use and kept in the folder of a batch, readable
 * for its owner alone; whoever has it can draw the probes again, on any machine, and nobody else can.
 */
import { isUtf8 } from 'node:buffer';
import { randomBytes, randomUUID } from 'node:crypto';
import { link, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolders } from '../make-folders.ts';
import { readPlainFile } from '../plain-file.ts';
import { draftOf, folderMode, fileMode, WriteError } from './write-whole.ts';

/** A secret that is absent, damaged or another one: staff can mend it. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}

/** Shorter ones can be found by trying: 32 characters, as hexadecimal digits 128 bits. */
const fewestCharacters = 32;

/** A secret that nobody has: 256 bits. */
export const freshSecret = (): string => randomBytes(32).toString('hex');

/** Where the folder of a batch keeps its secret. */
export const secretPath = (outDir: string): string => join(outDir, 'secret');

/** The secret in a file that staff name. Throws SecretError when there is none, or when it is too short to be one. */
export async function readSecret(path: string): Promise<string> {
  const secret = await secretAt(path);
  if (secret === undefined)
    throw new SecretError(`${path} does not exist: make it with (umask 077; openssl rand -hex 32 > ${path})`);
  return secret;
}

/** The secret of this folder, if it has one. Throws SecretError when it is damaged: with another one all would be asked anew. */
export const secretIn = (outDir: string): Promise<string | undefined> => secretAt(secretPath(outDir));

/** Whether others on this machine may read the file: whoever has an account there can draw what a class is asked. */
export const isOpenToOthers = (path: string): Promise<boolean> =>
  stat(path).then(
    (file) => process.platform !== 'win32' && file.isFile() && (file.mode & 0o044) !== 0,
    () => false,
  );

/** Makes the secret of this folder; two graders that do so at once get the same one. */
export async function makeSecret(outDir: string): Promise<string> {
  const path = secretPath(outDir);
  const draft = draftOf(`${path}.${randomUUID()}`);
  try {
    makeFolders(outDir, folderMode);
    await writeFile(draft, `${freshSecret()}\n`, { mode: fileMode });
    // Unlike a rename, a link replaces nothing; where there are no links, the later one wins.
    await link(draft, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') await rename(draft, path);
    });
  } catch (error) {
    throw new WriteError(path, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  return readSecret(path);
}

async function secretAt(path: string): Promise<string | undefined> {
  let content: Buffer;
  try {
    content = await readPlainFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new SecretError(`${path} cannot be read (${code}).`);
  }
  const secret = content.toString().trim();
  // Bytes that are no text would all be read as one character, and two such files as one secret.
  if (!isUtf8(content) || secret.includes('\0'))
    throw new SecretError(`${path} is no text: openssl rand -hex 32 makes a secret.`);
  if (secret.length < fewestCharacters) {
    throw new SecretError(
      `${path} holds no secret of ${fewestCharacters} characters or more: openssl rand -hex 32 makes one.`,
    );
  }
  return secret;
}
