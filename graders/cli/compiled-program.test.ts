import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execaSync } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import { bytesOf, valueOf } from '../kept-values.ts';
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

/** Two courseworks are as good as five here, and take half as long to compile. */
const left =
  /\/graders\/checks\/(?!boston-init-mnist-grads|numpy-mlp-digits)[a-z-]+$|\/assignments\/(?:descent|vectors|mnist-s)[a-z-]+$|\.test\.ts$/;

beforeAll(async () => {
  for (const part of ['bin', 'graders', 'reports', 'reference/oracles', 'assignments', 'package.json']) {
    cpSync(join(packageRoot, part), join(folder, part), { recursive: true, filter: (path) => !left.test(path) });
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  await settled();
});

/** What the program says from its source, from which it runs where others could write to what was compiled. */
function fromSource(...args: string[]) {
  mkdirSync(cache, { recursive: true });
  chmodSync(cache, 0o777);
  const before = programs();
  const said = run(...args);
  expect(programs()).toEqual(before);
  chmodSync(cache, 0o700);
  return said;
}

test('the program is compiled once where nobody else can write, says the same, and is not compiled again because files have other times', () => {
  const source = fromSource('tasks', 'numpy-mlp-digits');
  expect([source.exitCode, programs()]).toEqual([0, []]);
  expect(run('tasks', 'numpy-mlp-digits').stdout).toBe(source.stdout);
  expect(programs()).toEqual([current()]);
  utimesSync(words, new Date(), new Date());
  expect(run('tasks', 'numpy-mlp-digits').stdout).toBe(source.stdout);
  expect(programs()).toHaveLength(1);
});

test('the code that a command has compiled is kept for the next one, and what is damaged of it is made anew', () => {
  const { stdout } = run('tasks', 'numpy-mlp-digits');
  const kept = readdirSync(join(cache, current())).find((name) => /^program\.run-tasks-\w+\.v8c$/.test(name))!;
  const file = join(cache, current(), kept);
  const [code, { ino }] = [readFileSync(file), statSync(file)];
  expect(run('tasks', 'numpy-mlp-digits').stdout).toBe(stdout);
  expect(statSync(file).ino).toBe(ino);
  writeFileSync(file, code.subarray(0, code.length / 2));
  expect(run('tasks', 'numpy-mlp-digits').stdout).toBe(stdout);
  expect(readFileSync(file).length).toBeGreaterThan(0.9 * code.length);
});

test('what a teacher’s own checks import is the compiled program, of which there is one alone', () => {
  const own = join(folder, 'courses/tiny');
  mkdirSync(own, { recursive: true });
  mkdirSync(join(folder, 'work'));
  writeFileSync(join(folder, 'work/twice.js'), 'export const twice = 2;\n');
  const about = { schema: 'gradmark/assignment/v1', slug: 'tiny', title: 'Tiny', summary: 'One.', imports: [] };
  const limits = { callMs: 2000, submissionMs: 60_000, memoryMb: 256 };
  const tasks = [{ id: 'T1', title: 'Twice', marks: 1, kinds: ['code'], unit: 'twice', exports: ['twice'] }];
  writeFileSync(join(own, 'assignment.json'), JSON.stringify({ ...about, limits, tasks }));
  // Only the program's own class is a stop of the student's program; another of its name would be a fault of ours.
  const checks = `import { ProgramStopped } from 'gradmark/stopped';
export const checks = [{
  ...{ id: 't1', task: 'T1', title: 'Stops', asks: 'nothing', points: 1 },
  run: () => Promise.reject(new ProgramStopped('crash', import.meta.resolve('gradmark/stopped'))),
}];
`;
  writeFileSync(join(own, 'checks.ts'), checks);
  const words = ['check', join(folder, 'work'), '--assignment', 'tiny', '--assignments', join(folder, 'courses')];
  const { stdout, stderr } = run(...words, '--json');
  const { submissions } = JSON.parse(stdout) as Results;
  const [{ outcome, finding } = {}] = submissions[0]!.tasks[0]!.checks;
  const place = expect.stringContaining(`/${current()}/graders/stopped.mjs`) as string;
  expect([outcome, finding?.says, stderr]).toEqual(['crash', place, '']);
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

/** A file as this program keeps it, with one of the numbers changed that answers are compared with; undefined where there are none. */
function changed(file: string): Buffer | undefined {
  const kept = valueOf(readFileSync(file).subarray(32)) as { expected?: Record<string, { data: Float64Array }>[] }[];
  const [answer] = kept[0]!.expected ?? [];
  if (answer === undefined) return undefined;
  for (const { data } of Object.values(answer)) data[0]! += 1;
  const bytes = bytesOf(kept)!;
  return Buffer.concat([createHash('sha256').update(file).update('\0').update(bytes).digest(), bytes]);
}

test('what everybody practises with is known to the next check, which says the same; what is damaged, of others or open to them is drawn anew', () => {
  const work = join(packageRoot, 'reference/boston-init-mnist-grads');
  const check = () => run('check', work, '--assignment', 'boston-init-mnist-grads', '--task', 'Q2b', '--all');
  const notes = join(cache, current(), 'remembered');
  const kept = () => readdirSync(notes).flatMap((name) => (name.endsWith('.bytes') ? [join(notes, name)] : []));
  const first = check();
  const files = kept();
  const before = files.map((file) => readFileSync(file));
  expect([first.exitCode, files.length > 1]).toEqual([0, true]);
  // What is right is compared with: other numbers in its place are believed, and by `check` alone.
  const right = files.find((file) => changed(file) !== undefined)!;
  writeFileSync(right, changed(right)!);
  expect(check().exitCode).toBe(1);
  const asked = ['boston-init-mnist-grads', work, '--only', 'Q2b', '--seed', '20260', '--allow-unsafe', '--json'];
  const graded = JSON.parse(run('grade', ...asked, '--out', join(folder, 'out-2b')).stdout) as Results;
  const outcomes = graded.submissions[0]!.tasks.flatMap(({ checks }) => checks.map(({ outcome }) => outcome));
  expect(new Set(outcomes)).toEqual(new Set(['pass', 'manual']));
  chmodSync(right, 0o622);
  expect(check().stdout).toBe(first.stdout);
  files.forEach((file, i) => writeFileSync(file, before[(i + 1) % files.length]!));
  expect(check().stdout).toBe(first.stdout);
  files.forEach((file, i) => writeFileSync(file, before[i]!.subarray(0, -1)));
  expect(check().stdout).toBe(first.stdout);
  expect(files.map((file) => readFileSync(file))).toEqual(before);
});

test('what a platform says of a class is read by a package that is loaded for it alone', () => {
  const class_ = join(folder, 'class');
  mkdirSync(join(class_, 'submission_1'), { recursive: true });
  writeFileSync(join(class_, 'submission_1/answers.json'), '{}');
  const metadata = join(class_, 'submission_metadata.yml');
  writeFileSync(metadata, 'submission_1:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: "7"\n');
  const given = ['boston-init-mnist-grads', class_, '--only', 'Q3b', '--json'];
  const { stdout, stderr } = run('grade', ...given, '--out', join(folder, 'grades'));
  expect(stdout, stderr).not.toBe('');
  expect((JSON.parse(stdout) as Results).submissions.map(({ id }) => id)).toEqual(['Ada-Lovelace-7']);
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
  expect(compiled.stderr).toBe(fromSource('tasks', 'numpy-mlp-digits').stderr);
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
