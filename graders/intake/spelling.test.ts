/** Files under nearly the name of the sheet, and encodings that are not UTF-8. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAssignment } from '../assignment/load-assignment.ts';
import type { Submission } from '../model/submission.ts';
import { packageRoot } from '../package-root.ts';
import { all, everything, handInFolder, paths, prefixed, take, zip } from './receive.testing.ts';
import { standsFor, vocabularyOf } from './vocabulary.ts';

const { at, write } = handInFolder();
const { 'q1.ts': q1, ...rest } = all;

test.each([
  'Q1.ts',
  'q1.TS',
  'q1 (1).ts',
  'q1(2).ts',
  'q1-2.ts',
  'q1 copy.ts',
  'q1 copy 2.ts',
  'q1 - Copy.ts',
  'q1 - Copy (2).ts',
  'Copy of q1.ts',
  'q1 - Kopie.ts',
  'Q1 (1).JS',
  'q1 .ts',
  'q1  copy  copy - copy (2)(3)copy 4.ts',
  'q\u200c1.ts',
])('%s stands for q1.ts where nothing else does, and is known by its own name as well', async (name) => {
  await write({ 'ann.zip': zip({ ...rest, [name]: q1 }) });
  const [item] = (await take(at('ann.zip'))) as [Submission];
  expect(paths(item)).toEqual(everything);
  expect(item.files.find(({ path }) => path === 'q1.ts')).toEqual({
    path: 'q1.ts',
    text: q1,
    handedInAs: name,
    knownAs: name,
  });
  expect(item.notes).toEqual([expect.stringContaining('was read as q1.ts.')]);
});

test.each(['q1-final.ts', 'q11.ts', 'q1.test.ts', 'q1.d.ts', 'my q1.ts', 'q1.ts.bak'])('%s does not', async (name) => {
  await write({ 'ann.zip': zip({ ...rest, [name]: q1 }) });
  const [item] = (await take(at('ann.zip'))) as [Submission];
  expect(item.notes.at(-1)).toBe('Not handed in: q1.ts.');
});

test('the exact name wins, and of two others nobody chooses', async () => {
  await write({
    'ann.zip': zip({ ...all, 'q1 (1).ts': 'older' }),
    'bob.zip': zip({ ...rest, 'q1 (1).ts': 'a', 'Q1.ts': 'b' }),
  });
  const [ann, bob] = (await take(at())) as [Submission, Submission];
  expect(ann.files.find(({ path }) => path === 'q1.ts')!.text).toBe(q1);
  expect(ann.notes).toEqual(['q1 (1).ts was not read as q1.ts, because q1.ts is there too.']);
  expect(paths(bob)).not.toContain('q1.ts');
  expect(bob.notes).toEqual([
    'q1.ts is missing; the archive holds Q1.ts and q1 (1).ts: keep one of them and name it q1.ts.',
  ]);
});

test('a folder named in Persian or with an emoji is a folder like others', async () => {
  const names = ['تمرین\u200cها', '👩\u200d💻 hw', '\u200fשיעור'];
  for (const name of names) {
    await write({ 'ann.zip': zip(prefixed(`${name}/`)) });
    const [item] = (await take(at('ann.zip'))) as [Submission];
    expect(paths(item)).toEqual(everything);
  }
});

test('a name of forty copies that is none in the end is read in no time', async () => {
  await write({ 'ann.zip': zip({ ...rest, [`q1${' copy'.repeat(44)}x.ts`]: q1 }) });
  const [item] = (await take(at('ann.zip'))) as [Submission];
  expect(item.notes.at(-1)).toBe('Not handed in: q1.ts.');
});

test('of many names that cannot be read some are told, and how many more there are', async () => {
  const odd = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x\u202e${i}.ts`, '']));
  await write({ 'ann.zip': zip({ ...all, ...odd }) });
  const [item] = (await take(at('ann.zip'))) as [Submission];
  expect(item.notes).toHaveLength(41);
  expect(item.notes.at(-1)).toBe('The same holds for 60 more files.');
});

test('of the files that a program names a thousand are looked for among data', async () => {
  const named = (many: number) =>
    Array.from({ length: many }, (_, i) => `import './a${i}.ts';`).join('') + "import './data/x.ts';";
  await write({ 'ann.zip': zip({ ...rest, 'q1.ts': named(999), 'data/x.ts': q1 }) });
  await write({ 'bob.zip': zip({ ...rest, 'q1.ts': named(1000), 'data/x.ts': q1 }) });
  const items = (await take(at('ann.zip'), at('bob.zip'))) as Submission[];
  expect(items.map((item) => paths(item).includes('data/x.ts'))).toEqual([true, false]);
});

test('a file without an ending is no program, and is told by its name', async () => {
  await write({ 'ann.zip': zip({ ...rest, q1 }) });
  const [item] = (await take(at('ann.zip'))) as [Submission];
  expect(paths(item)).not.toContain('q1.ts');
  expect(item.notes).not.toContainEqual(expect.stringContaining('undefined'));
  expect(item.notes.at(-1)).toBe('q1.ts is missing; the archive holds q1: keep one of them and name it q1.ts.');
});

test('what joins the parts of a name is nobody’s to remember, in either language', async () => {
  const sheet = vocabularyOf(await loadAssignment(join(packageRoot, 'assignments/descent-components-digits')));
  const [node, python] = sheet.each!;
  for (const name of ['q1_2b.ts', 'q1 2b.ts', 'Q1_2b.js', 'q1_2b (1).ts'])
    expect(standsFor(name, node!)).toBe('q1-2b.ts');
  for (const name of ['q1-2b.py', 'q1 2b.py']) expect(standsFor(name, python!)).toBe('q1_2b.py');
  for (const name of ['q12b.ts', 'q1_2b_old.ts', 'q1__2b.ts', 'old_q1_2b.ts'])
    expect(standsFor(name, node!)).toBeUndefined();
});
