import { writeFileSync } from 'node:fs';
import { appendFile, chown, link, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { defaultLimits } from './limits.ts';
import { listFolder } from './list-folder.ts';
import { usedMb } from '../used-memory.testing.ts';

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

test('of a file that waits no more is held than tells whether it is still that file', async () => {
  const count = 4000;
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `q${i}.ts`), '');
  const before = usedMb();
  const entries = await listFolder(folder, defaultLimits);
  // What lstat says of one is another kilobyte.
  expect(((usedMb() - before) * 2 ** 20) / count).toBeLessThan(700);
  expect(entries.length).toBe(count);
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

test('a file that grows after it was listed is read whole, and not beyond the limit', async () => {
  const entry = await listed();
  await appendFile(join(folder, 'q1.ts'), 'x'.repeat(1000));
  expect((await entry.read(1004)).toString()).toBe(`mine${'x'.repeat(1000)}`);
  await expect(entry.read(100)).rejects.toThrow('A file grew over 100 bytes while it was read.');
  await expect(entry.read(4)).rejects.toThrow('A file grew over 4 bytes while it was read.');
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

test('as many files as the limit are listed, in the order of their paths; data and built files do not count', async () => {
  for (const name of ['b', 'a', 'dist', 'data/raw']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['b/2.ts', '1.ts', 'a/3.png']) await writeFile(join(folder, name), '');
  const most = { ...defaultLimits, entries: 5 };
  const all = async (limits: typeof most) => (await listFolder(folder, limits)).map(({ path }) => path);
  // Two folders and three files.
  expect(await all(most)).toEqual(['1.ts', 'a/3.png', 'b/2.ts']);
  await expect(all({ ...most, entries: 4 })).rejects.toThrow('The folder holds more than 4 files');
  for (let i = 0; i < 9; i++) await writeFile(join(folder, 'data/raw', `${i}.json`), '');
  const listed = await all(most);
  expect(listed.filter((path) => path.startsWith('data/'))).toEqual(['data/raw/0.json', 'data/raw/1.json']);
  expect(listed.filter((path) => !path.startsWith('data/'))).toEqual(['1.ts', 'a/3.png', 'b/2.ts']);
});

test('what lies too deep is a reason to refuse where it would be read, and is passed over elsewhere', async () => {
  for (const name of ['a', 'data/b']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['a/1.ts', 'a/1.png', 'data/b/1.ts']) await writeFile(join(folder, name), '');
  const at = async (depth: number) => (await listFolder(folder, { ...defaultLimits, depth })).map(({ path }) => path);
  expect(await at(3)).toEqual(['a/1.png', 'a/1.ts', 'data/b/1.ts']);
  expect(await at(2)).toEqual(['a/1.png', 'a/1.ts']);
  await expect(at(1)).rejects.toThrow('"a/1.ts" lies 2 folders deep (at most 1): hand in a flatter folder.');
});

test('leftovers are not listed, links and files of two names are set aside, whatever is in them', async () => {
  await mkdir(join(folder, 'node_modules'));
  for (const name of ['node_modules/x.ts', '.env', 'a.ts']) await writeFile(join(folder, name), 'x');
  await symlink(join(folder, 'a.ts'), join(folder, 'b.ts'));
  await link(join(folder, 'a.ts'), join(folder, 'c.ts'));
  const entries = await listFolder(folder, defaultLimits);
  const hard = 'shares its content with another file (a hard link): hand in a copy';
  expect(entries.map(({ path, aside }) => [path, aside])).toEqual([
    ['a.ts', hard],
    ['b.ts', 'is a link, and links are not followed: hand in the file itself'],
    ['c.ts', hard],
  ]);
});

test.skipIf(process.getuid?.() !== 0)(
  'a file of two names is its owner’s, where students have accounts of their own',
  async () => {
    for (const [student, uid] of [
      ['ada', 3001],
      ['eve', 3002],
    ] as const) {
      await mkdir(join(folder, student));
      await chown(join(folder, student), uid, uid);
    }
    await writeFile(join(folder, 'ada/q1.ts'), 'x');
    await chown(join(folder, 'ada/q1.ts'), 3001, 3001);
    await link(join(folder, 'ada/q1.ts'), join(folder, 'eve/q1.ts'));
    const asideOf = async (student: string) => (await listFolder(folder, defaultLimits, `${student}/`))[0]!.aside;
    expect(await asideOf('ada')).toBeUndefined();
    expect(await asideOf('eve')).toContain('a hard link');
  },
);

test('a pipe is set aside, and one that took the place of a file is not waited for', async () => {
  await execa('mkfifo', [join(folder, 'p.ts')]);
  const entry = await listed();
  expect((await listFolder(folder, defaultLimits)).map(({ path, aside }) => [path, aside])).toEqual([
    ['p.ts', 'is a device or a pipe, not a file'],
    ['q1.ts', undefined],
  ]);
  await rm(join(folder, 'q1.ts'));
  await execa('mkfifo', [join(folder, 'q1.ts')]);
  await expect(entry.read(100)).rejects.toThrow('A file changed while it was read');
});

test('a name that is no ordinary path is set aside; one in another spelling of its letters is called by the usual one', async () => {
  for (const name of ['a\\b.ts', 'e\u0301.ts']) await writeFile(join(folder, name), '');
  const entries = await listFolder(folder, defaultLimits);
  expect(entries.map(({ path, aside }) => [path, aside])).toEqual([
    ['a\\b.ts', 'has a backslash in its name'],
    ['é.ts', undefined],
  ]);
  expect((await entries[1]!.read(1)).length).toBe(0);
});

test('a file of the largest size is read whole, also one that is empty', async () => {
  const entry = await listed();
  expect((await entry.read(4)).toString()).toBe('mine');
  await expect(entry.read(3)).rejects.toThrow('A file grew over 3 bytes while it was read.');
});

test('a folder that cannot be opened is said with the reason', async () => {
  await expect(listFolder(join(folder, 'absent'), defaultLimits)).rejects.toThrow(
    'A folder of it cannot be opened (ENOENT).',
  );
});
