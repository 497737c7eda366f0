import { expect, test } from 'vitest';
import { fromJson, toJson } from '../graders/gradebook/json.ts';
import { disclose } from './disclose.ts';
import { results } from './sample-results.testing.ts';
import { classOf } from './sample-class.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { resultsProblems } from './results-schema.testing.ts';

const full = results([...classOf(8), showcase()]);
type Loose = Record<string, unknown>;
const stored = () => JSON.parse(toJson(full)) as Loose;

/** What is said about the document after one field of the last submission was changed. */
function problemsAfter(change: (root: Loose, grade: Loose, check: Loose) => void): string[] {
  const root = stored();
  const grade = (root['submissions'] as Loose[]).at(-1)!;
  const check = ((grade['tasks'] as Loose[])[0]!['checks'] as Loose[])[0]!;
  change(root, grade, check);
  return resultsProblems(root);
}

test('what the gradebook stores is valid, with every kind of field and number', () => {
  expect(resultsProblems(stored())).toEqual([]);
  expect(resultsProblems(JSON.parse(toJson(fromJson(toJson(full)))))).toEqual([]);
});

test('what a student gets is valid at every level', () => {
  for (const level of ['score', 'hint', 'full'] as const) {
    expect(resultsProblems(JSON.parse(toJson(disclose(full, 's0042', level))))).toEqual([]);
  }
});

test('a missing field is named with its place', () => {
  expect(problemsAfter((root) => delete root['level'])).toEqual(['level is missing']);
  expect(problemsAfter((_, grade) => delete grade['score'])).toEqual(['submissions[8].score is missing']);
});

test('a wrong type is named with what was found', () => {
  expect(problemsAfter((_, __, check) => (check['points'] = '12'))).toEqual([
    'submissions[8].tasks[0].checks[0].points must be a number, got "12"',
  ]);
});

test('a word that is not one of ours is named with those that are', () => {
  expect(problemsAfter((_, __, check) => (check['outcome'] = 'ok'))[0]).toBe(
    'submissions[8].tasks[0].checks[0].outcome must be one of "pass", "fail", "crash", "timeout", "memory", "refused", "missing", "skipped", "manual", "broken", got "ok"',
  );
  expect(problemsAfter((root) => (root['schema'] = 'v2'))).toEqual(['schema must be "gradmark/results/v1", got "v2"']);
});

test('null where NaN stood is refused, because it has lost what it was', () => {
  expect(problemsAfter((_, __, check) => (check['margin'] = null))).toEqual([
    'submissions[8].tasks[0].checks[0].margin must be a number, or "NaN", "Infinity", "-Infinity" or "-0", got null',
  ]);
});

test('whose a submission is, who is absent and what is unclear have their place', () => {
  const origin = {
    platform: 'canvas',
    handedInAs: '李小明',
    person: '12',
    members: [{ name: 'Bo' }],
    attempt: 2,
    late: true,
  };
  const told = (at: string) =>
    problemsAfter((root, grade) => {
      grade['origin'] = { ...origin, at };
      root['absent'] = [{ name: 'Ann Lee', number: '1001' }];
      root['unclear'] = ['Two people are called Ann Lee.'];
    });
  expect(told('2026-10-10T10:22:00')).toEqual([]);
  expect(told('2026-10-10T10:22:00.5+02:00')).toEqual([]);
  expect(told('10 October')).toHaveLength(1);
  expect(problemsAfter((_, grade) => (grade['origin'] = { ...origin, platform: 'post' }))).toHaveLength(1);
  expect(problemsAfter((root) => (root['absent'] = [{ name: 7 }]))).toHaveLength(1);
});

test('a misspelt field of a finding is named; new fields of a check are welcome', () => {
  expect(problemsAfter((_, __, check) => (check['finding'] = { says: 'x', hnt: 'y' }))).toEqual([
    'submissions[8].tasks[0].checks[0].finding.hnt is not a field that is known here',
  ]);
  expect(problemsAfter((_, __, check) => (check['addedLater'] = 1))).toEqual([]);
});

test('negative marks and shares above one are refused', () => {
  expect(problemsAfter((_, grade) => (grade['score'] = -1))).toEqual(['submissions[8].score must be >= 0, got -1']);
});

test('something else altogether is refused in one sentence, and endless lists are cut', () => {
  expect(resultsProblems([])).toEqual(['the document must be an object, got []']);
  const root = stored();
  root['submissions'] = Array.from({ length: 100 }, () => ({}));
  expect(resultsProblems(root)).toHaveLength(21);
});
