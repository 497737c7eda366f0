import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Assignment, Refusal, Submission, Task } from '../model.ts';
import { receive } from './receive.ts';

const code = (id: string): Task => ({ id, title: id, marks: 1, kinds: ['code'], module: `${id}.ts`, exports: ['f'] });
const assignment: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny-nets',
  title: 'Tiny nets',
  summary: 'Some questions.',
  imports: [],
  given: ['rng.ts'],
  limits: { callMs: 1000, submissionMs: 1000, memoryMb: 100 },
  tasks: [
    code('q1'),
    code('q2'),
    { id: 'q3', title: 'q3', marks: 2, kinds: ['derivation', 'plot'], answers: ['a'], plots: ['plots/q3.json'] },
  ],
};
const all = {
  'q1.ts': 'export const f = 1;',
  'q2.ts': 'export const f = 2;',
  'answers.json': '{}',
  'plots/q3.json': '{}',
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'intake-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(files: Record<string, string | Uint8Array>, folder = root): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function take(...paths: string[]): Promise<(Submission | Refusal)[]> {
  const items: (Submission | Refusal)[] = [];
  for await (const item of receive(paths, { assignment })) items.push(item);
  return items;
}

const bytes = (files: Record<string, string>): Zippable =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
const zip = (files: Record<string, string>) => zipSync(bytes(files));
const paths = (item: Submission | Refusal | undefined) => (item as Submission).files.map((file) => file.path);
const prefixed = (prefix: string, files: Record<string, string> = all) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [prefix + path, text]));
const everything = ['answers.json', 'plots/q3.json', 'q1.ts', 'q2.ts'];

/** Takes in one submission, laid out in a folder `ann` and packed as `ann.zip`, and expects the same of both. */
async function one(files: Record<string, string>): Promise<Submission | Refusal> {
  await write(files, join(root, 'class', 'ann'));
  await write({ 'class/bob/q1.ts': 'export {};', 'ann.zip': zip(files) });
  const [fromFolder] = await take(join(root, 'class'));
  const [fromArchive] = await take(join(root, 'ann.zip'));
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
  const [ann, bob, cid] = (await take(root)) as [Submission, Submission, Submission];
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
  await rm(root, { recursive: true });
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

test('a missing part is a remark, not a refusal, and a misnamed one is named', async () => {
  const item = (await one({ 'q1.ts': '', 'Q2.TS': '', 'plots/Q3.json': '{}' })) as Submission;
  expect(item.notes).toEqual([
    'q2.ts is missing; the folder holds Q2.TS: rename it.',
    'plots/q3.json is missing; the folder holds plots/Q3.json: rename it.',
    'Not handed in: answers.json.',
  ]);
});

test.each([
  ['Q1.ts', 'q1.ts is missing; the folder holds Q1.ts: rename it.'],
  ['q1.ts.txt', 'q1.ts is missing; the folder holds q1.ts.txt: rename it.'],
  ['q1 (2).ts', 'q1.ts is missing; the folder holds q1 (2).ts: rename it.'],
  ['hw/q1.py', 'q1.ts is missing; the folder holds q1.py: hand in q1.ts instead.'],
])('a submission of nothing but %s is refused with the name to use', async (path, sentence) => {
  expect(await one({ [path]: '' })).toEqual({ id: 'ann', refused: sentence });
});

test('a folder and an archive with nothing of the assignment say what was looked for and what is there', async () => {
  expect(await one({ 'report.pdf': '', 'main.c': '' })).toEqual({
    id: 'ann',
    refused:
      'No file of tiny-nets is there: looked for q1.ts, q2.ts, answers.json, plots/q3.json at the top, in src/ and in one nested folder; the folder holds main.c, report.pdf.',
  });
});

test('two folders with work in one submission are refused by name', async () => {
  await write({ 'ann/v1/q1.ts': '', 'ann/v2/q1.ts': '', 'bob/q1.ts': '' });
  const refused = 'Several folders hold work (v1/, v2/): hand in one of them.';
  expect((await take(root))[0]).toEqual({ id: 'ann', refused });
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
    { note: 'q1.ts was not read: it is saved as UTF-16; save it as UTF-8.' },
  ],
  [
    Buffer.from([97, 10, 98, 10, 0xe9, 98]),
    { note: 'q1.ts was not read: it is not saved as UTF-8 (line 3); save it as UTF-8.' },
  ],
  [Buffer.alloc(1_200_000, 32), { note: 'q1.ts was not read: it is 1.2 MB (at most 1 MB).' }],
])(
  'the encoding and size of a file decide whether it is read (%#)',
  async (content, expected: { text?: string; note?: string }) => {
    await write({ ...all, 'q1.ts': content });
    const [item] = (await take(root)) as [Submission];
    expect(item.files.find((file) => file.path === 'q1.ts')?.text).toBe(expected.text);
    expect(item.notes).toEqual(expected.note === undefined ? [] : [expected.note]);
  },
);

test('when the only file cannot be read, that is the refusal', async () => {
  await write({ 'ann/q1.ts': Buffer.from([0xff, 0xfe, 97, 0]), 'bob/q1.ts': '' });
  expect((await take(root))[0]).toEqual({
    id: 'ann',
    refused: 'q1.ts was not read: it is saved as UTF-16; save it as UTF-8.',
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
  expect(await take(join(root, 'big'))).toEqual([
    { id: 'big', refused: 'Its program and text files come to more than 8 MB: leave out data.' },
  ]);
});

test('links, pipes and sockets in a folder are named, and never followed or opened', async () => {
  await write({
    'key.ts': 'the key',
    'class/ann/answers.json': '{}',
    'class/ann/plots/q3.json': '{}',
    'class/bob/q1.ts': '',
  });
  const ann = join(root, 'class', 'ann');
  await symlink(join(root, 'key.ts'), join(ann, 'q1.ts'));
  await link(join(root, 'key.ts'), join(ann, 'q2.ts'));
  await symlink(root, join(ann, 'lib'));
  execFileSync('mkfifo', [join(ann, 'pipe.ts')]);
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(ann, 'socket.ts'), done));
  const [item] = (await take(join(root, 'class'))) as [Submission];
  server.close();
  expect(paths(item)).toEqual(['answers.json', 'plots/q3.json']);
  expect(item.notes).toEqual([
    'pipe.ts was not read: it is a device or a pipe, not a file.',
    'q1.ts was not read: it is a link, and links are not followed: hand in the file itself.',
    'q2.ts was not read: it shares its content with another file (a hard link): hand in a copy.',
    'socket.ts was not read: it is a device or a pipe, not a file.',
    'Not read, because only programs and plain text are: lib.',
  ]);
});

test('a student who is a link is refused, the path a teacher types may be one', async () => {
  await write(prefixed('hidden/'));
  await write(prefixed('class/bob/'));
  await symlink(join(root, 'hidden'), join(root, 'class', 'ann'));
  await symlink(join(root, 'class'), join(root, 'latest'));
  const [ann, bob] = await take(join(root, 'latest'));
  expect(ann).toEqual({ id: 'ann', refused: 'ann is a link, and links are not followed: hand in the file itself.' });
  expect(paths(bob)).toEqual(everything);
});

test('a class is a folder of folders and archives; one bad submission does not stop the others', async () => {
  await write({
    ...prefixed('ann/'),
    'bob.zip': zip(all),
    'cid.zip': 'no archive',
    'dan.rar': 'Rar!',
    'eve/essay.docx': '',
    'fay.zip': zip({ '../q1.ts': '' }),
    'grades.csv': 'ann,1',
    'hal/hand-in.zip': zip(prefixed('hw/')),
  });
  await mkdir(join(root, 'gus'));
  const items = await take(root);
  expect(
    items.map((item) => [item.id, 'refused' in item ? item.refused.split(/[:(]/)[0] : paths(item).length]),
  ).toEqual([
    ['ann', 4],
    ['bob', 4],
    ['cid', 'It is not a zip archive, whatever its name says'],
    ['dan.rar', 'dan.rar is no .zip archive'],
    ['eve', 'No file of tiny-nets is there'],
    ['fay', '"../q1.ts" in the archive leads out of its folder'],
    ['gus', 'The folder is empty'],
    ['hal', 4],
  ]);
});

test('a class may come as one archive of folders or of archives', async () => {
  await write({ 'class.zip': zip({ ...prefixed('ann/'), ...prefixed('bob/hw1/') }) });
  expect((await take(join(root, 'class.zip'))).map((item) => [item.id, paths(item)])).toEqual([
    ['ann', everything],
    ['bob', everything],
  ]);
  await write({ 'class.zip': zipSync({ 'ann.zip': zip(all), 'bob.zip': zip(prefixed('hw/')), 'cid.zip': zip({}) }) });
  const [ann, bob, cid] = await take(join(root, 'class.zip'));
  expect([paths(ann), paths(bob)]).toEqual([everything, everything]);
  expect(cid).toEqual({
    id: 'cid',
    refused: 'The archive is empty: hand in q1.ts, q2.ts, answers.json, plots/q3.json.',
  });
});

test('an archive in an archive is unpacked once and no further', async () => {
  await write({
    'ann.zip': zipSync({ 'hw.zip': zip(all) }),
    'bob.zip': zipSync({ 'hw.zip': zipSync({ 'again.zip': zip(all) }) }),
  });
  const [ann, bob] = await take(root);
  expect(paths(ann)).toEqual(everything);
  expect(bob).toEqual({
    id: 'bob',
    refused: expect.stringMatching(/^No file of tiny-nets is there.* holds again\.zip\.$/),
  });
  expect(paths((await take(join(root, 'ann.zip')))[0])).toEqual(everything);
});

test('of two archives in one submission none is chosen', async () => {
  await write({ ...prefixed('bob/'), 'ann/v1.zip': zip(all), 'ann/v2.zip': zip(all) });
  expect((await take(root))[0]).toEqual({ id: 'ann', refused: expect.stringMatching(/holds v1\.zip, v2\.zip\.$/) });
});

test('an archive over the limit is refused with its size', async () => {
  const noise = Uint8Array.from({ length: 6_000_000 }, (_, i) => (i * 2654435761) >>> (i % 24));
  await write({ 'ann.zip': zipSync({ ...bytes(all), 'data.bin': [noise, { level: 0 }] }), ...prefixed('bob/') });
  const sentence = 'ann.zip is 6 MB (at most 5 MB): leave out node_modules, data and pictures.';
  expect((await take(root))[0]).toEqual({ id: 'ann', refused: sentence });
  expect(await take(join(root, 'ann.zip'))).toEqual([{ id: 'ann', refused: sentence }]);
});

test('a class of one keeps the name of its student, a wrapped submission that of its folder', async () => {
  await write({ ...prefixed('class/ann/'), ...prefixed('bob/src/') });
  expect((await take(join(root, 'class'), join(root, 'bob'))).map((item) => item.id)).toEqual(['ann', 'bob']);
});

test('notes of a teacher beside the students do not make the class a submission', async () => {
  await write({ ...prefixed('ann/'), ...prefixed('bob/'), 'answers.json': '{}' });
  expect((await take(root)).map((item) => item.id)).toEqual(['ann', 'bob']);
});

test('ids are safe as file names and never used twice, over all paths', async () => {
  await write({
    ...prefixed('a/Ann Müller (1)/'),
    ...prefixed('a/ann-Müller-1/'),
    ...prefixed('b/con/'),
    ...prefixed('b/..x/'),
  });
  await write({ 'a/ANN Müller 1.zip': zip(all) });
  const ids = (await take(join(root, 'a'), join(root, 'b'))).map((item) => item.id);
  expect(ids).toEqual(['ANN-Müller-1', 'Ann-Müller-1-2', 'ann-Müller-1-3', 'con-submission']);
});

test.each([
  ['nowhere', /nowhere cannot be read \(ENOENT\): give a submission, a folder of submissions or a \.zip\.$/],
  ['notes.txt', /notes\.txt is neither a folder nor a \.zip/],
  [
    'other',
    /other holds no submission to tiny-nets: looked for q1\.ts, q2\.ts, answers\.json, plots\/q3\.json in it, in src\/, in its folders and for \.zip archives\.$/,
  ],
])('the path %s is an error for the person who typed it, before anything is graded', async (name, message) => {
  await write({ ...prefixed('ann/'), 'notes.txt': '', 'other/readme.txt': '' });
  const taken: unknown[] = [];
  const taking = (async () => {
    for await (const item of receive([join(root, 'ann'), join(root, name)], { assignment })) taken.push(item);
  })();
  await expect(taking).rejects.toThrow(message);
  await expect(taking).rejects.toMatchObject({ name: 'IntakeError' });
  expect(taken).toEqual([]);
});
