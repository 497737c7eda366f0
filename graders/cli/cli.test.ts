import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultsProblems } from '../../reports/results-schema.testing.ts';
import { readResults } from '../gradebook/gradebook.ts';
import { openGradebook } from '../gradebook/store.ts';
import type { Results } from '../model/grade.ts';
import { isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import { commandIn } from './in-process.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const slug = 'boston-init-mnist-grads';
const course = join(packageRoot, 'fixtures/course');
const everybody = readdirSync(course).sort();
/** By day who handed in nothing of their own, all of it in an archive, and one question: what grading costs is the answers. */
const few = ['jonas-w', 'kofi-a.zip', 'yuki-s'];
const members = isNight ? everybody : few;
const classFolder = join(folder, 'class');

/** The program itself, as it starts and ends. */
function started(...args: string[]) {
  return execaSync(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...args], {
    env: { NO_COLOR: '1' },
    cwd: folder,
    reject: false,
    stripFinalNewline: false,
  });
}

/** The same command line in this process, where what is asked is not how it starts. */
const gradmark = (...args: string[]) => commandIn(folder, args);

/** Every finding that the gradebook holds, by student. */
function judgedIn(out: string): string[] {
  const book = openGradebook(out);
  const judged = book
    .events({ kind: 'judged' })
    .map((event) => `${event.seq} ${'student' in event ? event.student : ''}`);
  book.close();
  return judged;
}

/** results.json without what may differ from run to run: times. */
const timeless = (path: string) =>
  readFileSync(path, 'utf8').replace(/"(ms|startedAt|finishedAt)": [^,\n]+/g, '"$1": 0');

beforeAll(() => {
  for (const one of members) cpSync(join(course, one), join(classFolder, one), { recursive: true });
});

describe('a class is graded', () => {
  const first = join(folder, 'first');
  let printed = '';
  let results: Results;

  beforeAll(async () => {
    const run = started('grade', slug, classFolder, '--out', first);
    expect(run.stderr).toContain(`[${members.length}/${members.length}]`);
    expect(run.exitCode).toBe(0);
    printed = run.stdout;
    results = await readResults(first);
  });

  test('the marks are those that the fixtures declare', () => {
    const declared = JSON.parse(readFileSync(join(packageRoot, 'fixtures/course-expected.json'), 'utf8')) as {
      submissions: Record<string, { total: number }>;
    };
    expect(results.submissions.map(({ id, score }) => [id, score])).toEqual(
      members.map((name) => name.replace('.zip', '')).map((id) => [id, declared.submissions[id]!.total]),
    );
    expect(everybody.map((name) => name.replace('.zip', ''))).toEqual(Object.keys(declared.submissions));
    expect(results.submissions.filter((grade) => grade.held).map(({ id }) => id)).toEqual([]);
  });

  test('results.json is what its schema says', () => {
    expect(resultsProblems(JSON.parse(readFileSync(join(first, 'results.json'), 'utf8')))).toEqual([]);
  });

  test('the table names every student and where the report is', () => {
    for (const { id } of results.submissions) expect(printed).toContain(id);
    expect(printed).toContain(join(first, 'index.html'));
  });

  test('graded again into the same folder, nothing is run again', () => {
    const before = judgedIn(first);
    const run = started('grade', slug, classFolder, '--out', first);
    expect(run.stderr.match(/graded before/g)).toHaveLength(members.length);
    expect(judgedIn(first)).toEqual(before);
    expect(before).toHaveLength(members.length);
  });

  test.runIf(isNight)(
    'what was cut off goes on with what is missing, one at a time, and with the same secret ends as all together, but for times',
    () => {
      const some = ['chloe-d', 'jonas-w', 'yuki-s'];
      for (const one of some) cpSync(join(classFolder, one), join(folder, 'part', one), { recursive: true });
      const [part, cut] = [join(folder, 'part'), join(folder, 'cut')];
      const more = ['--out', cut, '--jobs', '1', '--secret-file', join(first, 'secret')];
      expect(started('grade', slug, join(part, 'chloe-d'), join(part, 'jonas-w'), ...more).exitCode).toBe(0);
      const run = started('grade', slug, part, ...more);
      expect(run.exitCode).toBe(0);
      expect(run.stderr.match(/graded before/g)).toHaveLength(2);
      const whole = JSON.parse(timeless(join(first, 'results.json'))) as Results;
      const same = { ...whole, submissions: whole.submissions.filter(({ id }) => some.includes(id)) };
      expect(same.submissions).toHaveLength(3);
      // As texts, so that order counts as well.
      expect(JSON.stringify(JSON.parse(timeless(join(cut, 'results.json'))), null, 1)).toBe(
        JSON.stringify(same, null, 1),
      );
    },
  );
});

test('a folder that was graded for one task gets the others beside it, and what was chosen is remembered', async () => {
  const [out, one] = [join(folder, 'only'), join(classFolder, 'yuki-s')];
  const hint = ['--feedback', 'hint', '--backend', 'cpu'];
  expect((await gradmark('grade', slug, one, '--out', out, '--only', 'Q3b', ...hint)).code).toBe(0);
  expect((await readResults(out)).submissions[0]!.tasks.map(({ id }) => id)).toEqual(['Q3b']);
  expect((await gradmark('grade', slug, one, '--out', out, '--only', 'Q3c')).code).toBe(0);
  const results = await readResults(out);
  expect(results.submissions[0]!.tasks.map(({ id }) => id)).toEqual(['Q3b', 'Q3c']);
  expect(results).toMatchObject({ feedback: 'hint', backend: 'cpu' });
  const scored = await gradmark('grade', slug, one, '--out', out, '--only', 'Q3c', '--feedback', 'score');
  expect(scored.complains).toContain('graded before');
  expect(await readResults(out)).toMatchObject({ feedback: 'score', submissions: results.submissions });
  const other = await gradmark('grade', 'numpy-mlp-digits', one, '--out', out);
  expect([other.code, other.complains]).toEqual([2, expect.stringContaining(`holds the grades of ${slug}`)]);
});

test('a class in which nobody has anything of the coursework is told so, with the one that it looks like', async () => {
  const paths = ['yuki-s', 'jonas-w'].map((one) => join(classFolder, one));
  const { code, complains } = await gradmark('grade', 'numpy-mlp-digits', ...paths, '--out', join(folder, 'none'));
  expect(code).toBe(0);
  expect(complains).toContain(
    `None of the 2 submissions holds anything that numpy-mlp-digits asks for (data, sigmoid, softmax, …). It looks like work for ${slug}.`,
  );
  const own = await gradmark('grade', slug, ...paths, '--only', 'Q3b', '--out', join(folder, 'own'));
  expect(own.complains).not.toContain('asks for');
  // Nor is it said of work that is wrong where it is there, and lacks a plot besides.
  const work = join(folder, 'wrong-without-plot', 'ann');
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'q2a.ts'), "export const initStandardNormal = () => { throw new Error('no'); };\n");
  const wrong = await gradmark('grade', slug, work, '--only', 'Q2a', '--out', join(folder, 'wrong'));
  expect(wrong.complains).not.toContain('asks for');
});

test('--only holds for a submission that is refused, too', async () => {
  const [out, bad] = [join(folder, 'refused'), join(folder, 'bad.zip')];
  writeFileSync(bad, 'no archive');
  await gradmark('grade', slug, bad, '--out', out, '--only', 'Q3b');
  const [grade] = (await readResults(out)).submissions;
  expect(grade!.refused).toMatch(/^It is not a zip archive/);
  expect(grade!.tasks.map(({ id, checks }) => [id, checks.every((check) => check.task === id)])).toEqual([
    ['Q3b', true],
  ]);
  expect(grade!.max).toBe(grade!.tasks[0]!.max);
});

describe('what a person types wrong gets a sentence and exit code 2', () => {
  test.each([
    [['grade', 'boston', classFolder, '--out', 'x'], /no assignment "boston"/],
    [['grade', slug, 'no-such-folder', '--out', 'x'], /no-such-folder/],
    [['grade', slug, classFolder], /--out/],
    [['grade', slug, classFolder, '--out', 'x', '--only', 'Q9'], /no task Q9/],
    [
      ['grade', slug, classFolder, '--out', join(classFolder, 'out')],
      /lies in .*its files would be taken for somebody's work/,
    ],
    [['grade', slug, classFolder, '--out', folder], /work and grades would be mixed/],
    [['grade', slug, classFolder, '--out', 'x', '--seed', 'two'], /whole number/],
    [['grade', slug, classFolder, '--out', 'x', '--data', 'nowhere'], /'nowhere' is invalid\. There is no such folder/],
    [
      ['ci', classFolder, '--seed', '1', '--secret-file', 'x'],
      /'--seed <n>' cannot be used with option '--secret-file/,
    ],
    [['report', 'no-such-batch'], /does not exist/],
    [['grad'], /Did you mean grade/],
  ])('%j', async (args, says) => {
    const { code, complains } = await gradmark(...args);
    expect(complains).toMatch(says);
    expect(complains).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  test('an argument that is no UTF-8 is spelt out, and one that holds the letter for lost ones is taken as it is', () => {
    const words = [process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, '--out', 'none'];
    const called = (name: string) =>
      execaSync('sh', ['-c', `exec "$@" "$(printf '${name}')"`, 'sh', ...words], { cwd: folder, reject: false });
    const typed = [called('class-\\377'), called('class-\\357\\277\\275')];
    expect(typed.map(({ exitCode }) => exitCode)).toEqual([2, 2]);
    expect(typed[0]!.stderr).toBe(
      'gradmark: class-\\xFF is no UTF-8, and what it names cannot be found by it: rename that, or name the folder that it lies in.',
    );
    expect(typed[1]!.stderr).toBe('gradmark: class-\uFFFD does not exist.');
  });

  test('the program ends with that code, and says it where errors are read', () => {
    const { exitCode, stdout, stderr } = started('grad');
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining('Did you mean grade')]);
  });
});

describe('students check their own work', () => {
  test('right work exits with 0, wrong work with 1 and the mistake in words', () => {
    cpSync(join(packageRoot, 'reference', slug), join(folder, 'work'), { recursive: true });
    const right = started('check', 'work', '--assignment', slug, '--task', 'Q3c');
    expect(right.exitCode, right.stdout + right.stderr).toBe(0);
    const path = join(folder, 'work/q3c.ts');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('yHat.sub<tf.Tensor2D>(yTrue)', 'yTrue.sub<tf.Tensor2D>(yHat)'),
    );
    const wrong = started('check', 'work', '--assignment', slug, '--task', 'Q3c');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toMatch(/sign/);
  });
});

test('the tasks of every coursework are listed with marks and shares', async () => {
  const rows = JSON.parse((await gradmark('tasks', '--json')).says) as {
    slug: string;
    marks: number;
    automatic: number;
  }[];
  for (const row of rows) expect(row.marks).toBeGreaterThanOrEqual(row.automatic);
  expect(rows.map((row) => row.slug)).toContain(slug);
});
