import { expect, test } from 'vitest';
import { moodleTimes } from './moodle-time.ts';

const moodleTime = moodleTimes();

test.each([
  ['Friday, 20 November 2026, 10:05 PM', '2026-11-20T22:05:00'],
  ['Saturday, 21 November 2026, 12:05 AM', '2026-11-21T00:05:00'],
  ['Friday, November 20, 2026, 12:05 PM', '2026-11-20T12:05:00'],
  ['Friday, 5 June 2026, 9:05\u202fAM', '2026-06-05T09:05:00'],
  ['Freitag, 6. März 2026, 22:05', '2026-03-06T22:05:00'],
  ['vendredi 20 février 2026, 09:05', '2026-02-20T09:05:00'],
  ['viernes, 20 de noviembre de 2026, 22:05', '2026-11-20T22:05:00'],
  ['sobota, 21 listopada 2026, 22:05', '2026-11-21T22:05:00'],
])('%s', (written, at) => {
  expect(moodleTime(written)).toBe(at);
});

test.each([
  '-',
  '',
  'Friday, 31 June 2026, 10:05 PM',
  'Friday, 20 Brumaire 2026, 10:05 PM',
  '20 November 2026',
  '22:05',
])('%j is no time', (written) => {
  expect(moodleTime(written)).toBeUndefined();
});
