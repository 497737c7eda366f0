import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder, writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-whole-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is written with its folders, a second one replaces it, and no draft is left', async () => {
  const path = join(folder, 'a', 'b', 'c.json');
  await writeWhole(path, 'first');
  expect(await readFile(path, 'utf8')).toBe('first');
  await writeWhole(path, '2');
  expect(await readFile(path, 'utf8')).toBe('2');
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['c.json']);
});

test('while a file is being replaced its reader sees the old one whole or the new one whole', async () => {
  const path = join(folder, 'big.txt');
  const texts = ['a', 'b'].map((letter) => letter.repeat(4_000_000));
  await writeWhole(path, texts[0]!);
  let writing = true;
  const written = writeWhole(path, texts[1]!).finally(() => {
    writing = false;
  });
  const seen = new Set<number>();
  while (writing) {
    const text = await readFile(path, 'utf8');
    seen.add(text.length);
    expect(text.replaceAll(text[0]!, '')).toBe('');
  }
  await written;
  expect([...seen]).toEqual([4_000_000]);
});

test('what cannot be written leaves what was there', async () => {
  const path = join(folder, 'c.json');
  await writeWhole(path, 'first');
  // The draft cannot be made where a folder has its name.
  await mkdir(`${path}.${process.pid}.part`);
  await expect(writeWhole(path, 'second')).rejects.toThrow(
    `${path} could not be written (EISDIR: a folder stands in its place)`,
  );
  expect(await readFile(path, 'utf8')).toBe('first');
});

test('a folder that is there is closed to others, and a link in its place is no folder', async () => {
  const path = join(folder, 'ann');
  await mkdir(path);
  await chmod(path, 0o777);
  await makeFolder(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  await symlink(path, join(folder, 'ben'));
  await expect(makeFolder(join(folder, 'ben'))).rejects.toThrow('(ELOOP: a link stands where a folder is needed)');
});
