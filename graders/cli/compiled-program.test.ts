import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execaSync } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';

/** A checkout of its own, of which files may be changed. */
const folder = mkdtempSync(join(tmpdir(), 'gradmark-checkout-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cache = join(folder, '.cache');
const words = join(folder, 'graders/cli/run-tasks.ts');
const run = (...args: string[]) =>
  execaSync(process.execPath, [join(folder, 'bin/gradmark.js'), ...args], { reject: false });
const programs = () => (existsSync(cache) ? readdirSync(cache).filter((name) => /^program-/.test(name)) : []);
const current = () => (JSON.parse(readFileSync(join(cache, 'program.json'), 'utf8')) as { name: string }).name;
/** What has just been written is not compiled yet: it may still change. */
const settled = () => delay(1100);

beforeAll(async () => {
  for (const part of ['bin', 'graders', 'reports', 'reference/oracles', 'assignments', 'package.json']) {
    cpSync(join(packageRoot, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  await settled();
});

test('what others could write to is not run: the program runs from its source', () => {
  mkdirSync(cache);
  chmodSync(cache, 0o777);
  expect(run('tasks', 'numpy-mlp-digits').exitCode).toBe(0);
  expect(programs()).toEqual([]);
  chmodSync(cache, 0o700);
});

test('the program is compiled once, says the same, and is not compiled again because files have other times', () => {
  const fromSource = run('tasks', 'numpy-mlp-digits', '--assignments', join(folder, 'assignments')).stdout;
  expect(programs()).toEqual([]);
  expect(run('tasks', 'numpy-mlp-digits').stdout).toBe(fromSource);
  expect(programs()).toEqual([current()]);
  utimesSync(words, new Date(), new Date());
  expect(run('tasks', 'numpy-mlp-digits').stdout).toBe(fromSource);
  expect(programs()).toHaveLength(1);
});

test('the level of the sandbox is known to the next check of one’s own work, and proven anew to grade', () => {
  const work = join(packageRoot, 'reference/boston-init-mnist-grads');
  const asked = ['--assignment', 'boston-init-mnist-grads', '--task', 'Q1c', '--json'];
  const level = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { level: string }).level;
  const proven = level(run('check', work, ...asked));
  const notes = join(cache, current(), 'remembered');
  const [note] = readdirSync(notes).filter(
    (name) => readFileSync(join(notes, name), 'utf8') === JSON.stringify(proven),
  );
  const other = proven === 'C' ? 'D' : 'C';
  writeFileSync(join(notes, note!), JSON.stringify(other));
  expect(level(run('check', work, ...asked))).toBe(other);
  const graded = run(
    'grade',
    'boston-init-mnist-grads',
    work,
    '--only',
    'Q1c',
    '--allow-unsafe',
    '--out',
    join(folder, 'out'),
    '--json',
  );
  expect(level(graded)).toBe(proven);
});

test('what a schema finds wrong is said in the same words', () => {
  const place = join(folder, 'assignments/numpy-mlp-digits/assignment.json');
  const text = readFileSync(place, 'utf8');
  const { title: _, ...wrong } = {
    ...(JSON.parse(text) as object),
    title: '',
    slug: 7,
    limits: { callMs: '20s' },
    more: 1,
  };
  writeFileSync(place, JSON.stringify(wrong));
  const compiled = run('tasks', 'numpy-mlp-digits');
  expect(compiled.stderr.split('\n').length).toBeGreaterThan(4);
  expect(compiled.stderr).toBe(run('tasks', 'numpy-mlp-digits', '--assignments', join(folder, 'assignments')).stderr);
  writeFileSync(place, text);
});

test('a changed file is what runs, at once, though it has its old size and its old time', async () => {
  const text = readFileSync(words, 'utf8');
  const { atime, mtime } = statSync(words);
  const before = current();
  const changed = text.replace(
    /export async function runTasks\([^]*?\{\n/,
    (head) => `${head}  throw new Error('as changed');\n`,
  );
  writeFileSync(words, changed.slice(0, text.length));
  // Cut to its old size the file is broken, which is told; the old text would have run.
  utimesSync(words, atime, mtime);
  expect(run('tasks', 'numpy-mlp-digits').exitCode).not.toBe(0);

  writeFileSync(words, changed);
  const line = changed.slice(0, changed.indexOf('throw new Error')).split('\n').length;
  expect(run('tasks', 'numpy-mlp-digits').stderr).toContain(`graders/cli/run-tasks.ts:${line}:`);
  await settled();
  const { stderr } = run('tasks', 'numpy-mlp-digits');
  expect(current()).not.toBe(before);
  expect(stderr).toContain('Error: as changed');
  // Compiled or not: the file and the line that people read.
  expect(stderr).toContain(`graders/cli/run-tasks.ts:${line}:`);
  expect(stderr).not.toContain('program-');
});
