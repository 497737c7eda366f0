import { expect, test } from 'vitest';
import { countingAttempt } from './counting-attempt.ts';
import { gradeOf, ruleOf } from './course.testing.ts';
import { underRule, unclearExtensions } from './under-rule.ts';

const due = '2026-11-20T18:00Z';
const terms = { due, penalty: { marks: 5, per: 'day' } };
const twoDays = { person: '7', attempt: 2, at: '2026-11-21T19:00:00Z' };

test('what lateness costs is taken off the total, once however often it is applied', () => {
  const [late] = underRule(ruleOf(terms), [gradeOf('ann', twoDays)]);
  expect(late).toMatchObject({ score: 50, lateness: { penalty: 10 }, tasks: [{ score: 60 }] });
  expect(late!.late).toBe(late!.lateness!.because);
  expect(underRule(ruleOf(terms), [late!])).toEqual([late]);
  // A rule that was mended gives the marks back.
  const [forgiven] = underRule(ruleOf({ ...terms, due: '2026-12-20T18:00Z' }), [late!]);
  expect(forgiven).toEqual(gradeOf('ann', twoDays));
});

test('a total does not fall below nothing', () => {
  expect(underRule(ruleOf(terms), [gradeOf('ann', twoDays, 3)])[0]!.score).toBe(0);
});

test('an unknown time flags nobody as late', () => {
  const [grade] = underRule(ruleOf(terms), [gradeOf('ann')]);
  expect(grade).toMatchObject({ score: 60, lateness: { penalty: 0 } });
  expect(grade!.late).toBeUndefined();
});

const first = gradeOf('ann', { person: '7', attempt: 1, at: '2026-11-20T10:00:00Z' }, 57);
const second = gradeOf('ann-2', twoDays, 60);

test('of several attempts the one counts that the course names, lateness included', () => {
  const counting = (counts: 'best' | 'latest' | 'last' | 'first', grades = [first, second]) =>
    underRule(ruleOf({ ...terms, counts }), [...grades, gradeOf('bob', { person: '8' })]).map(({ id }) => id);
  expect(counting('best')).toEqual(['ann', 'bob']);
  expect(counting('latest')).toEqual(['ann-2', 'bob']);
  expect(counting('last', [second, first])).toEqual(['ann-2', 'bob']);
  expect(counting('first')).toEqual(['ann', 'bob']);
});

test('latest means time and last means number, where the two disagree', () => {
  const upside: [typeof first, typeof first] = [
    gradeOf('one', { attempt: 1, at: '2026-11-20T12:00:00Z' }),
    gradeOf('two', { attempt: 2, at: '2026-11-20T10:00:00Z' }),
  ];
  expect([countingAttempt('latest', upside).id, countingAttempt('last', upside).id]).toEqual(['one', 'two']);
});

test('of the best, one that is held counts: nobody is told marks that may still rise', () => {
  expect(countingAttempt('best', [{ ...first, score: 10, held: true }, second]).id).toBe('ann');
});

test('the attempt that counts says so', () => {
  const [grade] = underRule(ruleOf({ ...terms, counts: 'best' }), [first, second]);
  expect(grade!.notes).toEqual(['Of 2 attempts this one counts: the best.']);
});

test('an extension that is nobody’s, or two persons’, is told', () => {
  const extensions = ['ann', 'Zed', 'Kim Lee'].map((who) => ({ who, until: '2026-11-25T18:00Z' }));
  const twins = ['k1', 'k2'].map((id) => gradeOf(id, { name: 'Kim Lee' }));
  expect(unclearExtensions(ruleOf({ due, extensions }), [first, ...twins])).toEqual([
    'The extension of "Zed" is nobody\'s among these submissions.',
    'The extension of "Kim Lee" was given to k1, k2: name the one by number.',
  ]);
});
