import { cpuMsOf } from '../graders/cpu-time.testing.ts';
import { expect, test } from 'vitest';
import type { Verdict } from '../graders/model/verdict.ts';
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

test('sorted by total the best comes first, and who was refused last', () => {
  const view = viewClass(
    results([scored('a', 5), scored('b', 9), scored('c', 5), scored('d', 0), scored('r', 0, { refused: 'Empty.' })]),
  );
  expect(view.students.map(({ places }) => places.total)).toEqual([1, 0, 2, 3, 4]);
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

test('what the same students did not begin is one cluster, behind the mistakes, and what waits for it is none', () => {
  const stub = (name: string) => ({ outcome: 'crash', because: `f threw Error: ${name} is not implemented yet: f(3)` });
  const begun = (id: string) =>
    grade(
      id,
      ['a', 'b'].map((name) =>
        task(name, name.toUpperCase(), [
          verdict(`${name}.1`, 'one', 5, stub(name) as Partial<Verdict>),
          verdict(`${name}.2`, 'two', 5, stub(`${name}, again,`) as Partial<Verdict>),
          verdict(`${name}.3`, 'three', 5, { outcome: 'fail', finding: { says: 'Counts once f computes something.' } }),
        ]),
      ),
    );
  const view = viewClass(results([begun('x'), begun('y'), wrong('v', ['m']), wrong('w', ['m'])]));
  expect(view.clusters.map(({ says, task, label }) => [says, task, label.word])).toEqual([
    ['Because.', 'a A', 'Wrong answer'],
    ['Not started yet: a, b.', 'a, b', 'Not started yet'],
  ]);
  expect(view.rareClusters).toEqual([]);
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

test('what blocks the release is said in figures, and nothing is said to block it once all is done', () => {
  const manual = grade('m', [task('e', 'E', [verdict('e.1', 'essay', 5, { outcome: 'manual' })])]);
  const partsOf = (...args: Parameters<typeof viewClass>) => viewClass(...args).release.parts.map(({ says }) => says);
  const open = { ...results([manual, scored('h', 5, { held: true }), scored('r', 0, { refused: 'Empty.' })]), of: 12 };
  expect(partsOf(open)).toEqual(['3 of 12 graded', '1 held', '1 refused', '1 unmarked']);
  expect(viewClass(open).release.ready).toBe(false);
  expect(viewClass(results([scored('a', 5)])).release).toMatchObject({
    ready: true,
    parts: [{ says: 'every grade is complete' }],
  });
});

const one = (id: string, outcomes: Record<string, Verdict['outcome']>, score = 0) =>
  grade(
    id,
    [
      task(
        'a',
        'A',
        Object.entries(outcomes).map(([check, outcome]) => verdict(check, check, 2, { outcome })),
      ),
    ],
    { score },
  );

test('changes are told by check and student: regressed, fixed, held, and what was not there before', () => {
  const before = results([
    one('x', { 'a.1': 'pass', 'a.2': 'fail', 'a.3': 'pass', 'a.5': 'fail' }, 4),
    one('y', { 'a.1': 'pass' }, 2),
  ]);
  const now = results([
    one('x', { 'a.1': 'fail', 'a.2': 'pass', 'a.3': 'broken', 'a.4': 'fail', 'a.5': 'crash' }, 2),
    one('y', { 'a.1': 'pass' }, 2),
    one('z', { 'a.1': 'fail' }),
  ]);
  const view = viewClass(now, before);
  const told = view.changes!.map(({ kind, checks }) => [
    kind,
    checks.map(({ says, students }) => `${says} ${students.map(({ id }) => id).join()}`),
  ]);
  expect(told).toEqual([
    ['held', ['a a.3 x']],
    ['regressed', ['a a.1 x']],
    ['fixed', ['a a.2 x']],
    ['new', ['a a.4 x']],
  ]);
  expect(
    view.students.map(({ id, change, marks }) => [id, change, marks.filter((mark) => 'nxgk'.includes(mark))]),
  ).toEqual([
    ['x', '−2', ['n', 'x', 'g', 'k']],
    ['y', '', []],
    ['z', '', ['n']],
  ]);
  expect(viewClass(now).changes).toBeUndefined();
  expect(viewClass(now, now)).toMatchObject({ changes: [], changesSay: 'No check ended otherwise than before.' });
});

test('identical submissions, reasons for refusals, empty hands and the slowest are named', () => {
  const same = 'ab'.repeat(32);
  const bytes = (id: string, sha256: string, ms: number) =>
    grade(id, [task('a', 'A', [verdict('a.1', 'a `fact`', 2, { ms })])], { sha256 });
  const view = viewClass(
    results([
      bytes('x', same, 1500),
      bytes('y', same, 20),
      bytes('z', 'cd'.repeat(32), 60),
      scored('r', 0, { refused: 'Empty.', sha256: '' }),
      scored('s', 0, { refused: 'A link.', sha256: '' }),
      one('e', { 'a.1': 'missing', 'a.2': 'skipped' }),
    ]),
  );
  const ids = (who: { students: { id: string }[] }[]) => who.map(({ students }) => students.map(({ id }) => id));
  expect(ids(view.duplicates)).toEqual([['x', 'y']]);
  expect(view.reasons.map(({ says }) => says)).toEqual(['Empty.', 'A link.']);
  expect(ids(view.emptyHanded)).toEqual([['e']]);
  expect(view.slowest[0]).toMatchObject({ id: 'x', time: '1.5 s', most: 'a: a "fact", 1.5 s' });
});

test('beside an id stands the name, and what the platform called the submission', () => {
  const origin = { platform: 'moodle', name: '李小明', handedInAs: '李小明_1203_file' } as const;
  expect(viewClass(results([scored('li', 5, { origin })])).students[0]!.also).toBe('李小明 · 李小明_1203_file');
});

test('a count of failures opens to the students behind it', () => {
  const [check] = viewClass(results([scored('x', 3), scored('y', 10), scored('z', 4)])).tasks[0]!.checks;
  expect(check!.others.map(({ count, students }) => [count, students.map(({ id }) => id)])).toEqual([
    ['2', ['x', 'z']],
  ]);
});
