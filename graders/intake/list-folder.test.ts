import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { defaultLimits } from './limits.ts';
import { listFolder } from './list-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'list-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function listed(): Promise<Entry> {
  await writeFile(join(folder, 'q1.ts'), 'mine');
  return (await listFolder(folder, defaultLimits))[0]!;
}

test('a listed file is read to its end', async () => {
  const entry = await listed();
  expect([entry.path, entry.bytes, (await entry.read(100)).toString()]).toEqual(['q1.ts', 4, 'mine']);
});

test('a file that becomes a link, or another file, after it was listed is not read', async () => {
  const entry = await listed();
  await writeFile(join(folder, 'key'), 'secret');
  await rm(join(folder, 'q1.ts'));
  await symlink(join(folder, 'key'), join(folder, 'q1.ts'));
  await expect(entry.read(100)).rejects.toMatchObject({ code: 'ELOOP' });
  await rename(join(folder, 'key'), join(folder, 'q1.ts'));
  await expect(entry.read(100)).rejects.toThrow('A file changed while it was read: hand in again.');
});

test('a file that grows after it was listed is not read beyond the limit', async () => {
  const entry = await listed();
  await appendFile(join(folder, 'q1.ts'), 'x'.repeat(1000));
  expect((await entry.read(100)).length).toBeLessThan(6);
  await expect(entry.read(4)).rejects.toThrow('A file grew over 4 bytes while it was read.');
});

test('a name in another encoding is set aside, not an end of the batch', async () => {
  await writeFile(Buffer.concat([Buffer.from(`${folder}/M`), Buffer.from([0xfc]), Buffer.from('ller.ts')]), '');
  const [entry] = await listFolder(folder, defaultLimits);
  expect(entry!.aside).toBe('cannot be opened (ENOENT)');
});

test.each([
  ['files', { entries: 3 }, /^The folder holds more than 3 files/],
  ['levels', { depth: 2 }, /^"a\/b\/c" lies 3 folders deep \(at most 2\)/],
  ['letters', { pathLength: 5 }, /^"a\/b\/c\.ts" has a path of 8 characters \(at most 5\)|^"a\/b\/c\//],
])('a folder with too many %s is refused', async (_, limits, sentence) => {
  await mkdir(join(folder, 'a/b/c'), { recursive: true });
  for (const name of ['1', '2', 'a/b/c.ts', 'a/b/c/d']) await writeFile(join(folder, name), '');
  await expect(listFolder(folder, { ...defaultLimits, ...limits })).rejects.toThrow(sentence);
});
