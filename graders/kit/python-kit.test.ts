/** The kit of who writes Python: files of Python, one line about Node, nothing of TypeScript. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { packageRoot } from '../package-root.ts';
import { kitFiles } from './kit-files.ts';

test('it holds the starter in Python, what is given, and a README that names the two commands', async () => {
  const folder = join(packageRoot, 'assignments', 'numpy-mlp-digits');
  const assignment = await loadAssignment(folder);
  const options = {
    gradmark: '1.0.0',
    github: false,
    gitlab: false,
    own: false,
    language: 'python',
  } as const;
  const files = await kitFiles(folder, assignment, options);
  const names = [...files.keys()];
  expect(names).toEqual(expect.arrayContaining(['softmax.py', 'rng.py', 'answers.md', 'answers.json', 'handout.md']));
  expect(names.filter((name) => /\.ts$|tsconfig/.test(name))).toEqual([]);
  for (const name of names.filter((name) => name.endsWith('.py'))) {
    expect(existsSync(join(folder, 'starter-python', name))).toBe(true);
  }
  expect(files.get('README.md')).toMatch(/`softmax\.py`[^]*gradmark python setup[^]*npm run check/);
  expect(JSON.parse(files.get('package.json')!)).toMatchObject({
    scripts: { check: 'gradmark check' },
  });
});
