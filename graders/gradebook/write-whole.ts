import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a file whole or not at all, making its folder: a reader never sees half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const draft = `${path}.${process.pid}.part`;
  await writeFile(draft, text);
  await rename(draft, path);
}
