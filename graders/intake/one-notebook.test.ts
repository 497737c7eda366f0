/** What alone stands for all files of the sheet: a notebook, or one program, of whatever name. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { packageRoot } from '../package-root.ts';
import { findHandedIn } from './receive.ts';
import { handInFolder } from './receive.testing.ts';

const { at, write } = handInFolder();

test('a notebook is a submission, whatever lies beside it; another file is none', async () => {
  const assignment = await loadAssignment(join(packageRoot, 'assignments', 'numpy-mlp-digits'));
  await write({
    'My work (2).ipynb': '{"nbformat":4,"cells":[]}',
    'softmax.py': 'x = 1',
    'notes.txt': '',
  });
  const [found, ...more] = await findHandedIn(at('My work (2).ipynb'), {
    assignment,
  });
  expect(more).toEqual([]);
  expect(await found!.read()).toMatchObject({
    language: 'python',
    files: [{ path: 'notebook.ipynb', text: '{"nbformat":4,"cells":[]}' }],
  });
  const [program] = await findHandedIn(at('softmax.py'), { assignment });
  expect(await program!.read()).toMatchObject({ language: 'python', files: [{ path: 'softmax.py' }] });
  await expect(findHandedIn(at('notes.txt'), { assignment })).rejects.toThrow('is neither a folder nor a .zip');
});

test('the one program in Python stands for all where no file is named as the sheet names it', async () => {
  const assignment = await loadAssignment(join(packageRoot, 'assignments', 'numpy-mlp-digits'));
  const read = async (path: string) => (await findHandedIn(at(path), { assignment }))[0]!.read();
  await write({ 'a/homework 1.py': '# %%\nx = 1', 'a/answers.json': '{}', 'a/rng.py': 'given' });
  expect(await read('a')).toMatchObject({
    language: 'python',
    files: [{ path: 'answers.json' }, { path: 'notebook.py', text: '# %%\nx = 1', handedInAs: 'homework 1.py' }],
  });
  expect(await read('a/homework 1.py')).toMatchObject({ language: 'python', files: [{ path: 'notebook.py' }] });
  await write({ 'm/main.py': 'from helpers import x', 'm/helpers.py': 'x = 1' });
  expect(await read('m')).toMatchObject({
    files: [{ path: 'helpers.py' }, { path: 'notebook.py', handedInAs: 'main.py' }],
  });
  await write({ 'b/homework.py': '', 'b/sigmoid.py': '', 'c/homework.py': '', 'c/sigmoid.ts': '' });
  expect(await read('b')).toMatchObject({ files: [{ path: 'homework.py' }, { path: 'sigmoid.py' }] });
  expect(await read('c')).not.toMatchObject({ language: 'python' });
});

test('a class is found whose students have nothing but a program of a name of their own', async () => {
  const assignment = await loadAssignment(join(packageRoot, 'assignments', 'numpy-mlp-digits'));
  const found = async (path: string) => (await findHandedIn(at(path), { assignment })).map(({ id }) => id);
  await write({
    'one/ann/homework.py': '# %%',
    'two/ann/hw1.py': '',
    'two/ben/src/mlp final.py': '',
    'two/ben/rng.py': '',
  });
  expect([await found('one'), await found('two'), await found('one/ann')]).toEqual([['ann'], ['ann', 'ben'], ['ann']]);
  await write({ 'five/ann/main.py': '', 'five/ann/draw.py': '', 'five/ben/main.py': '', 'five/ben/nets.py': '' });
  expect(await found('five')).toEqual(['ann', 'ben']);
  // Two programs under other names are none, and a folder of helpers beside one makes no class.
  await write({ 'three/ann/a.py': '', 'three/ann/b.py': '', 'four/homework.py': '', 'four/tools/draw.py': '' });
  await expect(found('three')).rejects.toThrow('holds no submission');
  await expect(found('four')).rejects.toThrow('holds no submission');
});

test.each(['homework.ipynb', 'my homework.py'])('a platform lays the %s of a class into one folder', async (name) => {
  const assignment = await loadAssignment(join(packageRoot, 'assignments', 'numpy-mlp-digits'));
  const found = async (path: string) =>
    (await findHandedIn(at(path), { assignment })).map(({ id, attempts }) => `${id} ${attempts.length}`);
  await write({
    [`canvas/byrneann_1201_5501_${name}`]: 'ann',
    [`canvas/libo_LATE_1202_5502_${name}`]: 'bo',
    [`moodle/Ada Lovelace_1203_assignsubmission_file_${name}`]: 'ada',
    [`moodle/李小明_1204_assignsubmission_file_${name}`]: 'li',
  });
  expect(await found('canvas')).toEqual(['byrneann-1201 1', 'libo-1202 1']);
  expect(await found('moodle')).toEqual(['Ada-Lovelace-1203 1', '李小明-1204 1']);
  // What no platform has named is one student's.
  await write({ 'own/part 1.ipynb': '', 'own/byrneann_1201_5501_part 2.ipynb': '' });
  expect(await found('own')).toEqual(['own 1']);
});
