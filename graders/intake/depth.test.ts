/** Work is found wherever there is one place for it; data and built files are looked at only where a program needs them. */
import { expect, test } from 'vitest';
import type { Submission } from '../model/submission.ts';
import { all, everything, handInFolder, paths, prefixed, take, takeWithin, zip } from './receive.testing.ts';

const { at, write } = handInFolder();
const { 'q1.ts': q1, ...rest } = all;

async function one(files: Record<string, string>): Promise<Submission> {
  await write({ 'ann.zip': zip(files), 'class/bob/q1.ts': '' });
  await write(files, 'class/ann');
  const [packed] = (await take(at('ann.zip'))) as [Submission];
  const [unpacked] = (await take(at('class'))) as [Submission];
  expect(packed).toEqual(unpacked);
  return packed;
}

test.each<[title: string, files: Record<string, string>, notes: string[]]>([
  ['three folders deep', prefixed('main/assignments/hw3/'), ['Found in the folder main/assignments/hw3/.']],
  ['seven folders deep', prefixed('a/b/c/d/e/f/g/'), ['Found in the folder a/b/c/d/e/f/g/.']],
  [
    'beside pictures and a report',
    { ...prefixed('hw/work/'), 'hw/images/plot.png': '', 'hw/report/answers.pdf': '' },
    ['Found in the folder hw/work/.'],
  ],
  [
    'deep below the answers',
    { ...prefixed('a/b/c/', { 'q1.ts': q1, 'q2.ts': '' }), 'answers.json': '{}', 'plots/q3.json': '{}' },
    ['Found in the folder a/b/c/.'],
  ],
  ['with one question in a folder of its own', { ...rest, 'part1/q1.ts': q1 }, ['Found in the folder part1/.']],
  [
    'with the answers in a folder of their own',
    { 'hw/code/q1.ts': q1, 'hw/code/q2.ts': '', 'hw/code/plots/q3.json': '{}', 'hw/text/answers.json': '{}' },
    ['Found in the folder hw/code/, hw/text/.'],
  ],
  ['in dist/ alone', { ...prefixed('dist/'), 'readme.md': '' }, ['Found in the folder dist/.']],
])('work %s is found', async (_, files, notes) => {
  const item = await one(files);
  expect(paths(item)).toEqual(everything);
  expect(item.notes).toEqual(notes);
});

test('two places at one depth are named, however deep', async () => {
  await write({ 'ann.zip': zip({ ...prefixed('r/x/a/'), ...prefixed('r/x/b/') }) });
  expect((await take(at('ann.zip')))[0]).toMatchObject({
    refused: expect.stringMatching(/^Several folders hold work \(r\/x\/a\/, r\/x\/b\/\)/),
  });
});

test('files find each other where they lay, though they were lifted out of their folders', async () => {
  const item = await one({ ...rest, 'part1/q1.ts': q1, 'part1/help.ts': '' });
  expect(item.files.filter(({ knownAs }) => knownAs !== undefined)).toEqual([
    { path: 'help.ts', text: '', knownAs: 'part1/help.ts' },
    { path: 'q1.ts', text: q1, knownAs: 'part1/q1.ts' },
  ]);
});

test('of data and built files those are read that a program imports, directly or not', async () => {
  const item = await one({
    ...all,
    'q1.ts': `import { load } from './data/load'; const w = require("./build/w.json");`,
    'data/load.ts': `import { table } from './table.ts';`,
    'data/table.ts': '',
    'data/other.ts': '',
    'build/w.json': '[]',
    'dist/q1.js': 'old',
  });
  expect(paths(item)).toEqual(
    [...everything, 'build/w.json', 'data/load.ts', 'data/table.ts'].sort((a, b) => (a < b ? -1 : 1)),
  );
  expect(item.notes).toEqual(['Not read, because no program imports it: data/, dist/.']);
});

test('what is never read counts for no limit', async () => {
  const junk = Object.fromEntries(
    ['node_modules', '.git', 'dist', 'data', 'build', '__MACOSX', '.venv', 'sub/data'].flatMap((folder) =>
      Array.from({ length: 300 }, (_, i) => [`${folder}/f${i}.json`, ' '.repeat(4000)]),
    ),
  );
  await write({ 'ann.zip': zip({ ...all, ...junk, [`data/${'deep/'.repeat(30)}x.ts`]: '' }) });
  await write({ ...all, ...junk, [`data/${'deep/'.repeat(30)}x.ts`]: '' }, 'folder/bob');
  await write({ 'folder/cid/q1.ts': '' });
  for (const path of ['ann.zip', 'folder']) {
    const [item] = (await take(at(path))) as [Submission];
    expect(paths(item)).toEqual(everything);
  }
});

test('listing itself has its bounds: entries of an archive, files of a folder', async () => {
  await write({ 'ann.zip': zip(all) });
  await write(all, 'cls/bob');
  await write(all, 'cls/cid');
  expect((await takeWithin({ listed: 3 }, at('ann.zip')))[0]).toMatchObject({
    refused: expect.stringMatching(/^The archive holds 4 entries \(at most 3\)/),
  });
  expect((await takeWithin({ entries: 3 }, at('cls')))[0]).toMatchObject({
    refused: expect.stringMatching(/^The folder holds more than 3 files/),
  });
});

test('one strange, huge or locked file of one student costs no class and no other file', async () => {
  const students = ['Ana Roy_101', 'Bo Li_102', 'Cy Ng_103'].map((name) => `${name}_assignsubmission_file_/`);
  const files = Object.assign({}, ...students.map((folder) => prefixed(folder))) as Record<string, string>;
  const strange = {
    [`${students[1]}\u200eplot.png`]: '',
    [`${students[0]}Icon\r`]: '',
    [`${students[2]}notes.md`]: ' '.repeat(30_000_000),
  };
  await write({ 'class.zip': zip({ ...files, ...strange }) });
  const items = (await take(at('class.zip'))) as Submission[];
  expect(items.map(paths)).toEqual([everything, everything, everything]);
  expect(items.map(({ notes }) => notes)).toEqual([
    ['"Icon\\u000d" was not read: it has invisible or direction-changing characters in its name.'],
    ['"\\u200eplot.png" was not read: it has invisible or direction-changing characters in its name.'],
    ['notes.md was not read: it is 30 MB (at most 1 MB).'],
  ]);
});
