import { expect, test } from 'vitest';
import { gradeClass } from '../marking/class.testing.ts';
import type { Judged, Recorded } from './event.ts';
import { stateOf } from './fold.ts';
import { openGradebook } from './store.ts';
import { usedMb } from '../used-memory.testing.ts';

test('what five hundred programs print in the same words is held once', () => {
  const book = openGradebook();
  gradeClass(book, ['ann']);
  const judged = book.events({ kind: 'judged' })[0] as Recorded & Judged;
  book.close();
  const printed = (student: string) => ({ ...judged, student, stdout: 'Epoch 1: loss 0.5\n'.repeat(2000) });
  function* events() {
    for (let i = 0; i < 500; i++) yield JSON.parse(JSON.stringify(printed(`student ${i}`))) as Recorded;
  }
  const before = usedMb();
  const state = stateOf(events());
  expect(state.students.size).toBe(500);
  expect(state.students.get('student 499')!.attempts[0]!.runs[0]!.stdout).toBe(printed('').stdout);
  // 18 MB in words of their own.
  expect(usedMb() - before).toBeLessThan(6);
});

test('under what a class was graded, and what a rubric says, is held once; what is another one is another one', () => {
  const book = openGradebook();
  gradeClass(book, ['ann', 'bob', 'cyd']);
  const events = book.events();
  const later = events.map((event) => {
    if (event.kind !== 'judged' || event.student !== 'cyd') return event;
    return { ...event, under: { ...event.under, full: true } };
  });
  book.close();
  const { students } = stateOf(structuredClone(later));
  const [ann, bob, cyd] = [...students.values()].map(({ attempts }) => attempts[0]!.runs[0]!);
  expect(bob!.under).toBe(ann!.under);
  expect(bob!.verdicts[1]!.manual!.rubric).toBe(ann!.verdicts[1]!.manual!.rubric);
  expect(cyd!.under).toEqual({ ...ann!.under, full: true });
  expect([...students.values()]).toEqual([...stateOf(later).students.values()]);
});
