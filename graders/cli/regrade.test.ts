/** `gradmark regrade` as a teaching assistant runs it, over a check whose answer changes between two versions of it. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import { openGradebook } from '../gradebook/store.ts';
import { documented } from './documented.testing.ts';
import { tinyCourse } from './regrade.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-regrade-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { write, read, wants, gradmark } = tinyCourse(folder);
const own = ['--assignments', 'courses'];
const [look, approveAll] = documented('regrading.md').filter(([name]) => name === 'regrade');
const views = () => ['results.json', 'grades.csv', 'index.html'].map((file) => read(join('out', file)));
const scores = () =>
  (JSON.parse(read('out/results.json')) as Results).submissions.map(({ id, score }) => [id, score] as const);

beforeAll(() => {
  wants('red');
  for (const [who, word] of [
    ['ann', 'red'],
    ['ben', 'blue'],
    ['cem', 'red blue'],
  ]) {
    write(`class/${who}/words.ts`, `export const word = () => '${word}';\n`);
    write(`class/${who}/answers.md`, `# T2\n\nSo says ${who}.\n`);
  }
  const graded = gradmark('grade', 'tiny-words', 'class', '--out', 'out', ...own);
  expect(graded.code, graded.says).toBe(0);
  expect(scores()).toEqual([['ann', 4], ['ben', 1], ['cem', 4]]); // prettier-ignore
  const book = openGradebook(join(folder, 'out'));
  const given = { items: ['why'], beside: 0, points: 2 };
  book.append([{ kind: 'marked', who: 'kim', at: '2026-11-02T10:00:00Z', student: 'ben', task: 'T2', ...given }]);
  book.close();
  expect(gradmark('report', 'out').code).toBe(0);
});

describe('a changed check', () => {
  test('where nothing changed nothing is proposed, and the copies in the gradebook are enough', () => {
    renameSync(join(folder, 'class'), join(folder, 'moved'));
    const { out, says } = gradmark('regrade', 'out', ...own);
    expect(says.match(/\[\d+\/\d+\]/g)).toEqual(['[1/3]', '[2/3]', '[3/3]']);
    expect(out).toContain('0 grades of 3 would change');
    expect(out).not.toContain('–');
  });

  test('shows old against new with the reason and who crosses a boundary, and changes no view by a byte', () => {
    const before = views();
    wants('blue');
    const { code, out, says } = gradmark(...look!, '--json', ...own);
    expect(code, says).toBe(0);
    const { students, totals } = JSON.parse(out) as Record<'students' | 'totals', unknown>;
    const why = ['grader'];
    expect(students).toMatchObject([
      { student: 'ann', before: 4, after: 1, max: 6, crosses: [50, 60], checks: [{ check: 't1.word', why }] },
      {
        student: 'ben',
        before: 3,
        after: 6,
        crosses: [60],
        checks: [{ check: 't1.word', before: { points: 0 }, why }],
      },
    ]);
    expect(totals).toMatchObject({ students: 3, changed: 2, up: 1, down: 1, crossing: 2 });
    expect(views()).toEqual(before);
    expect(gradmark('report', 'out').code).toBe(0);
    expect(views()).toEqual(before);
  });

  test('is told in a table, and proposed once however often it is looked at and wherever the work lies', () => {
    renameSync(join(folder, 'moved'), join(folder, 'class'));
    const { out } = gradmark('regrade', 'out', '--boundaries', '60', ...own);
    expect(out).toContain('ann         4 → 1 / 6  −3  falls below 60 %');
    expect(out).toContain('t1.word: fail 0 / 3 → pass 3 / 3 (the check, or what it judges with, was changed)');
    expect(out).toContain('was: The word red is not there.');
    expect(out).not.toContain('t1.file');
    gradmark('regrade', 'out', 'class', ...own);
    expect(proposed()).toEqual(['ann t1.word,t2.words', 'ben t1.word,t2.words']);
  });

  test('counts for those who are approved, keeps what people gave, and names who is not there', () => {
    const wrong = gradmark('regrade', 'out', '--approve', 'ben,zoe');
    expect([wrong.code, wrong.says]).toEqual([2, expect.stringContaining('Nothing was approved: zoe has no proposal')]);
    expect(gradmark('regrade', 'out', 'class', '--approve', 'all', ...own).code).toBe(2);
    const approved = gradmark('regrade', 'out', '--approve', 'ben', '--as', 'kim');
    expect([approved.code, approved.out]).toEqual([0, '1 approved: ben.\n']);
    expect(scores()).toEqual([['ann', 4], ['ben', 6], ['cem', 4]]); // prettier-ignore
    // The class page says who moved since, and lets them through alone.
    const page = read('out/index.html');
    expect(page).toContain('Since the results before');
    expect(page).toMatch(/<div class="change fixed"><h3>Fixed<\/h3><details class="who"><summary><b>1<\/b>/);
    expect(page).toContain('<input type="radio" name="show" id="show-x" value="x"> Fixed <span class="quiet">1</span>');
    expect(gradmark('report', 'out').code).toBe(0);
    expect(read('out/index.html')).toBe(page);
  });

  test('a proposal that is older than a newer verdict is told and not approved', () => {
    expect(gradmark('grade', 'tiny-words', 'class/ann', '--out', 'out', ...own).code).toBe(0);
    const named = gradmark('regrade', 'out', '--approve', 'ann');
    expect([named.code, named.says]).toEqual([2, expect.stringContaining('ann has a newer verdict')]);
    const all = gradmark(...approveAll!);
    expect([all.code, all.says]).toEqual([2, expect.stringContaining('Not approved: ann has a newer verdict')]);
  });

  test('what was overtaken is withdrawn, waits no longer, and changes no view; who has no proposal is told', () => {
    const before = views();
    const nobody = gradmark('regrade', 'out', '--withdraw', 'zoe');
    expect([nobody.code, nobody.says]).toEqual([2, expect.stringContaining('zoe has no proposal')]);
    const { code, out } = gradmark('regrade', 'out', '--withdraw', 'overtaken', '--as', 'kim');
    expect([code, out]).toEqual([0, '1 proposal withdrawn: ann. No grade has changed.\n']);
    expect(proposed()).toEqual(['ann t1.word,t2.words', 'ben t1.word,t2.words']);
    expect(gradmark('regrade', 'out', '--approve', 'all').says).toContain('Nothing in out waits');
    expect(views()).toEqual(before);
  });

  test('a check that breaks is told, and nothing is proposed; nor is it for work that was not graded', () => {
    const before = proposed();
    write('courses/tiny-words/file.ts', read('courses/tiny-words/file.ts').replace('pass()', 'nothing()'));
    write('class/cem/words.ts', 'other');
    const { code, out } = gradmark('regrade', 'out', 'class', ...own);
    expect(code).toBe(3);
    expect(out).toContain('– ben: t1.file broke (ReferenceError: nothing is not defined): nothing is proposed.');
    expect(out).toContain('– cem: is other work than what was graded');
    expect(proposed()).toEqual(before);
  });
});

function proposed(): string[] {
  const book = openGradebook(join(folder, 'out'));
  const events = book.events({ kind: 'judged' });
  book.close();
  // Several are judged at a time, and the book has them in the order in which they end.
  const all = events.flatMap((event) =>
    event.kind === 'judged' && event.proposed === true
      ? [`${event.student} ${event.verdicts.map(({ id }) => id).join()}`]
      : [],
  );
  return all.sort();
}
