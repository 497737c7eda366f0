import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { parse } from 'yaml';
import { afterAll, expect, test } from 'vitest';
import { problemsOf } from '../../reports/formats/schemas.testing.ts';
import { packageRoot } from '../package-root.ts';
import { documented } from './documented.testing.ts';
import { engineFiles } from './engine-files.ts';
import { commandIn } from './in-process.testing.ts';
import { onMachine } from './machine.testing.ts';
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

test.each([
  ['weak', /weak holds no secret of 32 characters/],
  ['nowhere', /nowhere does not exist: make it with/],
])('a secret that is none is refused before it is packed: %s', async (file, says) => {
  writeFileSync(join(folder, 'weak'), 'password');
  const words = ['package', 'tiny', '--to', 'coursera', '--out', 'none', '--secret-file', file];
  const { code, complains } = await commandIn(folder, [...words, '--assignments', 'courses']);
  expect([code, complains]).toEqual([2, expect.stringMatching(says)]);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test.each([
  ['coursera', 'cat', 'grade.sh'],
  ['gradescope', 'unzip -p', 'autograder.zip run_autograder'],
])(
  'on %s, where one hands in again and sees what was asked, each work has a round of its own',
  async (to, read, what) => {
    const words = ['package', 'tiny', '--to', to, '--out', `round-${to}`, '--no-engine', '--assignments', 'courses'];
    expect(await commandIn(folder, words)).toMatchObject({ code: 0, complains: '' });
    expect(execaSync('sh', ['-c', `cd round-${to} && ${read} ${what}`], { cwd: folder }).stdout).toContain(
      '--own-round',
    );
  },
);

const lines = documented('ci.md').filter(([name]) => name === 'package');

test.each(lines)('%s %s %s %s %s %s writes what the page says', async (...words) => {
  // What of it takes long is the copy of the engine, which is packed and unpacked at night.
  const { code, complains } = await commandIn(folder, [...words, '--no-engine']);
  expect([code, complains]).toEqual([0, '']);
  const [system, out] = ['--to', '--out'].map((name) => words[words.indexOf(name) + 1]!);
  const made = {
    ...{ github: '.github/actions/gradmark/action.yml', gitlab: '.gitlab-ci.yml', classroom50: 'autograder.py' },
    ...{ gradescope: 'autograder.zip', coursera: 'grade.sh' },
  };
  expect(existsSync(join(folder, out!, made[system as keyof typeof made]))).toBe(true);
});

test('the page has a line for every system', () => {
  expect(lines.map((words) => words[3]).sort()).toEqual(['classroom50', 'coursera', 'github', 'gitlab', 'gradescope']);
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
  expect(paths).toEqual(expect.arrayContaining(['bin', 'node_modules/node/bin/node', 'node_modules/commander']));
  for (const name of ['vitest', 'typescript', 'playwright-core']) expect(paths).not.toContain(`node_modules/${name}`);
  expect(paths.filter((path) => path.startsWith('node_modules/node/'))).toHaveLength(2);
  // What its packages need as well, wherever npm has put it.
  for (const name of ['is-plain-obj', 'd3-array']) expect(paths).toContain(`node_modules/${name}`);
  expect(paths.map((path) => basename(path))).not.toContain('fixtures');
});

test('the shim of Classroom 50 writes a valid result with the time of the commit, in the checkout', () => {
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
});

test('on a machine like Coursera’s, whose entry point is grade.sh, the share is where it is read from', () => {
  const [grader, shared] = [packaged('coursera', 'grader'), join(folder, 'shared')];
  mkdirSync(join(shared, 'submission'), { recursive: true });
  writeFileSync(join(shared, 'submission/work.js'), right.replace('3 * x', '4 * x'));
  mkdirSync(join(grader, 'gradmark'));
  chmodSync(grader, 0o755);
  // What gradmark prepares once on a machine lies there, and its sandbox reads it.
  const cache = '/var/cache/gradmark';
  const open = ['/var', dirname(cache)].flatMap((path) => ['--perms', '0755', '--dir', path]);
  const prepared = [...open, '--bind-try', cache, cache];
  const places = [
    '--bind',
    grader,
    '/grader',
    '--ro-bind',
    packageRoot,
    '/grader/gradmark',
    '--bind',
    shared,
    '/shared',
  ];
  const ran = onMachine({ places: [...places, ...prepared], cwd: '/' }, ['/grader/grade.sh']);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const feedback = readFileSync(join(shared, 'feedback.json'), 'utf8');
  expect(problemsOf('coursera', feedback)).toEqual([]);
  expect(JSON.parse(feedback), ran.stderr).toMatchObject({
    fractionalScore: 0.5,
    feedback: expect.stringContaining('63') as string,
  });
});
