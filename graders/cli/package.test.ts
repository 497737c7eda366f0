import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execaSync } from 'execa';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemsOf } from '../../reports/formats/schemas.testing.ts';
import { packageRoot } from '../package-root.ts';
import { atNight } from '../nightly.testing.ts';
import { engineFiles } from './engine-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function gradmark(...args: string[]) {
  return execaSync(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...args], { cwd: folder, reject: false });
}

const packaged = (to: string, ...more: string[]): string => {
  const run = gradmark('package', 'tiny', '--to', to, '--out', to, '--no-engine', '--assignments', 'courses', ...more);
  expect(run.exitCode, run.stderr).toBe(0);
  return join(folder, to);
};

/** A coursework of one question, whose limits are short enough for a test of endless loops. */
beforeAll(() => {
  const place = join(folder, 'courses/tiny');
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'assignment.json'),
    JSON.stringify({
      ...{ schema: 'gradmark/assignment/v1', slug: 'tiny', title: 'Tiny', summary: 'One function.', imports: [] },
      limits: { callMs: 2000, submissionMs: 60_000, memoryMb: 256 },
      tasks: [{ id: 'T1', title: 'Double', marks: 2, kinds: ['code'], unit: 'twice', exports: ['twice'] }],
    }),
  );
  writeFileSync(
    join(place, 'checks.ts'),
    `export const checks = [{
  ...{ id: 't1.twice', task: 'T1', title: 'twice is twice', points: 2 },
  run: async (context) => {
    const guest = await context.guest();
    const { value } = await guest.call({ module: 'twice', name: 'twice' }, [21]);
    return value === 42 ? { earned: 1 } : { earned: 0, finding: { says: 'twice(21) is not 42.' } };
  },
}];
`,
  );
});

const compiled = join(folder, 'compiled');
mkdirSync(compiled, { mode: 0o700 });

/** A root in which everything lies where Gradescope has it; programs of this machine are there to read. */
function gradescope(submission: Record<string, string>, { room = '', kill = '' } = {}) {
  const top = mkdtempSync(join(folder, 'autograder-'));
  chmodSync(folder, 0o755);
  chmodSync(top, 0o755);
  for (const name of ['source', 'submission', 'results']) mkdirSync(join(top, name));
  cpSync(join(folder, 'gradescope'), join(top, 'source'), { recursive: true });
  mkdirSync(join(top, 'source/gradmark'));
  for (const [path, text] of Object.entries(submission)) writeFileSync(join(top, 'submission', path), text);
  cpSync(join(top, 'source/run_autograder'), join(top, 'run_autograder'));
  const places = ['/lib', '/lib64', '/bin', '/sbin'].flatMap((path) =>
    existsSync(path) ? ['--ro-bind', path, path] : [],
  );
  const results = room === '' ? [] : ['--size', room, '--tmpfs', '/autograder/results'];
  const after = kill === '' ? '' : `(while ! pkill -KILL -f '${kill}'; do sleep 0.2; done) & `;
  const run = execaSync(
    'bwrap',
    [
      ...['--tmpfs', '/', '--ro-bind', '/usr', '/usr', ...places, '--ro-bind', '/etc', '/etc', '--proc', '/proc'],
      ...['--dev', '/dev', '--tmpfs', '/tmp', '--bind', top, '/autograder', ...results],
      ...[
        '--ro-bind',
        packageRoot,
        '/autograder/source/gradmark',
        // Compiled by the first, as when the machine of the course is set up.
        '--bind',
        compiled,
        '/autograder/source/gradmark/.cache',
        '--unshare-pid',
        '--unshare-net',
        '--die-with-parent',
      ],
      ...['--chdir', '/autograder', 'bash', '-c', `${after}./run_autograder 1>&2; cat results/results.json`],
    ],
    { reject: false, env: { PATH: process.env['PATH'] }, extendEnv: false },
  );
  expect(run.exitCode, run.stderr).toBe(0);
  expect(problemsOf('gradescope', run.stdout), run.stderr).toEqual([]);
  return {
    ...(JSON.parse(run.stdout) as { score: number; output: string; tests: { output: string }[] }),
    said: run.stderr,
  };
}

const right = 'export const twice = (x) => 2 * x;\n';

describe('in the layout of Gradescope, without a network', () => {
  beforeAll(() => {
    packaged('gradescope', '--visibility', 'after_due_date');
  });

  test('right work gets its marks, and hidden results are hidden until the due date', () => {
    const result = gradescope({ 'twice.js': right });
    expect(result).toMatchObject({ score: 2, visibility: 'after_due_date', tests: [{ status: 'passed', score: 2 }] });
  });

  const failures: [string, Record<string, string>, { room?: string; kill?: string }, RegExp][] = [
    ['no file', {}, {}, /Not graded/],
    ['a crash', { 'twice.js': 'throw new Error("mine");' }, {}, /mine/],
    ['the kill of the grader', { 'twice.js': right }, { kill: '[g]radmark.js ci' }, /stopped before it was done/],
    ['an endless loop', { 'twice.js': 'export const twice = () => { for (;;); };' }, {}, /time/],
    ['an archive that cannot be read', { 'work.zip': 'PK no archive' }, {}, /Not graded|not handed in/],
    ['other names', { 'my-answer.js': right }, {}, /Not graded|not handed in/],
    ['a full disk', { 'twice.js': right }, { room: '4096' }, /stopped before it was done/],
    ['too much memory', { 'twice.js': 'const all = []; for (;;) all.push(new Array(1e6).fill(0));' }, {}, /memory/],
  ];
  test.each(atNight(failures, 3))(
    '%s gives a valid results.json without marks, in words',
    (_, submission, more, says) => {
      const result = gradescope(submission, more);
      expect(result.score).toBe(0);
      expect([result.output, ...result.tests.map(({ output }) => output)].join('\n'), result.said).toMatch(says);
    },
  );
});

test('the secret is for its owner alone, and goes into nothing that students read', () => {
  expect(statSync(join(folder, 'gradescope/secret')).mode & 0o777).toBe(0o600);
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
  writeFileSync(join(work, 'twice.js'), right);
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

  const [grader, shared] = [packaged('coursera'), join(folder, 'shared')];
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
