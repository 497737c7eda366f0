/** Downloads the files of a data set into the data folder, and keeps only what is proven to be right. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolders } from '../make-folders.ts';
import { DataError } from './data-error.ts';
import type { DataFile } from './data-files.ts';
import { findDataFile, verified } from './read-file.ts';

/** The bytes behind an address, at most `mostBytes`; throws DataError. */
export async function download(url: string, mostBytes: number, timeoutMs: number): Promise<Buffer> {
  const fault = (says: string) => new DataError('absent', `${url} could not be downloaded: ${says}`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'follow' });
    if (!response.ok || response.body === null) throw fault(`the server answers ${response.status}.`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > mostBytes) throw fault(`it is larger than ${mostBytes} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof DataError) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    throw fault(`${error instanceof Error ? error.message : String(error)}${cause}.`);
  }
}

/** Puts one file into its folder, unpacked, unless it is there; says what it did. `check` reads it as the loaders do. */
export async function fetchDataFile(
  folder: string,
  file: DataFile,
  options: { timeoutMs: number; check?: (content: Buffer) => void },
): Promise<'there' | 'downloaded'> {
  if (findDataFile(folder, file) !== undefined) return 'there';
  const bytes = await download(file.url, file.mostBytes + 1024, options.timeoutMs);
  const content = verified(bytes, file, file.url);
  options.check?.(content);
  makeFolders(join(folder, file.folder));
  const path = join(folder, file.folder, file.name);
  // A reader never sees half a file.
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
  return 'downloaded';
}
