import { cpuMsOf } from '../graders/cpu-time.testing.ts';
import { expect, test } from 'vitest';
import { viewClass } from './class-view.ts';
import { grade, results, task, verdict } from './sample-results.testing.ts';
import { classOf, refusedGrade } from './sample-class.testing.ts';
import { summarise } from './statistics.ts';

/** A student with one task of one check, worth ten. */
const scored = (id: string, points: number, more = {}) =>
  grade(
    id,
    [task('a', 'A', [verdict('a.1', 'it works', 10, { outcome: points === 10 ? 'pass' : 'fail', points })])],
    more,
  );

test('the numbers are those of the submissions that were graded; held and refused ones are named', () => {
  const view = viewClass(
    results([
      scored('x', 2),
      scored('y', 4),
      scored('z', 9),
      scored('h', 0, { held: true }),
      scored('r', 0, { refused: 'Empty.' }),
    ]),
  );
  expect(view.numbers.map(({ value }) => value)).toEqual(['4', '5', '3 – 6.5', '0']);
  expect(view.leftOut).toBe('2 submissions on hold or refused are left out of these numbers.');
  expect(view.histogram!.rows.map((row) => row.students).join('')).toBe('0010100001');
});

test('quartiles interpolate between neighbours', () => {
  expect(summarise([4, 1, 3, 2])).toEqual({
    n: 4,
    mean: 2.5,
    median: 2.5,
    lowerQuartile: 1.75,
    upperQuartile: 3.25,
    lowest: 1,
    highest: 4,
  });
  expect(summarise([])).toBeUndefined();
});

test('an empty batch has a page without numbers', () => {
  const view = viewClass(results([]));
  expect([view.numbers, view.tasks, view.students, view.histogram]).toEqual([[], [], [], undefined]);
});

test('students are in the order of their ids as people count', () => {
  const view = viewClass(results(['s10', 's2', 'S1'].map((id) => scored(id, 5))));
  expect(view.students.map((student) => student.id)).toEqual(['S1', 's2', 's10']);
});

test('equal totals share a place', () => {
  const view = viewClass(results([scored('a', 5), scored('b', 9), scored('c', 5), scored('d', 1)]));
  expect(view.byScore.map(({ place, id }) => `${place} ${id}`)).toEqual(['1 b', '2 a', '2 c', '4 d']);
});

test('a refused submission has no marks, counts in no check and in no cluster: nothing is not zero', () => {
  const refused = ['r1', 'r2'].map((id) => refusedGrade(id, scored('x', 10).tasks));
  const view = viewClass(results([...refused, scored('a', 10)]));
  expect(view.students.at(-1)).toMatchObject({ score: '–', max: '', cells: [{ score: '–' }] });
  expect(view.tasks[0]!.checks[0]!.passed).toBe('1 of 1 student passed');
  expect(view.clusters).toEqual([]);
});

test('a person’s work is listed, most urgent first', () => {
  const manual = grade('m', [task('e', 'E', [verdict('e.1', 'essay', 5, { outcome: 'manual' })])]);
  const view = viewClass(results([manual, scored('l', 5, { late: 'One hour.' }), scored('h', 5, { held: true })]));
  expect(view.todo.map(({ label, students }) => [label.word, students.map((s) => s.id)])).toEqual([
    ['On hold', ['h']],
    ['Late', ['l']],
    ['To be marked', ['m']],
  ]);
});

const wrong = (id: string, mistakes: string[], says = 'wrong', outcome: 'fail' | 'crash' = 'fail') =>
  grade(id, [
    task('a', 'A', [
      verdict('a.1', 'one', 5, {
        outcome,
        finding: { says },
        diagnosis: { mistakes, certainty: mistakes.length > 0 ? 'certain' : 'unknown', says: 'Because.', evidence: [] },
      }),
      verdict('a.2', 'two', 5, {
        outcome,
        finding: { says },
        diagnosis: { mistakes, certainty: mistakes.length > 0 ? 'certain' : 'unknown', says: 'Because.', evidence: [] },
      }),
    ]),
  ]);

test('students with the same diagnosis in one task are one cluster, once each, over all its checks', () => {
  const view = viewClass(results([wrong('x', ['m']), wrong('y', ['m']), wrong('z', ['other'])]));
  expect(view.clusters).toHaveLength(1);
  expect(view.clusters[0]).toMatchObject({
    says: 'Because.',
    diagnosed: true,
    checks: ['one', 'two'],
    count: '2 students',
    share: '67% of the class',
  });
  expect(view.clusters[0]!.students.map((student) => student.id)).toEqual(['x', 'y']);
  expect(view.rareClusters.map((cluster) => cluster.students.length)).toEqual([1]);
});

test('one diagnosis in different words is not one mistake: what is said of a cluster holds for all of it', () => {
  const says = (id: string, words: string) => {
    const one = wrong(id, ['factor']);
    for (const { diagnosis } of one.tasks[0]!.checks) diagnosis!.says = words;
    return one;
  };
  const view = viewClass(results([says('x', 'W is 0.1 times too large.'), says('y', 'W has the opposite sign.')]));
  expect(view.clusters).toEqual([]);
  const alike = viewClass(results([says('x', 'W is 0.1 times too large.'), says('y', 'W is 2 times too large.')]));
  expect(alike.clusters.map((cluster) => cluster.says)).toEqual(['W is … times too large.']);
});

test('what the same students did not hand in is one cluster, behind the mistakes', () => {
  const missing = (id: string) =>
    grade(
      id,
      ['a', 'b'].map((name) =>
        task(name, name.toUpperCase(), [
          verdict(`${name}.1`, 'there', 5, { outcome: 'missing', finding: { says: `${name}.ts was not handed in.` } }),
        ]),
      ),
    );
  const view = viewClass(results([missing('x'), missing('y'), wrong('v', ['m']), wrong('w', ['m'])]));
  expect(view.clusters.map(({ says, task }) => [says, task])).toEqual([
    ['Because.', 'a A'],
    ['Not handed in: a.ts, b.ts.', 'a, b'],
  ]);
});

test('without a diagnosis the same sentence makes a cluster, whatever its numbers', () => {
  const view = viewClass(results([wrong('x', [], 'off by 2.5e-3 at [1]'), wrong('y', [], 'off by 17 at [3]')]));
  expect(view.clusters.map((cluster) => cluster.says)).toEqual(['off by … at […]', 'off by … at […]']);
});

test('an unknown diagnosis does not join students whose findings differ', () => {
  expect(viewClass(results([wrong('x', [], 'too short'), wrong('y', [], 'too long')])).clusters).toEqual([]);
});

test('each check says how many passed it, and manual ones do not count as failed', () => {
  const mixed = (id: string, outcome: 'pass' | 'fail') =>
    grade(id, [
      task('a', 'A', [verdict('a.1', 'one', 5, { outcome }), verdict('a.2', 'essay', 5, { outcome: 'manual' })]),
    ]);
  const [only] = viewClass(results([mixed('x', 'pass'), mixed('y', 'fail'), mixed('z', 'pass')])).tasks;
  expect(only).toMatchObject({ mean: '3.3', max: '5', share: '67%' });
  expect(only!.checks.map((check) => check.passed)).toEqual(['2 of 3 students passed', 'marked by a person']);
});

test('links lead to the folders that are written', () => {
  const view = viewClass(results([scored('../../etc', 5), scored('fine', 5)]));
  expect(view.students.map((student) => student.href)).toEqual([
    expect.stringMatching(/^etc-[0-9a-f]{12}\/report\.html$/),
    'fine/report.html',
  ]);
});

test('a class of 300 is summed up in under a second of work', async () => {
  const many = results(classOf(300));
  expect(await cpuMsOf(() => expect(viewClass(many).students).toHaveLength(300))).toBeLessThan(1000);
});
