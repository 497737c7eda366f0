import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Grades are for those who grade: nobody else on the machine reads a file or lists a folder of a batch. */
export const fileMode = 0o600;
export const folderMode = 0o700;

/** Writes a file whole or not at all, making its folder: a reader never sees half of it. Only the owner may read it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: folderMode });
  const draft = `${path}.${process.pid}.part`;
  await writeFile(draft, text, { mode: fileMode });
  await rename(draft, path);
}
