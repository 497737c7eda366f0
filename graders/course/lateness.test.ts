import { expect, test } from 'vitest';
import { gradeOf, ruleOf } from './course.testing.ts';
import type { Terms } from './course-file.ts';
import { lateness } from './lateness.ts';

const tenADay = { percent: 10, per: 'day', atMost: 50 };
const due = '2026-11-20T18:00';
const at = (time: string, terms: Terms = { due, penalty: tenADay }, zone = 'UTC') =>
  lateness(ruleOf(terms, zone), gradeOf('ann', { at: time }));

test.each([
  ['at the second at which it is due', '2026-11-20T18:00:00Z', undefined],
  ['within that second', '2026-11-20T18:00:00.999Z', undefined],
  ['a second later', '2026-11-20T18:00:01Z', 7],
  ['exactly a day later', '2026-11-21T18:00:00Z', 7],
  ['a day and a second later', '2026-11-21T18:00:01Z', 14],
  ['exactly five days later', '2026-11-25T18:00:00Z', 35],
  ['six days later, where the cap holds', '2026-11-26T18:00:00Z', 35],
  ['on the clock of another place', '2026-11-20T20:00:00+02:00', undefined],
])('handed in %s', (_, time, penalty) => {
  expect(at(time)?.penalty).toBe(penalty);
});

test('the arithmetic is one that a reader can follow', () => {
  expect(at('2026-11-22T09:05:13+00:00')).toEqual({
    lateBySeconds: 140_713,
    penalty: 14,
    because:
      'Due 20 November 2026, 18:00 (UTC); handed in 22 November 2026, 09:05:13 (UTC), 1 day 15 h 5 min 13 s late. ' +
      '10% of 70 marks for every day begun: 2 × 7 = 14 marks are taken off.',
  });
  expect(at('2026-12-02T18:00:00Z')!.because).toMatch(/12 × 7 = 84 marks, but at most 35 are taken off\.$/);
});

test('grace is not counted, to its last second', () => {
  const terms = { due, grace: '15 minutes', penalty: { marks: 2, per: '6 hours' } };
  expect(at('2026-11-20T18:15:00Z', terms)).toBeUndefined();
  expect(at('2026-11-20T18:15:01Z', terms)).toMatchObject({ lateBySeconds: 1, penalty: 2 });
  expect(at('2026-11-21T00:15:00Z', terms)).toMatchObject({ penalty: 2 });
  expect(at('2026-11-21T00:15:01Z', terms)).toMatchObject({ penalty: 4 });
  expect(at('2026-11-20T18:15:01Z', terms)!.because).toBe(
    'Due 20 November 2026, 18:00 (UTC), with 15 minutes of grace; handed in 20 November 2026, 18:15:01 (UTC), 1 s late. ' +
      '2 marks for every 6 hours begun: 2 marks are taken off.',
  );
});

test.each([
  // The clock is put back on 25 October: from evening to evening it is 25 hours, and still one day.
  ['2026-10-24T18:00', '2026-10-25T18:00:00Z', 7],
  ['2026-10-24T18:00', '2026-10-25T18:00:01Z', 14],
  // It is put forward on 28 March: 23 hours are the day.
  ['2027-03-27T18:00', '2027-03-28T17:00:00Z', 7],
  ['2027-03-27T18:00', '2027-03-28T17:00:01Z', 14],
  // A week later the count has not drifted.
  ['2026-10-24T18:00', '2026-10-28T18:00:00Z', 28],
])('a day due %s in Dublin ends when the clock there says so (%s)', (dueThere, time, penalty) => {
  expect(at(time, { due: dueThere, penalty: tenADay }, 'Europe/Dublin')?.penalty).toBe(penalty);
});

test('an hour that comes twice is meant the second time, one that is left out an hour later', () => {
  expect(at('2026-10-25T01:30:00Z', { due: '2026-10-25T01:30' }, 'Europe/Dublin')).toBeUndefined();
  expect(at('2026-10-25T01:30:01Z', { due: '2026-10-25T01:30' }, 'Europe/Dublin')).toBeDefined();
  expect(at('2027-03-28T01:30:00Z', { due: '2027-03-28T01:30' }, 'Europe/Dublin')).toBeUndefined();
  expect(at('2027-03-28T01:30:01Z', { due: '2027-03-28T01:30' }, 'Europe/Dublin')).toBeDefined();
});

test('an extension holds for its person, by whichever word the teacher knows them', () => {
  const of = (who: string) =>
    lateness(
      ruleOf({ due, extensions: [{ who, until: '2026-11-23T18:00' }], penalty: tenADay }, 'UTC'),
      gradeOf('ann-1203', {
        ...{ at: '2026-11-23T19:00:00Z', person: '1203', number: 's17', email: 'ann@uni.example' },
        name: 'Ánn  Byrne',
      }),
    )!.penalty;
  const known = ['1203', 'S17', 'Ann@Uni.example', 'A\u0301nn Byrne', 'ann-1203'];
  expect(known.map(of)).toEqual([7, 7, 7, 7, 7]);
  expect(of('Ann')).toBe(28);
});

test('after the last acceptance nothing counts, but an extension is accepted to its end', () => {
  const terms = { due, lastAcceptance: '2026-11-22T18:00', penalty: tenADay };
  expect(at('2026-11-22T18:00:00Z', terms)!.penalty).toBe(14);
  expect(at('2026-11-22T18:00:01Z', terms)).toMatchObject({ penalty: 70 });
  expect(at('2026-11-22T18:00:01Z', terms)!.because).toContain('Nothing was accepted after 22 November 2026, 18:00');
  const extended = { ...terms, extensions: [{ who: 'ann', until: '2026-11-30T18:00' }] };
  expect(at('2026-11-30T18:00:00Z', extended)).toBeUndefined();
  expect(at('2026-11-30T18:00:01Z', extended)!.penalty).toBe(70);
});

test('where nobody knows when it came, nothing is charged, and it is said', () => {
  const rule = ruleOf({ due, penalty: tenADay }, 'UTC');
  const unknown = [lateness(rule, gradeOf('ann')), lateness(rule, gradeOf('ann', { late: true }))];
  expect(unknown).toEqual([
    {
      ...{ lateBySeconds: 0, penalty: 0 },
      because: 'Due 20 November 2026, 18:00 (UTC); when it was handed in is not known: nothing is taken off.',
    },
    {
      ...{ lateBySeconds: 0, penalty: 0 },
      because:
        'Due 20 November 2026, 18:00 (UTC); the platform says that it came late, but not by how much: nothing is taken off.',
    },
  ]);
});

test('without a price lateness is told; without a time nothing is late; once is once', () => {
  expect(at('2026-11-21T00:00:00Z', { due })).toMatchObject({ penalty: 0, lateBySeconds: 21_600 });
  expect(at('2026-11-21T00:00:00Z', { penalty: tenADay })).toBeUndefined();
  const once = { due, penalty: { percent: 20, per: 'once' } };
  expect(at('2027-01-01T00:00:00Z', once)!.because).toMatch(/20% of 70 marks, once: 14 marks are taken off\.$/);
});

test('lateness never costs more than there are marks', () => {
  expect(at('2027-11-20T18:00:00Z', { due, penalty: { marks: 1, per: 'day' } })!.penalty).toBe(70);
});

test('a time without a zone is that of the place, whatever machine counts', () => {
  const terms = { due, penalty: tenADay };
  expect(at('2026-11-20T18:00:00', terms, 'America/Toronto')).toBeUndefined();
  expect(at('2026-11-20T18:00:01', terms, 'America/Toronto')).toMatchObject({ lateBySeconds: 1, penalty: 7 });
  // 01:30 came twice that night: it was the first time.
  const night = { due: '2026-10-25T01:10Z', penalty: tenADay };
  expect(at('2026-10-25T01:30:00', night, 'Europe/Dublin')).toBeUndefined();
  const nowhere = lateness(ruleOf({ due: `${due}Z`, penalty: tenADay }), gradeOf('ann', { at: '2026-11-20T18:00:01' }));
  expect(nowhere).toMatchObject({ penalty: 0 });
  expect(nowhere!.because).toContain('no "timeZone" in the course file says whose clock that is');
});
