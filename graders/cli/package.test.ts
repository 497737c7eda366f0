import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execaSync } from 'execa';
import { parse } from 'yaml';
import { afterAll, expect, test } from 'vitest';
import { problemsOf } from '../../reports/formats/schemas.testing.ts';
import { packageRoot } from '../package-root.ts';
import { engineFiles } from './engine-files.ts';
import { right, tinyCoursework } from './packaged.testing.ts';

const { folder, gradmark, packaged, remove } = tinyCoursework();
afterAll(remove);

test('the secret is for its owner alone, and goes into nothing that students read', () => {
  expect(statSync(join(packaged('coursera'), 'secret')).mode & 0o777).toBe(0o600);
  writeFileSync(join(folder, 'mine'), 'a'.repeat(64));
  const run = gradmark(
    'package',
    'tiny',
    '--to',
    'github',
    '--out',
    'x',
    '--secret-file',
    'mine',
    '--assignments',
    'courses',
  );
  expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('leave --secret-file out')]);
});

test('workflow, action and job are YAML, and actions are named by their commits', () => {
  const github = packaged('github');
  const files = ['.github/workflows/gradmark.yml', '.github/actions/gradmark/action.yml'];
  const texts = files.map((file) => readFileSync(join(github, file), 'utf8'));
  const [workflow, action] = texts.map((text) => parse(text) as Record<string, unknown>);
  expect(workflow).toMatchObject({ permissions: { contents: 'read' }, jobs: { check: { steps: expect.any(Array) } } });
  expect(action).toMatchObject({ runs: { using: 'composite' } });
  const used = texts.flatMap((text) => [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name!));
  for (const name of used) expect(name).toMatch(/^\.\/|@[0-9a-f]{40}$/);
  const gitlab = parse(readFileSync(join(packaged('gitlab'), '.gitlab-ci.yml'), 'utf8')) as object;
  expect(gitlab).toMatchObject({ gradmark: { artifacts: { reports: { junit: 'gradmark-junit.xml' } } } });
});

test('the copy of gradmark holds Node and what it needs, and nothing that only tests need', () => {
  const paths = engineFiles().map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['bin', 'node_modules/node', 'node_modules/commander']));
  for (const name of ['vitest', 'typescript', 'playwright-core']) expect(paths).not.toContain(`node_modules/${name}`);
  expect(paths.map((path) => basename(path))).not.toContain('fixtures');
});

test('the shim of Classroom 50 writes a valid result with the time of the commit, and Coursera gets its share', () => {
  const work = join(folder, 'repository');
  mkdirSync(work);
  writeFileSync(join(work, 'work.js'), right);
  const git = (...args: string[]) =>
    execaSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: work });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Work', '--date', '2026-03-03T14:00:00Z');
  const engine = `${process.execPath} ${join(packageRoot, 'bin/gradmark.js')}`;
  // The shim names the coursework alone: a lecturer's own one comes with the command.
  const shim = readFileSync(join(packaged('classroom50'), 'autograder.py'), 'utf8').replace(
    '"--assignment"',
    `"--assignments", "${join(folder, 'courses')}", "--assignment"`,
  );
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], GRADMARK: engine, CLASSROOM: 'dl', OWNER: 'ann' };
  execaSync('python3', ['-c', shim], { cwd: work, env, extendEnv: false });
  const text = readFileSync(join(work, 'result.json'), 'utf8');
  expect(problemsOf('classroom50', text)).toEqual([]);
  expect(JSON.parse(text)).toMatchObject({
    score: 2,
    'max-score': 2,
    owner: 'ann',
    datetime: expect.stringMatching(/Z$/),
  });

  const [grader, shared] = [packaged('coursera', 'grader'), join(folder, 'shared')];
  cpSync(work, join(shared, 'submission'), { recursive: true });
  mkdirSync(join(grader, 'gradmark/node_modules/node/bin'), { recursive: true });
  mkdirSync(join(grader, 'gradmark/bin'));
  writeFileSync(join(grader, 'gradmark/node_modules/node/bin/node'), `#!/bin/sh\nshift\nexec ${engine} "$@"\n`, {
    mode: 0o755,
  });
  execaSync(join(grader, 'grade.sh'), { env: { SHARED: shared, GRADER: grader } });
  const feedback = readFileSync(join(shared, 'feedback.json'), 'utf8');
  expect(problemsOf('coursera', feedback)).toEqual([]);
  expect(JSON.parse(feedback)).toMatchObject({ fractionalScore: 1 });
});
