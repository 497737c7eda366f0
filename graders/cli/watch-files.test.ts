import { mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { changedSince, snapshotOf, watchFiles } from './watch-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);

/** The ways in which editors save a file. */
const saves: Record<string, (path: string) => void> = {
  'in place': (path) => writeFileSync(path, 'export const a = 22;'),
  'by a new file that takes the name': (path) => {
    writeFileSync(`${path}.tmp`, 'export const a = 333;');
    renameSync(`${path}.tmp`, path);
  },
  'by keeping the old one as a backup': (path) => {
    renameSync(path, `${path}~`);
    writeFileSync(path, 'export const a = 4444;');
    unlinkSync(`${path}~`);
  },
  'after deleting it': (path) => {
    unlinkSync(path);
    writeFileSync(path, 'export const a = 55555;');
  },
  'to the same length, in a folder below': (path) => writeFileSync(path, 'export const a = 55556;'),
};

test('a file is seen to change, however it is saved, again and again, and nothing else is', async () => {
  mkdirSync(at('src'));
  writeFileSync(at('src/q.ts'), 'export const a = 1;');
  const seen: string[][] = [];
  let tell: () => void = () => undefined;
  const watcher = await watchFiles(folder, (paths) => {
    seen.push(paths);
    tell();
  });
  for (const [how, save] of Object.entries(saves)) {
    seen.length = 0;
    const told = new Promise<void>((done) => (tell = done));
    save(at('src/q.ts'));
    await told;
    expect(seen[0], how).toEqual([join('src', 'q.ts')]);
  }
  watcher.close();
});

test('of one file alone it is told, however it is saved, and of none beside it', async () => {
  const path = at('homework.ipynb');
  writeFileSync(path, '{}');
  const seen: string[][] = [];
  let tell: () => void = () => undefined;
  const watcher = await watchFiles(path, (paths) => {
    seen.push(paths);
    tell();
  });
  for (const save of Object.values(saves)) {
    writeFileSync(at('beside.ts'), `export const n = ${seen.length};`);
    const told = new Promise<void>((done) => (tell = done));
    save(path);
    await told;
  }
  expect(new Set(seen.flat())).toEqual(new Set(['homework.ipynb']));
  watcher.close();
});

test('what editors and tools keep beside the work is no change of it', async () => {
  const before = await snapshotOf(folder);
  for (const name of ['.q.ts.swp', 'q.ts~', '4913', 'out.log', '#q.ts#', 'node_modules/x/index.js', '.git/index']) {
    mkdirSync(join(at(name), '..'), { recursive: true });
    writeFileSync(at(name), 'x');
  }
  expect(changedSince(before, await snapshotOf(folder))).toEqual([]);
  writeFileSync(at('new.ts'), 'x');
  expect(changedSince(before, await snapshotOf(folder))).toEqual(['new.ts']);
});
