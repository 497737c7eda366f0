import { expect, test } from 'vitest';
import { countingAttempt, mayCount } from './counting-attempt.ts';
import { gradeOf, ruleOf } from './course.testing.ts';
import type { Grade } from '../model/grade.ts';
import { underRule, unclearExtensions } from './under-rule.ts';

const due = '2026-11-20T18:00Z';
const terms = { due, penalty: { marks: 5, per: 'day' } };
const twoDays = { person: '7', attempt: 2, at: '2026-11-21T19:00:00Z' };

test('what lateness costs is taken off the total, once however often it is applied', () => {
  const { counts: late } = underRule(ruleOf(terms), [gradeOf('ann', twoDays)]);
  expect(late).toMatchObject({ score: 50, lateness: { penalty: 10 }, tasks: [{ score: 60 }] });
  expect(late.late).toBe(late.lateness!.because);
  expect(underRule(ruleOf(terms), [late])).toEqual({ counts: late, others: [] });
  // A rule that was mended gives the marks back.
  const { counts: forgiven } = underRule(ruleOf({ ...terms, due: '2026-12-20T18:00Z' }), [late]);
  expect(forgiven).toEqual(gradeOf('ann', twoDays));
});

test('a total does not fall below nothing', () => {
  expect(underRule(ruleOf(terms), [gradeOf('ann', twoDays, 3)]).counts.score).toBe(0);
});

test('an unknown time flags nobody as late', () => {
  const { counts: grade } = underRule(ruleOf(terms), [gradeOf('ann')]);
  expect(grade).toMatchObject({ score: 60, lateness: { penalty: 0 } });
  expect(grade.late).toBeUndefined();
});

const first = gradeOf('ann', { person: '7', attempt: 1, at: '2026-11-20T10:00:00Z' }, 57);
const second = gradeOf('ann-2', twoDays, 60);

test('of several attempts the one counts that the course names, lateness included', () => {
  const counting = (counts: 'best' | 'latest' | 'last' | 'first', grades: [Grade, Grade] = [first, second]) => {
    const { counts: one, others } = underRule(ruleOf({ ...terms, counts }), grades);
    return [one.id, ...others.map(({ id, score }) => `${id} ${score}`)];
  };
  expect(counting('best')).toEqual(['ann', 'ann-2 50']);
  expect(counting('latest')).toEqual(['ann-2', 'ann 57']);
  expect(counting('last', [second, first])).toEqual(['ann-2', 'ann 57']);
  expect(counting('first')).toEqual(['ann', 'ann-2 50']);
});

test('latest means time and last means number, where the two disagree', () => {
  const upside: [typeof first, typeof first] = [
    gradeOf('one', { attempt: 1, at: '2026-11-20T12:00:00Z' }),
    gradeOf('two', { attempt: 2, at: '2026-11-20T10:00:00Z' }),
  ];
  expect([countingAttempt('latest', upside).id, countingAttempt('last', upside).id]).toEqual(['one', 'two']);
});

test('where it is not known of one when it came, or for the how manieth time, what came here last is the latest and the last', () => {
  const known = gradeOf('known', { attempt: 2, at: '2026-11-20T12:00:00Z' });
  const unknown = gradeOf('unknown');
  const of = (...grades: [Grade, Grade]) =>
    (['latest', 'last', 'first'] as const).map((counts) => countingAttempt(counts, grades).id);
  expect(of(known, unknown)).toEqual(['unknown', 'unknown', 'known']);
  expect(of(unknown, known)).toEqual(['known', 'known', 'unknown']);
});

test('of what is not graded yet all may count where the best does, and else the one', () => {
  const may = (counts: 'best' | 'latest' | 'last' | 'first') => mayCount(counts, [first, second]).map(({ id }) => id);
  expect(may('best')).toEqual(['ann', 'ann-2']);
  expect([may('latest'), may('last'), may('first')]).toEqual([['ann-2'], ['ann-2'], ['ann']]);
});

test('of the best, one that a person may still make the best counts until it is marked', () => {
  const waiting = { ...first, score: 50, manualMax: 20 };
  expect(countingAttempt('best', [waiting, second]).id).toBe('ann');
  expect(countingAttempt('best', [{ ...waiting, score: 55, manualMax: 0 }, second]).id).toBe('ann-2');
});

test('of the best, one that is held counts: nobody is told marks that may still rise', () => {
  expect(countingAttempt('best', [{ ...first, score: 10, held: true }, second]).id).toBe('ann');
});

test('the attempt that counts says so', () => {
  const { counts: grade } = underRule(ruleOf({ ...terms, counts: 'best' }), [first, second]);
  expect(grade.notes).toEqual(['Of 2 attempts this one counts: the best.']);
});

test('an extension that is nobody’s, or two persons’, is told', () => {
  const extensions = ['ann', 'Zed', 'Kim Lee'].map((who) => ({ who, until: '2026-11-25T18:00Z' }));
  const twins = ['k1', 'k2'].map((id) => gradeOf(id, { name: 'Kim Lee' }));
  expect(unclearExtensions(ruleOf({ due, extensions }), [first, ...twins])).toEqual([
    'The extension of "Zed" is nobody\'s among these submissions.',
    'The extension of "Kim Lee" was given to k1, k2: name the one by number.',
  ]);
});
