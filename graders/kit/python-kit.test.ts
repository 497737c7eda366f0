/** The kit of who writes Python: files of Python, one line about Node, nothing of TypeScript. */
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { packageRoot } from '../package-root.ts';
import { kitFiles } from './kit-files.ts';
import { pythonReadmeOf } from './readme.ts';

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

test('it sets up the library that the sheet was written for', async () => {
  const of = async (slug: string) => pythonReadmeOf(await loadAssignment(join(packageRoot, 'assignments', slug)));
  expect(await of('boston-init-mnist-grads')).toMatch(/^ {4}npx gradmark python setup --with tensorflow$/m);
  expect(await of('vectors-relu-fashion-backprop')).toMatch(/^ {4}npx gradmark python setup --with torch$/m);
  expect(await of('numpy-mlp-digits')).toMatch(/^ {4}npx gradmark python setup$/m);
});

const hasPytest = execaSync('python3', ['-c', 'import pytest'], { reject: false }).exitCode === 0;

test.skipIf(!hasPytest)('its tests for pytest pass, fail and are left to the course as the checks are', () => {
  const readme = pythonReadmeOf({ title: 'T', tasks: [] });
  const [, lines] = /`test_checks\.py`:\n\n([^]*?)\n\nOf a notebook/.exec(readme)!;
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-pytest-'));
  try {
    writeFileSync(join(folder, 'test_checks.py'), lines!.replace(/^ {4}/gm, ''));
    const check = (id: string, outcome: string, more = {}) => ({ id, outcome, ...more });
    const checks = [
      check('a', 'pass'),
      check('b', 'fail', { finding: { says: 'Not the mean.' } }),
      check('c', 'manual'),
    ];
    const printed = JSON.stringify({ submissions: [{ tasks: [{ checks }] }] });
    writeFileSync(join(folder, 'npx'), `#!/bin/sh\necho '${printed}'\n`);
    chmodSync(join(folder, 'npx'), 0o755);
    const env = { PATH: `${folder}:${process.env['PATH']}` };
    const { stdout } = execaSync('python3', ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', folder], {
      env,
      reject: false,
    });
    expect(stdout).toContain('1 failed, 1 passed, 1 skipped');
    expect(stdout).toContain('Not the mean.');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
