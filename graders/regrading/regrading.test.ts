import { beforeEach, expect, test } from 'vitest';
import type { Event, Judged } from '../gradebook/event.ts';
import { resultsOf } from '../gradebook/class-results.ts';
import { stateOf } from '../gradebook/fold.ts';
import type { Gradebook } from '../gradebook/store.ts';
import { openGradebook } from '../gradebook/store.ts';
import { assignment, gradeClass } from '../marking/class.testing.ts';
import type { Verdict } from '../model/verdict.ts';
import { compare } from './compare.ts';
import { differencesOf } from './difference.ts';
import { approving, proposalsIn, withdrawing } from './proposals.ts';

const signed = { who: 'gradmark', at: '2026-11-03T09:00:00.000Z' };
let book: Gradebook;
beforeEach(() => {
  book = openGradebook();
  gradeClass(book, ['ann', 'ben']);
  return () => book.close();
});

/** What was found of ann's gradient, found once more with this in its place. */
function again(verdict: Partial<Verdict>, more: Partial<Judged> = {}): Event {
  const first = book.events({ kind: 'judged' })[0] as Event & Judged;
  const verdicts = [{ ...first.verdicts[0]!, ...verdict }];
  const { covers, sha256, under } = first;
  const found = { kind: 'judged', student: 'ann', sha256, under, covers, notes: [], verdicts, ...more } as const;
  return { ...signed, ...found };
}
const propose = (verdict: Partial<Verdict>, more: Partial<Judged> = {}) =>
  book.append([again(verdict, { ...more, proposed: true })]);
const wrong = { outcome: 'fail', points: 0 } as const;
const compared = (boundaries: number[] = []) => compare(book.events(), proposalsIn(book.events()), boundaries);
const reasons = () => compared().students.flatMap(({ checks }) => checks.map(({ why }) => why));
const approve = () => {
  const events = book.events();
  book.append(approving(events, proposalsIn(events), ['ann']).map((said) => ({ ...signed, ...said })));
  return resultsOf(stateOf(book.events()));
};

test('the reason is the round where other probes were drawn, and the grader where the check has another key', () => {
  const { under } = book.events({ kind: 'judged' })[0] as Event & Judged;
  const judged = again({}, { keys: { 'q1.gradient': 'a' } });
  book.append([judged]);
  const round = { name: '2', fingerprint: 'ffff-0000' };
  propose(wrong, { keys: { 'q1.gradient': 'a' }, under: { ...under, round } });
  expect(reasons()).toEqual([['round']]);
  propose(wrong, { keys: { 'q1.gradient': 'b' }, under: { ...under, backend: 'wasm' } });
  expect(reasons()).toEqual([['grader', 'backend']]);
  propose(wrong, { keys: { 'q1.gradient': 'a' } });
  expect(reasons()).toEqual([['repeated']]);
});

test('the reason is the rubric where the task was changed, and approving it makes the coursework of now hold', () => {
  const [first, ...rest] = assignment.tasks;
  const changed = { ...assignment, tasks: [{ ...first!, marks: 10 }, ...rest] };
  propose({ points: 5, max: 5 }, { assignment: changed });
  expect(reasons()).toEqual([['rubric']]);
  expect(resultsOf(stateOf(book.events())).submissions[0]).toMatchObject({ score: 3, max: 11 });
  expect(approve().submissions).toMatchObject([{ id: 'ann', score: 5, max: 13 }, {}]);
});

test('a boundary is crossed by who reaches it exactly, and by nobody whose marks stay on one side', () => {
  propose({ points: 5.5 });
  const { students } = compared([20, 50, 60]);
  expect(students).toMatchObject([{ student: 'ann', before: 3, after: 5.5, max: 11, crosses: [50] }]);
});

test('what people gave stays, and counts beside what is approved', () => {
  const mark = { kind: 'marked', student: 'ann', task: 'Q2', items: ['zero'], beside: 0, points: 3 } as const;
  book.append([{ ...signed, ...mark, who: 'kim' }]);
  propose(wrong);
  expect(approve().submissions[0]).toMatchObject({
    score: 3,
    tasks: [{ score: 0 }, { score: 3, marked: { by: 'kim' } }],
  });
  expect(proposalsIn(book.events()).open.size).toBe(0);
});

test('newer work and newer verdicts overtake a proposal; a newer proposal takes their place', () => {
  propose(wrong);
  expect([...proposalsIn(book.events()).open.keys()]).toEqual(['ann']);
  book.append([{ ...signed, kind: 'handed-in', student: 'ann', sha256: 'newer', files: {} }]);
  expect(proposalsIn(book.events())).toEqual({
    open: new Map(),
    overtaken: new Map([['ann', 'has handed in something else since']]),
  });
  book.append([again({})]);
  expect(compared()).toMatchObject({ students: [], overtaken: [{ student: 'ann', why: 'has a newer verdict' }] });
  propose(wrong);
  expect(compared()).toMatchObject({ students: [{ student: 'ann' }], overtaken: [] });
});

test('what is withdrawn waits no longer and changes no grade: what was overtaken alone, or what somebody is named for', () => {
  const [old] = propose(wrong);
  book.append([again({})]);
  const [now] = propose({ points: 1 });
  const before = resultsOf(stateOf(book.events())).submissions;
  const withdraw = (who: readonly string[] | 'overtaken') => {
    const { said, ...rest } = withdrawing(book.events(), proposalsIn(book.events()), who);
    book.append([{ ...signed, ...said }]);
    return { ...rest, events: said.events };
  };
  expect(withdraw('overtaken')).toEqual({ events: [old!.seq], students: ['ann'], unknown: [] });
  expect([...proposalsIn(book.events()).open.keys()]).toEqual(['ann']);
  expect(withdraw(['ann', 'ben'])).toEqual({ events: [now!.seq], students: ['ann'], unknown: ['ben'] });
  expect(proposalsIn(book.events())).toEqual({ open: new Map(), overtaken: new Map() });
  expect(resultsOf(stateOf(book.events())).submissions).toEqual(before);
});

test('by how much a check passed is no change of a grade, but a repeated one has it to the digit', () => {
  propose({ margin: 2 });
  expect(compared().students).toEqual([]);
  const { verdicts } = book.events({ kind: 'judged' })[0] as Event & Judged;
  const moved = [{ ...verdicts[0]!, margin: 2, ms: 99 }, ...verdicts.slice(1)];
  expect(differencesOf(verdicts, moved)).toEqual([]);
  expect(differencesOf(verdicts, moved, true)).toMatchObject([{ check: 'q1.gradient' }]);
});
