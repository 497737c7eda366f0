import { expect, test } from 'vitest';
import { gradeClass } from '../marking/class.testing.ts';
import { resultsBeforeLastRun } from './before-last-run.ts';
import type { Event } from './event.ts';
import { openGradebook } from './store.ts';

test('before the newest batch, and before what was approved since; of the first there is nothing before', () => {
  const book = openGradebook();
  const before = () => resultsBeforeLastRun(book)?.submissions.map(({ id, score }) => `${id} ${score}`);
  expect(before()).toBeUndefined();
  gradeClass(book, ['ann', 'ben']);
  expect(before()).toBeUndefined();
  gradeClass(book, ['ann', 'ben', 'cem']);
  expect(before()).toEqual(['ann 3', 'ben 3']);
  const signed = { who: 'kim', at: '2026-11-03T10:00:00Z' };
  const adjusted: Event = { ...signed, kind: 'adjusted', student: 'ann', task: 'Q1', points: 7, why: 'so' };
  book.append([adjusted]);
  expect(before()).toEqual(['ann 3', 'ben 3']);
  book.append([{ ...signed, kind: 'approved', events: [] }]);
  expect(before()).toEqual(['ann 7', 'ben 3', 'cem 0']);
  book.close();
});
