import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Gradebook } from '../gradebook/store.ts';
import { Conflict, openGradebook } from '../gradebook/store.ts';
import { gradeClass, handInAnew } from './class.testing.ts';
import type { Desk } from './desk.ts';
import { openDesk } from './desk.ts';

let book: Gradebook;
let desk: Desk;
beforeEach(() => {
  book = openGradebook();
  gradeClass(book, ['ann', 'ben', 'cem', 'dan', 'eve']);
  desk = openDesk(book, () => new Date('2026-11-03T10:00:00Z'));
});
afterEach(() => book.close());

const given = { items: ['rule', 'shape'], beside: 0, comment: 'Clear.', note: '' };
const seen = (student: string) => ({ student, task: 'Q1', version: desk.version(student, 'Q1') });
const taskOf = (student: string, id = 'Q1') =>
  desk
    .look()
    .results.submissions.find((grade) => grade.id === student)!
    .tasks.find((task) => task.id === id)!;

test('an answer waits for its marks, gets them by the items that apply, and counts them in the task', () => {
  expect(taskOf('ann')).toMatchObject({ score: 3, manualMax: 5 });
  desk.mark('kim', 'Q1', ['ann'], given, [seen('ann')]);
  expect(taskOf('ann')).toMatchObject({ score: 6, manualMax: 0, marked: { points: 3, by: 'kim', comment: 'Clear.' } });
  expect(taskOf('ben')).toMatchObject({ score: 3, manualMax: 5 });
});

test('points stay between what the rubric has at the least and at the most', () => {
  desk.mark('kim', 'Q1', ['ann'], { ...given, beside: 40 }, [seen('ann')]);
  desk.mark('kim', 'Q1', ['ben'], { ...given, beside: -40 }, [seen('ben')]);
  expect(taskOf('ann').marked?.points).toBe(5);
  expect(taskOf('ben').marked?.points).toBe(0);
});

test('the second of two markers on one answer is told, and of several answers none is marked then', () => {
  const stale = seen('ann');
  desk.mark('kim', 'Q1', ['ann'], given, [stale]);
  expect(() => desk.mark('lee', 'Q1', ['ben', 'ann'], given, [seen('ben'), stale])).toThrow(Conflict);
  expect(taskOf('ben').marked).toBeUndefined();
});

test('what is taken back stands as it was before, and nothing that was said is lost', () => {
  const [first] = desk.mark('kim', 'Q1', ['ann'], { ...given, items: ['rule'] }, [seen('ann')]);
  const second = desk.mark('kim', 'Q1', ['ann', 'ben'], given, [seen('ann'), seen('ben')]);
  desk.undo(
    'kim',
    second.map(({ seq }) => seq),
  );
  expect(taskOf('ann').marked).toMatchObject({ items: ['rule'], points: 2 });
  expect(taskOf('ben').marked).toBeUndefined();
  expect(desk.trail('ann', 'Q1').map((event) => event.kind === 'marked' && event.points)).toEqual([2, 3, 2]);
  // Somebody has marked since: that is not theirs to take back.
  expect(() => desk.undo('kim', [first!.seq])).toThrow(Conflict);
});

test('a changed rubric counts for everybody who has the item', () => {
  desk.mark('kim', 'Q1', ['ann'], given, [seen('ann')]);
  const items = [
    { id: 'rule', title: 'Applies the chain rule', marks: 1 },
    { id: 'shape', title: 'Says which shape', marks: 1 },
  ];
  desk.changeRubric('kim', 'Q1', { items, from: 0, floor: 0, cap: 5 }, 'too generous');
  expect(taskOf('ann')).toMatchObject({ score: 5, marked: { points: 2 } });
});

test('an adjustment sets the whole task with its reason, and is taken back by nothing', () => {
  desk.adjust('kim', seen('ann'), 7, 'the sheet was unclear');
  expect(taskOf('ann')).toMatchObject({ score: 7, adjusted: { points: 7, why: 'the sheet was unclear' } });
  desk.adjust('kim', seen('ann'), null, 'it was not');
  expect(taskOf('ann')).toMatchObject({ score: 3 });
});

test('an adjustment that was set for other work says so, in the journal too, until it is kept or dropped', () => {
  desk.adjust('kim', seen('ann'), 7, 'the sheet was unclear');
  handInAnew(book, 'ann');
  expect(taskOf('ann')).toMatchObject({ score: 7, adjusted: { points: 7, forOther: true } });
  expect(desk.trail('ann', 'Q1').map(({ kind }) => kind)).toEqual(['adjusted', 'handed-in']);
  expect(desk.trail('ann', 'Q2')).toEqual([]);
  desk.adjust('kim', seen('ann'), 7, 'still so');
  expect(taskOf('ann')).toMatchObject({ score: 7, adjusted: { points: 7 } });
  expect(taskOf('ann').adjusted).not.toHaveProperty('forOther');
  desk.adjust('kim', seen('ann'), null, 'no more');
  expect(taskOf('ann').score).toBe(3);
});

test('other work has marks of its own: what was given for it is taken back without touching the others', () => {
  const one = { ...given, items: ['rule'] };
  desk.mark('kim', 'Q1', ['ann'], one, [seen('ann')]);
  handInAnew(book, 'ann', 'Another text.');
  expect(taskOf('ann')).toMatchObject({ manualMax: 5 });
  const second = desk.mark('kim', 'Q1', ['ann'], given, [seen('ann')]);
  expect(taskOf('ann').marked?.points).toBe(3);
  desk.undo('kim', [second[0]!.seq]);
  expect(taskOf('ann')).toMatchObject({ manualMax: 5 });
  // The same files once more: their marks hold.
  const before = book.events({ student: 'ann' }).find(({ kind }) => kind === 'handed-in')!;
  book.append([before]);
  expect(taskOf('ann').marked?.points).toBe(2);
});

test('answers are known by keys that tell nothing of who wrote them', () => {
  const keys = desk.look().tasks.flatMap(({ answers }) => answers.map(({ key }) => key));
  expect(new Set(keys).size).toBe(5);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{12}$/);
});

test('who is forgotten meanwhile is gone from the desk, and no mark of theirs is shown', () => {
  desk.mark('kim', 'Q1', ['ann'], given, [seen('ann')]);
  const at = '2026-11-03T11:00:00.000Z';
  book.forget('ann', { who: 'kim', at, kind: 'forgotten', student: 'nobody', score: 6, max: 11, tasks: [] });
  const students = desk.look().tasks.flatMap(({ answers }) => answers.map(({ student }) => student));
  expect(new Set(students)).toEqual(new Set(['ben', 'cem', 'dan', 'eve']));
  expect(desk.trail('ann', 'Q1')).toEqual([]);
});
