/** A coursework of two modules, each with a check, changed in one place after the other. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keysFor } from './check-keys.ts';
import type { Coursework } from './coursework.ts';
import { listCourseworks, openCoursework } from './coursework.ts';
import { withoutPython } from './runtimes/python/python.testing.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gradmark-keys-'));
});
afterAll(() => rm(home, { recursive: true }));

const module = (name: string, body: string, more = '') =>
  `const pass = (extra = {}) => ({ earned: 1, ...extra });\n${more}export const checks = [{ id: '${name}', task: 'T', title: '${name}', points: 1, asks: '', run: async () => ${body} }];\n`;
const files: Record<string, string> = {
  'checks.ts': `import { checks as a } from './a.ts';\nimport { checks as b } from './b.ts';\nexport const checks = [...a, ...b, { ...a[0]!, id: 'c', needs: ['b'] }];\n`,
  'a.ts': module('a', 'pass({ notes: [one] })', `import { one } from './shared.ts';\n`),
  'b.ts': module('b', 'pass()'),
  'shared.ts': 'export const one = 1;\nexport const two = 2;\n',
};

let count = 0;
/** The keys of a coursework with these files, in a folder of its own: a module is loaded once. */
async function keys(
  changes: Record<string, string> = {},
  more: Partial<Coursework> = {},
  language?: 'python',
): Promise<Record<string, string>> {
  const folder = join(home, String((count += 1)));
  await mkdir(folder);
  for (const [name, text] of Object.entries({ ...files, ...changes })) await writeFile(join(folder, name), text);
  const shipped = await openCoursework((await listCourseworks([])).get('numpy-mlp-digits')!);
  const checks = ['a', 'b', 'c'].map((id) => ({
    ...shipped.checks[0]!,
    id,
    task: 'T',
    needs: id === 'c' ? ['b'] : [],
  }));
  const tasks = [{ id: 'T', title: 'T', marks: 3, kinds: ['code' as const] }];
  const assignment = { ...shipped.assignment, tasks };
  const coursework = { ...shipped, folder, checks, assignment, checksFile: join(folder, 'checks.ts'), ...more };
  const found = await keysFor(coursework)(language);
  return Object.fromEntries(found);
}
/** Whose key is another one. */
async function touched(
  changes: Record<string, string>,
  more: Partial<Coursework> = {},
  language?: 'python',
): Promise<string> {
  const [before, after] = [await keys({}, {}, language), await keys(changes, more, language)];
  return Object.keys(before)
    .filter((id) => before[id] !== after[id])
    .join();
}

test('all sources are read when a key is asked for, and not before: most checks of own work need none', async () => {
  const shipped = await openCoursework((await listCourseworks([])).get('numpy-mlp-digits')!);
  const reads: string[] = [];
  const watched = { ...shipped, checksFile: undefined, hash: '' };
  Object.defineProperty(watched, 'hash', { get: () => (reads.push('hash'), 'all') });
  const keysIn = keysFor(watched);
  expect(reads).toEqual([]);
  expect(new Set((await keysIn()).values())).toEqual(new Set(['all']));
});

test('a comment, another layout and what no check uses touch nothing', async () => {
  expect(await touched({ 'b.ts': `// Why it is so.\n${module('b', '/* yes */ pass()')}` })).toBe('');
  expect(await touched({ 'b.ts': module('b', '\n\n  pass()') })).toBe('');
  expect(await touched({ 'shared.ts': 'export const one = 1;\nexport const two = 3;\n' })).toBe('');
});

test('a changed check touches itself and what needs it, and so does what it imports', async () => {
  expect(await touched({ 'a.ts': files['a.ts']!.replace('[one]', '[one, 2]') })).toBe('a,c');
  expect(await touched({ 'b.ts': module('b', 'pass({ notes: [] })') })).toBe('b,c');
  expect(await touched({ 'shared.ts': 'export const one = 7;\nexport const two = 2;\n' })).toBe('a,c');
});

test('the task of a check and what is given touch all that depend on them', async () => {
  const shipped = await openCoursework((await listCourseworks([])).get('numpy-mlp-digits')!);
  const tasks = [{ id: 'T', title: 'T', marks: 4, kinds: ['code' as const] }];
  expect(await touched({}, { assignment: { ...shipped.assignment, tasks } })).toBe('a,b,c');
  expect(await touched({}, { given: [{ path: 'x.ts', text: 'export {};' }] })).toBe('a,b,c');
  expect(await touched({}, { givenPython: [{ path: 'x.py', text: 'pass' }] }, 'python')).toBe('a,b,c');
});

test('every check of a shipped coursework has a key that no other has', async () => {
  const coursework = await openCoursework((await listCourseworks([])).get('numpy-mlp-digits')!);
  const keys = keysFor(coursework);
  const found = await keys('python');
  expect([...found.keys()]).toEqual(coursework.checks.map(({ id }) => id));
  expect(new Set(found.values()).size).toBe(coursework.checks.length);
  // What runs programs in Python is part of it; that there is none as well. For other work Python is not even looked for.
  const nowhere = keysFor(coursework, '/nowhere');
  if (withoutPython === undefined)
    expect([...(await nowhere('python')).values()]).not.toContain([...found.values()][0]);
  expect(await nowhere()).toEqual(await keys());
});

test('checks that a program made share the hash of their coursework', async () => {
  const { checksFile: _, ...coursework } = await openCoursework((await listCourseworks([])).get('numpy-mlp-digits')!);
  expect(new Set((await keysFor(coursework)('python')).values())).toEqual(new Set([coursework.hash]));
});
