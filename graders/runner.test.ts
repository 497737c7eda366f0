import { expect, test } from 'vitest';
import type { Check, CheckContext, Judgement } from './check.ts';
import { fail, pass } from './check.ts';
import type { StopKind } from './model/guest.ts';
import type { Workplace } from './runner.ts';
import { runChecks } from './runner.ts';
import { ProgramStopped } from './stopped.ts';

/** No check here asks anything of the check context. */
const context = {} as CheckContext;
const place: Workplace = { during: (_, work) => work(context) };
const stands = () => 0;

const check = (id: string, run: Check['run'], more: Partial<Check> = {}): Check => ({
  id,
  task: 'T1',
  title: `the title of ${id}`,
  points: 2,
  asks: `what ${id} asks`,
  run,
  ...more,
});
const judging = (judgement: Judgement) => check('t1.a', () => Promise.resolve(judgement));
const throwing = (error: unknown) => check('t1.a', () => Promise.reject(error as Error));
const verdictOf = async (one: Check) => (await runChecks([one], place, stands))[0]!;

const finding = { says: 'It is wrong.' };
const blank = { id: 't1.a', title: 'the title of t1.a', task: 'T1', points: 0, max: 2, ms: 0 };
const ours = 'The grader itself failed here. No marks are lost; staff will look at it.';

test('a right answer earns all points, and what the check says besides is kept', async () => {
  const extra = { margin: 1, notes: ['a convention'], followThrough: 'on your own earlier part' };
  expect(await verdictOf(judging(pass(extra)))).toEqual({ ...blank, outcome: 'pass', points: 2, ...extra });
});

test('a wrong answer earns nothing and keeps its finding', async () => {
  expect(await verdictOf(judging(fail(finding)))).toEqual({ ...blank, outcome: 'fail', finding });
});

test('a share of the points is kept to 1/1000, and is no pass', async () => {
  const third = await verdictOf(judging(fail(finding, { earned: 1 / 3 })));
  expect([third.outcome, third.points]).toEqual(['fail', 0.667]);
  expect((await verdictOf(judging(fail(finding, { earned: 0.3332 })))).points).toBe(0.666);
});

test.each([-0.001, 1.001, NaN, Infinity])('a share of %s is our own mistake', async (earned) => {
  const verdict = await verdictOf(judging({ earned, finding }));
  expect(verdict).toMatchObject({ ...blank, outcome: 'broken', because: ours });
  expect(verdict.staff).toContain(`The check earned ${earned}, which is not a share between 0 and 1.`);
  expect(verdict.finding).toBeUndefined();
});

test.each([0, 0.999])('points that are taken without a finding (%s of 1) are our own mistake', async (earned) => {
  const verdict = await verdictOf(judging({ earned }));
  expect(verdict).toMatchObject({ ...blank, outcome: 'broken', because: ours });
  expect(verdict.staff).toContain('The check took points without saying why.');
});

test.each<StopKind | 'missing'>(['crash', 'timeout', 'memory', 'refused', 'missing'])(
  'a stopped program (%s) is charged to the student, in the words of the stop',
  async (kind) => {
    expect(await verdictOf(throwing(new ProgramStopped(kind, 'It stopped.')))).toEqual({
      ...blank,
      outcome: kind,
      because: 'It stopped.',
      finding: { says: 'It stopped.', asked: 'what t1.a asks' },
    });
  },
);

test('the place where a program stopped is in the finding', async () => {
  const place = { path: 'q1.ts', line: 3, column: 5 };
  const verdict = await verdictOf(throwing(new ProgramStopped('crash', 'It threw.', place)));
  expect(verdict.finding!.places).toEqual([place]);
});

test('every other exception is ours: broken, with the stack for staff and no word of it for the student', async () => {
  const error = new TypeError('x is undefined');
  expect(await verdictOf(throwing(error))).toEqual({ ...blank, outcome: 'broken', because: ours, staff: error.stack });
  const bare = Object.assign(new Error('no stack'), { stack: undefined });
  expect((await verdictOf(throwing(bare))).staff).toBe('no stack');
  expect((await verdictOf(throwing('a string'))).staff).toBe('a string');
});

test('an exception before the first await is ours as well', async () => {
  const eager = check('t1.a', () => {
    throw new Error('at once');
  });
  expect((await verdictOf(eager)).outcome).toBe('broken');
});

test('an error that only looks like a stop is ours', async () => {
  const lookalike = Object.assign(new Error('made up'), { name: 'ProgramStopped', kind: 'crash' });
  expect((await verdictOf(throwing(lookalike))).outcome).toBe('broken');
});

test('a check that cannot run says why, and one for a person keeps what they need; neither has a finding', async () => {
  const skipped = judging({ earned: 0, skipped: 'The data set is absent.' });
  expect(await verdictOf(skipped)).toEqual({ ...blank, outcome: 'skipped', because: 'The data set is absent.' });
  const manual = { text: 'words', rubric: [], hits: [] };
  const read = judging({ earned: 0, manual, notes: ['a note'] });
  expect(await verdictOf(read)).toEqual({ ...blank, outcome: 'manual', manual, notes: ['a note'] });
});

test('a check is skipped unless all that it needs passed, and names the first that did not', async () => {
  const ran: string[] = [];
  const record = (id: string, judgement: Judgement, needs?: string[]) =>
    check(id, () => (ran.push(id), Promise.resolve(judgement)), needs === undefined ? {} : { needs });
  const verdicts = await runChecks(
    [
      record('good', pass()),
      record('bad', fail(finding)),
      record('on good', pass(), ['good']),
      record('on both', pass(), ['good', 'bad']),
      record('on skipped', pass(), ['on both']),
      record('on nothing known', pass(), ['absent']),
    ],
    place,
    stands,
  );
  expect(ran).toEqual(['good', 'bad', 'on good']);
  expect(verdicts.map(({ outcome, because }) => [outcome, because])).toEqual([
    ['pass', undefined],
    ['fail', undefined],
    ['pass', undefined],
    ['skipped', 'Not run: it builds on "the title of bad", which did not pass.'],
    ['skipped', 'Not run: it builds on "the title of on both", which did not pass.'],
    ['skipped', 'Not run: it builds on "absent", which did not pass.'],
  ]);
});

test('each check is run once, in order, on the context that is given, and one that breaks does not stop the others', async () => {
  const ran: [string, CheckContext][] = [];
  const recorded = (id: string, run: Check['run']) => check(id, (at) => (ran.push([id, at]), run(at)));
  const checks = [
    recorded('a', () => Promise.reject(new Error('ours'))),
    recorded('b', () => Promise.reject(new ProgramStopped('crash', 'theirs'))),
    recorded('c', () => Promise.resolve(pass())),
  ];
  const verdicts = await runChecks(checks, place, stands);
  expect(ran).toEqual([['a', context], ['b', context], ['c', context]]); // prettier-ignore
  expect(verdicts.map(({ id, outcome }) => [id, outcome])).toEqual([['a', 'broken'], ['b', 'crash'], ['c', 'pass']]); // prettier-ignore
});

test('each check is run at its own task, and gets what is there', async () => {
  const contexts = new Map(['T1', 'T2'].map((task) => [task, {} as CheckContext]));
  const ran: unknown[] = [];
  const recorded = (id: string, task: string) =>
    check(id, (at) => (ran.push([id, at]), Promise.resolve(pass())), { task });
  const byTask: Workplace = { during: (task, work) => work(contexts.get(task)!) };
  await runChecks([recorded('a', 'T2'), recorded('b', 'T1')], byTask, stands);
  expect(ran[0]).toEqual(['a', expect.toSatisfy((at) => at === contexts.get('T2'))]);
  expect(ran[1]).toEqual(['b', expect.toSatisfy((at) => at === contexts.get('T1'))]);
});

test('nothing more is run once it is enough, and the last verdict is kept', async () => {
  const checks = ['a', 'b', 'c'].map((id) => check(id, () => Promise.resolve(id === 'b' ? fail(finding) : pass())));
  const verdicts = await runChecks(checks, place, stands, (verdict) => verdict.outcome === 'fail');
  expect(verdicts.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('each verdict tells its own time in whole milliseconds', async () => {
  let now = 1000;
  const checks = [10.4, 20.6].map((ms, i) => check(`c${i}`, () => ((now += ms), Promise.resolve(pass()))));
  expect((await runChecks(checks, place, () => now)).map(({ ms }) => ms)).toEqual([10, 21]);
});
