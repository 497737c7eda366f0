import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultLimits } from './limits.ts';
import { listFolder } from './list-folder.ts';
import { inFolder, openFile } from './without-links.ts';

let top: string;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'links-'));
  await mkdir(join(top, 'secret/deep'), { recursive: true });
  await writeFile(join(top, 'secret/deep/q1.ts'), 'secret');
  await mkdir(join(top, 'work/src/deep'), { recursive: true });
  await writeFile(join(top, 'work/src/deep/q1.ts'), 'mine');
  await symlink('../secret', join(top, 'work/linked'));
  await symlink(join(top, 'work'), join(top, 'way-in'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

const read = async (root: string, path: string) => {
  const file = await openFile(join(top, root), path);
  return file.readFile('utf8').finally(() => file.close());
};

test('a file is read through folders, and the root may be reached by a link', async () => {
  expect(await read('work', 'src/deep/q1.ts')).toBe('mine');
  expect(await read('way-in', 'src/deep/q1.ts')).toBe('mine');
});

test('no link is followed, at the end or on the way', async () => {
  await expect(read('work', 'linked/deep/q1.ts')).rejects.toMatchObject({
    code: expect.stringMatching(/ELOOP|ENOTDIR/) as string,
  });
  const list = inFolder(join(top, 'work'), 'linked', () => Promise.resolve(1));
  await expect(list).rejects.toMatchObject({ code: expect.stringMatching(/ELOOP|ENOTDIR/) as string });
});

test('a folder that becomes a link after it was listed is not read', async () => {
  await mkdir(join(top, 'late/src/deep'), { recursive: true });
  await writeFile(join(top, 'late/src/deep/q1.ts'), 'mine');
  const [entry] = await listFolder(join(top, 'late'), defaultLimits);
  await rename(join(top, 'late/src'), join(top, 'late/was'));
  await symlink(join(top, 'secret'), join(top, 'late/src'));
  await expect(entry!.read(100)).rejects.toMatchObject({ code: expect.stringMatching(/ELOOP|ENOTDIR/) as string });
});
