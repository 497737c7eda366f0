/**
 * A teaching assistant's whole way with one coursework: what Moodle exports is graded, marked by keyboard in a browser, adjusted, handed
 * in once more, regraded after a mended check, published and put into the teacher's worksheet. Every figure is computed anew here.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { execa, execaSync } from 'execa';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, launchBrowser } from '../../reports/browser.testing.ts';
import type { Grade, Results } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { documented } from './documented.testing.ts';
import { commandIn } from './in-process.testing.ts';
import type { Student } from './journey.testing.ts';
import { again, assignment, checks, course, moodleZip, students, worksheet } from './journey.testing.ts';

const program = join(packageRoot, 'bin/gradmark.js');
const folder = mkdtempSync(join(tmpdir(), 'gradmark-journey-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
async function gradmark(...words: string[]) {
  const { code, says: out, complains: says } = await commandIn(folder, words);
  return { code, out, says };
}
/** The program anew: this process has loaded the checks as they were. */
function started(...words: string[]) {
  const run = execaSync(process.execPath, [program, ...words], { cwd: folder, env: { NO_COLOR: '1' }, reject: false });
  return { code: run.exitCode, out: run.stdout, says: run.stderr };
}
function graded(from: Student): Grade {
  const { submissions } = JSON.parse(read('out/results.json')) as Results;
  return submissions.find(({ origin }) => origin?.person === String(from.number))!;
}
/** The first command of a page that begins so, with a coursework of our own and what it needs besides. */
function documentedAs(page: string, ...start: string[]): string[] {
  const words = documented(page).find((all) => start.every((word, i) => all[i] === word))!;
  return words.map((word) => (word === 'boston-init-mnist-grads' ? 'tiny-means' : word));
}
const called = (name: string) => students.find((student) => student.name === name)!;
const jo = called('Jo, the "Quick"');
const noor = called('Noor Haddad');
const own = ['--assignments', 'courses'];

/** What the first task is worth: with the slip in the check, and without. */
const firstTask = { right: [2, 4], rounds: [4, 2], sums: [0, 0], throws: [0, 0], none: [0, 0] } as const;
const secondTask = { both: 3, sum: 2, count: 1, neither: 0, none: 0 } as const;

/** 10 % of 7 marks for each day begun after 15 minutes, all of them after a week; Noor has two days more. */
function costOf({ number, lateMinutes }: Student): number {
  if (number === again.number || lateMinutes <= 15) return 0;
  return lateMinutes > 7 * 24 * 60 ? 7 : 0.7 * Math.ceil((lateMinutes - 15) / (24 * 60));
}

function worth(student: Student, { mended, marked }: { mended: boolean; marked: boolean }): number {
  const first = student === jo && marked ? 1.5 : firstTask[student.program ?? 'none'][mended ? 1 : 0];
  const second = marked ? secondTask[student.text ?? 'none'] : 0;
  return Math.max(0, Math.round((first + second - costOf(student)) * 1000) / 1000);
}
const scores = (class_: readonly Student[]) => class_.map((student) => [student.name, graded(student).score]);
const expected = (class_: readonly Student[], state: Parameters<typeof worth>[1]) =>
  class_.map((student) => [student.name, worth(student, state)]);

/** Ticks what the text on the page deserves, and goes on. */
async function markByKeys(page: Page): Promise<void> {
  const said = page.getByRole('region', { name: 'The student’s text' });
  const text = (await said.count()) === 0 ? '' : ((await said.textContent()) ?? '');
  if (text.includes('sum')) await page.keyboard.press('1');
  if (text.includes('count')) await page.keyboard.press('2');
  const here = page.url();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.href !== here && url.searchParams.has('done'));
}

describe.skipIf(browserPath === undefined)('from the class to the teacher’s worksheet', () => {
  const second = students.map((student) => (student.number === again.number ? again : student));

  beforeAll(() => {
    write('courses/tiny-means/assignment.json', JSON.stringify(assignment));
    write('courses/tiny-means/checks.ts', checks(2));
    write('course.json', JSON.stringify(course));
    write('class.zip', moodleZip(students));
    write('people.csv', worksheet(students));
  });

  test('what Moodle exports is graded: late and in time, groups, typed texts', async () => {
    const { code, says } = await gradmark(...documentedAs('marking.md', 'grade'), ...own);
    expect([code, says]).toEqual([0, expect.stringContaining('on the roster: Zed Absent')]);
    expect((JSON.parse(read('out/results.json')) as Results).submissions).toHaveLength(students.length);
    expect(scores(students)).toEqual(expected(students, { mended: false, marked: false }));
  });

  test('the texts are marked by keys in a browser, and tables and pages hold the marks when the marker ends it', async () => {
    const run = execa(process.execPath, [program, ...documentedAs('marking.md', 'mark')], { cwd: folder });
    // Heard from the beginning on: the browser may start later than the pages are served.
    const served = new Promise<string>((heard) => run.stdout.once('data', (data) => heard(String(data))));
    const browser = await launchBrowser();
    try {
      const said = await served;
      const page = await browser.newPage();
      await page.goto(/http:\S+/.exec(said)![0]);
      await page.getByRole('link', { name: 'T2' }).first().click();
      await page.waitForSelector('form.mark');
      for (const _ of students) await markByKeys(page);
      expect(await page.locator('.progress').textContent()).toContain('12 of 12 answers marked');
    } finally {
      await browser.close();
      run.kill('SIGINT');
    }
    expect((await run).stdout).toContain('Written again');
    expect(students.map((student) => graded(student).manualMax)).toEqual(students.map(() => 0));
  });

  test('the marks of one task are set by hand', async () => {
    const { code } = await gradmark('adjust', 'out', graded(jo).id, 'T1', '1.5', '--why', 'The sheet had a slip.');
    expect(code).toBe(0);
    expect(scores(students)).toEqual(expected(students, { mended: false, marked: true }));
    expect(
      (await gradmark('adjust', 'out', graded(noor).id, 'T1', '2', '--why', 'For the idea.', '--as', 'kim')).code,
    ).toBe(0);
    expect(graded(noor).score).toBe(2 + secondTask.both);
  });

  test('a new attempt in a new export counts, and the others are not graded again', async () => {
    write('class-2.zip', moodleZip(second));
    write('people-2.csv', worksheet(second));
    const words = ['class-2.zip', '--roster', 'people-2.csv', '--out', 'out', '--json'];
    const { code, says } = await gradmark('grade', 'tiny-means', ...words, ...own);
    expect(code).toBe(0);
    expect(says.match(/\(graded before\)/g)).toHaveLength(students.length - 1);
    // What was set for the work before stays, and is told, until somebody drops it.
    const { id } = graded(noor);
    expect(says).toContain(`T1 of ${id} was set to 2 by kim for other work than what counts now.`);
    expect(graded(noor).score).toBe(2 + secondTask.both);
    expect((await gradmark('adjust', 'out', id, 'T1', 'none', '--why', 'It is right now.')).code).toBe(0);
    expect(graded(again)).toMatchObject({ attempts: 2, origin: { at: '2026-11-22T23:30:00' } });
    expect(scores(second)).toEqual(expected(second, { mended: false, marked: true }));
  });

  test('after the check was mended everybody’s change is shown, and counts once it is approved', async () => {
    write('courses/tiny-means/checks.ts', checks(1.5));
    // The gradebook has copies of all that was handed in.
    for (const gone of ['class.zip', 'class-2.zip']) rmSync(join(folder, gone));
    const shown = started(...documentedAs('marking.md', 'regrade'), '--json', ...own);
    expect([shown.code, shown.says]).toEqual([0, expect.anything()]);
    expect(scores(second)).toEqual(expected(second, { mended: false, marked: true }));
    const { students: changed } = JSON.parse(shown.out) as {
      students: { student: string; before: number; after: number }[];
    };
    const told = new Map(changed.map(({ student, before, after }) => [student, [before, after]]));
    for (const student of second.filter(({ program: runs }) => runs === 'right' || runs === 'rounds')) {
      const [before, after] = [false, true].map((mended) => worth(student, { mended, marked: true }));
      expect([student.name, told.get(graded(student).id)]).toEqual([student.name, [before, after]]);
    }
    expect((await gradmark(...documentedAs('marking.md', 'regrade', 'out', '--approve'))).code).toBe(0);
    expect(scores(second)).toEqual(expected(second, { mended: true, marked: true }));
  });

  test('what is published has a page for each, with their marks and nobody else’s', async () => {
    const { code, says } = await gradmark(...documented('marking.md').findLast(([name]) => name === 'publish')!);
    expect([code, says]).toEqual([0, '']);
    const table = parse(read('out/grades.csv'), { bom: true }) as string[][];
    expect(table).toHaveLength(students.length + 1);
    for (const student of second) {
      const { id } = graded(student);
      const page = read(`pages/${id}/report.html`);
      const [, total] = /class="score"><b>([^<]*)</.exec(page)!;
      expect([student.name, total]).toEqual([student.name, `${worth(student, { mended: true, marked: true })}`]);
      const others = second.filter((other) => other !== student && page.includes(graded(other).id));
      expect(others).toEqual([]);
    }
  });

  test('the teacher’s own worksheet gets every mark, and nothing else of it changes', async () => {
    const fill = documentedAs('export.md', 'export');
    write(fill[fill.indexOf('--into') + 1]!, worksheet(second));
    const { code, says } = await gradmark(...fill);
    expect([code, says]).toEqual([3, expect.stringContaining('Zed Absent: has a row and no grade.')]);
    const mark = (student: Student) => String(worth(student, { mended: true, marked: true }));
    expect(read('filled.csv')).toBe(worksheet(second, mark).replaceAll(/"(\d(?:\.\d+)?)"(?=,"7\.00")/g, '$1'));
    const pages = await gradmark(
      ...documented('export.md').find((words) => words.includes('moodle') && words.includes('--feedback'))!,
    );
    expect([pages.code, existsSync(join(folder, 'pages.zip'))]).toEqual([0, true]);
  });
});
