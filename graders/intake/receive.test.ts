import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Refusal, Submission } from '../model/submission.ts';
import { findHandedIn } from './receive.ts';
import { all, assignment, everything, handInFolder, paths, prefixed, take, zip } from './receive.testing.ts';

const { at, write } = handInFolder();

/** Takes in one submission, laid out in a folder `ann` and packed as `ann.zip`, and expects the same of both. */
async function one(files: Record<string, string>): Promise<Submission | Refusal> {
  await write(files, 'class/ann');
  await write({ 'class/bob/q1.ts': 'export {};', 'ann.zip': zip(files) });
  const [fromFolder] = await take(at('class'));
  const [fromArchive] = await take(at('ann.zip'));
  const inWords = (item: unknown) =>
    JSON.parse(JSON.stringify(item).replaceAll('the archive', 'the folder').replaceAll('The archive', 'The folder'));
  expect(inWords(fromArchive)).toEqual(inWords(fromFolder));
  return fromFolder!;
}

test('a submission is its files as text, sorted, with a hash and without remarks', async () => {
  const item = await one(all);
  expect(item).toEqual({
    id: 'ann',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    files: everything.map((path) => ({ path, text: all[path as keyof typeof all] })),
    notes: [],
  });
});

test('the hash depends on every content and every path, and on nothing else', async () => {
  await write({
    ...prefixed('ann/'),
    ...prefixed('bob/'),
    ...prefixed('cid/', { ...all, 'q1.ts': 'export const f = 3;' }),
  });
  const [ann, bob, cid] = (await take(at())) as [Submission, Submission, Submission];
  expect(ann.sha256).toBe(bob.sha256);
  expect(cid.sha256).not.toBe(ann.sha256);
});

test.each([
  ['one nested folder', prefixed('hw1/'), ['Found in the folder hw1/.']],
  ['src/', prefixed('src/'), ['Found in the folder src/.']],
  ['src/ of a nested folder', prefixed('hw1/src/'), ['Found in the folder hw1/src/.']],
  ['two nested folders', prefixed('hw1/hand-in/'), ['Found in the folder hw1/hand-in/.']],
  ['a starter folder', prefixed('starter/'), ['Found in the folder starter/.']],
  [
    'src/ beside the answers',
    { ...prefixed('src/', { 'q1.ts': '', 'q2.ts': '' }), 'answers.json': '{}', 'plots/q3.json': '{}' },
    ['Found in the folder src/.'],
  ],
  [
    'a folder beside the answers',
    { ...prefixed('code/', { 'q1.ts': '', 'q2.ts': '' }), 'answers.json': '{}', 'plots/q3.json': '{}' },
    ['Found in the folder code/.'],
  ],
])('work in %s is found, and the student is told', async (_, files, notes) => {
  const item = await one(files);
  expect(paths(item)).toEqual(everything);
  expect((item as Submission).notes).toEqual(notes);
});

test('JavaScript stands for TypeScript, which is preferred where both are there', async () => {
  const item = (await one({ ...all, 'q1.js': 'old', 'q2.ts': 'new', 'lib/help.js': '' })) as Submission;
  expect(item.notes).toEqual(['q1.js was not read as q1.ts, because q1.ts is there too.']);
  const { 'q2.ts': _, ...rest } = all;
  await rm(at(), { recursive: true });
  const other = (await one({ ...rest, 'q2.mjs': 'export const f = 4;' })) as Submission;
  expect(other.files.find((file) => file.path === 'q2.ts')!.text).toBe('export const f = 4;');
  expect(other.notes).toEqual(['q2.mjs was read as q2.ts.']);
});

test.each(['mts', 'tsx', 'cts', 'js', 'mjs', 'cjs', 'jsx'])('q2.%s stands for q2.ts', async (ending) => {
  const { 'q2.ts': text, ...rest } = all;
  const item = (await one({ ...rest, [`q2.${ending}`]: text, [`lib/help.${ending}`]: '' })) as Submission;
  expect(item.files.find((file) => file.path === 'q2.ts')!.text).toBe(text);
  expect(paths(item)).toContain(`lib/help.${ending}`);
  expect(item.notes).toEqual([`q2.${ending} was read as q2.ts.`]);
});

test('of two endings for one module one is read, and modules of any ending show where the work is', async () => {
  const item = (await one({ 'hw/q1.cjs': 'a', 'hw/q1.mts': 'b', 'hw/q2.tsx': 'c' })) as Submission;
  expect(item.files).toEqual([
    { path: 'q1.cjs', text: 'a' },
    { path: 'q1.ts', text: 'b', handedInAs: 'q1.mts' },
    { path: 'q2.ts', text: 'c', handedInAs: 'q2.tsx' },
  ]);
});

test('a missing part is a remark, not a refusal, and a misnamed one is read with a remark', async () => {
  const item = (await one({ 'q1.ts': '', 'Q2.TS': '', 'plots/Q3.json': '{}' })) as Submission;
  expect(item.notes).toEqual([
    'Q2.TS was read as q2.ts.',
    'plots/Q3.json was read as plots/q3.json.',
    'Not handed in: answers.json.',
  ]);
});

test.each([
  ['q1.ts.txt', 'q1.ts is missing; the folder holds q1.ts.txt: rename it.'],
  ['q1.txt', 'q1.ts is missing; the folder holds q1.txt: rename it.'],
  ['hw/q1.py', 'q1.ts is missing; the folder holds q1.py: hand in q1.ts instead.'],
])('a submission of nothing but %s is refused with the name to use', async (path, sentence) => {
  expect(await one({ [path]: '' })).toEqual({ id: 'ann', refused: sentence });
});

test('a folder and an archive with nothing of the assignment say what was looked for and what is there', async () => {
  expect(await one({ 'report.pdf': '', 'main.c': '' })).toEqual({
    id: 'ann',
    refused:
      'No file of tiny-nets is there: looked for q1.ts, q2.ts, answers.json, plots/q3.json at the top, in src/ and in the folders below; the folder holds main.c, report.pdf.',
  });
});

test('two folders with work in one submission are refused by name', async () => {
  await write({ 'ann/v1/q1.ts': '', 'ann/v2/q1.ts': '', 'bob/q1.ts': '' });
  const refused = /^Several folders hold work \(v1\/, v2\/\): hand in one of them\. For folders of several students/;
  expect((await take(at()))[0]).toEqual({ id: 'ann', refused: expect.stringMatching(refused) });
});

test('of two files with one name the one nearer to the top is read', async () => {
  const item = (await one({ ...all, 'src/q1.ts': 'other' })) as Submission;
  expect(item.files.find((file) => file.path === 'q1.ts')!.text).toBe(all['q1.ts']);
  expect(item.notes).toContain('src/q1.ts was not read, because q1.ts is there too.');
});

test('only programs and plain text are read, and given modules are left to the grader', async () => {
  const item = (await one({
    ...all,
    'rng.ts': 'mine',
    'lib/help.ts': '',
    'plot.png': '',
    'data.csv': '',
    'notes.md': '',
  })) as Submission;
  expect(paths(item)).toEqual(['answers.json', 'lib/help.ts', 'notes.md', 'plots/q3.json', 'q1.ts', 'q2.ts']);
  expect(item.notes).toEqual(['Not read, because only programs and plain text are: data.csv, plot.png.']);
});

test('leftovers of tools are not even looked at', async () => {
  const item = await one({
    ...all,
    'node_modules/a/q1.ts': '',
    '.git/config': '',
    '.DS_Store': '',
    '__MACOSX/._q1.ts': '',
    'Thumbs.db': '',
    '.ipynb_checkpoints/q1.ts': '',
  });
  expect(paths(item)).toEqual(everything);
});

test.each([
  [Buffer.from('\ufeffexport const f = 1;'), { text: 'export const f = 1;' }],
  [Buffer.from('export {};', 'utf16le'), { note: 'q1.ts was not read: it is not text (a zero byte stands in it).' }],
  [
    Buffer.from('\ufeffexport {};', 'utf16le'),
    { text: 'export {};', note: 'q1.ts: it is saved as UTF-16 and was read as that: save it as UTF-8.' },
  ],
  [
    Buffer.from('\ufeffexport {};', 'utf16le').swap16(),
    { text: 'export {};', note: 'q1.ts: it is saved as UTF-16 and was read as that: save it as UTF-8.' },
  ],
  [
    Buffer.from([97, 10, 98, 10, 0xe9, 98, 0x80]),
    {
      text: 'a\nb\néb€',
      note: 'q1.ts: it is not saved as UTF-8 (line 3) and was read as code page 1252: save it as UTF-8.',
    },
  ],
  [
    Buffer.concat([Buffer.from('const π = 3; // '), Buffer.from([0xfc])]),
    {
      text: 'const π = 3; // ü',
      note: 'q1.ts: it is not saved as UTF-8 (line 1) and was read as code page 1252: save it as UTF-8.',
    },
  ],
  [
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    { note: 'q1.ts was not read: it is not saved as UTF-8 (line 1); save it as UTF-8.' },
  ],
  [Buffer.alloc(1_200_000, 32), { note: 'q1.ts was not read: it is 1.2 MB (at most 1 MB).' }],
])(
  'the encoding and size of a file decide whether it is read (%#)',
  async (content, expected: { text?: string; note?: string }) => {
    await write({ ...all, 'q1.ts': content });
    const [item] = (await take(at())) as [Submission];
    expect(item.files.find((file) => file.path === 'q1.ts')?.text).toBe(expected.text);
    expect(item.notes).toEqual(expected.note === undefined ? [] : [expected.note]);
  },
);

test('when the only file cannot be read, that is the refusal', async () => {
  await write({ 'ann/q1.ts': Buffer.from([0xff, 0xfe, 97]), 'bob/q1.ts': '' });
  expect((await take(at()))[0]).toEqual({
    id: 'ann',
    refused: 'q1.ts was not read: it begins like UTF-16 and is not; save it as UTF-8.',
  });
});

test('too many files, and too much text in all, are refused', async () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`lib/f${i}.ts`, '']));
  expect(await one({ ...all, ...many })).toEqual({
    id: 'ann',
    refused: 'It holds 205 program and text files (at most 200): hand in your own files only.',
  });
  const large = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`big/lib/f${i}.md`, Buffer.alloc(950_000, 32)]),
  );
  await write({ ...prefixed('big/'), ...large });
  expect(await take(at('big'))).toEqual([
    { id: 'big', refused: 'Its program and text files come to more than 8 MB: leave out data.' },
  ]);
});

test('what was left out of the grading is not said to be absent', async () => {
  await write({ 'q1.ts': all['q1.ts'] }, 'ann');
  const notes = async (only?: string[]) => {
    const [found] = await findHandedIn(at('ann'), { assignment, only });
    const item = await found!.read();
    return 'refused' in item ? item.refused : item.notes;
  };
  expect(await notes()).toEqual(['Not handed in: q2.ts, answers.json, plots/q3.json.']);
  expect(await notes(['q1'])).toEqual([]);
  expect(await notes(['q1', 'q3'])).toEqual(['Not handed in: answers.json, plots/q3.json.']);
});
