import { cpSync, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import type { Check } from '../check.ts';
import { listCourseworks } from '../coursework.ts';
import type { Grade, TaskGrade } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { allPassed, askedTasks, openOwnWork } from './own-work.ts';
import { recognise } from './recognise.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-own-'));
afterAll(() => rmSync(folder, { recursive: true }));
const slugs = [...(await listCourseworks([])).keys()];

const chosen = async (path: string): Promise<string> => basename(await recognise(path, []));

/** A folder with copies of files of a starter, under other names where the second argument says so. */
function withFiles(slug: string, names: Record<string, string>): string {
  const place = mkdtempSync(join(folder, 'work-'));
  for (const [from, to] of Object.entries(names)) {
    mkdirSync(join(place, to, '..'), { recursive: true });
    cpSync(join(packageRoot, 'assignments', slug, 'starter', from), join(place, to));
  }
  return place;
}

describe('a coursework is recognised', () => {
  test.each(slugs)('by the starter of %s', async (slug) => {
    expect(await chosen(join(packageRoot, 'assignments', slug, 'starter'))).toBe(slug);
  });

  test('by any one file of its own, in JavaScript and in whatever folder', async () => {
    expect(await chosen(withFiles('descent-components-digits', { 'q1-4b.ts': 'my/src/q1-4b.js' }))).toBe(
      'descent-components-digits',
    );
    expect(await chosen(withFiles('vectors-relu-fashion-backprop', { 'helpers.ts': 'helpers.ts' }))).toBe(
      'vectors-relu-fashion-backprop',
    );
  });

  test('in an archive', async () => {
    const path = join(folder, 'mine.zip');
    writeFileSync(path, zipSync({ 'work/q3c.ts': new TextEncoder().encode('export const grads = 1;') }));
    expect(await chosen(path)).toBe('boston-init-mnist-grads');
  });

  const notebooks = join(packageRoot, 'reference/python');
  test.each(readdirSync(notebooks).filter((name) => name.endsWith('.ipynb')))(
    'by what the notebook %s defines, whatever it is called, alone and in a folder',
    async (name) => {
      const place = join(mkdtempSync(join(folder, 'work-')), 'homework.ipynb');
      cpSync(join(notebooks, name), place);
      for (const path of [place, dirname(place)]) expect(await chosen(path)).toBe(name.replace('.ipynb', ''));
    },
  );

  test('not by one name alone that a notebook defines', async () => {
    const place = join(folder, 'any.ipynb');
    writeFileSync(
      place,
      JSON.stringify({ cells: [{ cell_type: 'code', source: ['def sigmoid(x):\n', '  return x'] }] }),
    );
    await expect(chosen(place)).rejects.toThrow('--assignment');
  });

  test('not by what all of them have: the sentence names them', async () => {
    const place = withFiles('numpy-mlp-digits', { 'answers.md': 'answers.md' });
    await expect(chosen(place)).rejects.toThrow(/--assignment \(.*numpy-mlp-digits/);
  });

  test('not by one file of it, whose others it needs: the folder is asked for', async () => {
    const place = withFiles('descent-components-digits', { 'q1-4b.ts': 'q1-4b.ts' });
    await expect(chosen(join(place, 'q1-4b.ts'))).rejects.toThrow(/q1-4b\.ts is one file of the work: give the folder/);
  });

  test('not by an empty folder', async () => {
    await expect(chosen(mkdtempSync(join(folder, 'empty-')))).rejects.toThrow('--assignment');
  });
});

test('a task that is not there is named, with the one that was meant', async () => {
  const options = { backend: 'wasm', feedback: 'full', assignments: [], seed: 1 } as const;
  const place = join(packageRoot, 'assignments/boston-init-mnist-grads/starter');
  await expect(openOwnWork(place, { ...options, assignments: [], task: 'Q3c,q3b' }, 'D')).rejects.toThrow(
    /no task q3b; it has Q1a, .*Did you mean Q3b\?/,
  );
});

test('the id of a check, as it is printed, asks for its task', () => {
  const checks = [{ id: '1.2b.sigmoid', task: '1.2b' }] as Check[];
  expect(askedTasks({ task: '1.2b.sigmoid, 1.4b' }, { checks })).toEqual(['1.2b', '1.4b']);
  expect(askedTasks({}, { checks })).toBeUndefined();
});

test('a task without marks never fails a run, one with marks does', () => {
  const task = (max: number, status: TaskGrade['status']): TaskGrade => ({
    ...{ id: 'a', title: 'a', score: 0, max, manualMax: 0, status, checks: [] },
  });
  const grade = (tasks: TaskGrade[]) => ({ tasks }) as unknown as Grade;
  expect(allPassed(grade([task(0, 'missing'), task(0, 'fail'), task(1, 'pass'), task(2, 'manual')]))).toBe(true);
  expect(allPassed(grade([task(1, 'missing')]))).toBe(false);
  expect(allPassed({ ...grade([]), refused: 'It is not a zip archive.' })).toBe(false);
});
