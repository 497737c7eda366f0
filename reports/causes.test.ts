import { expect, test } from 'vitest';
import type { Verdict } from '../graders/model/verdict.ts';
import { causesOf } from './causes.ts';
import { verdict } from './sample-results.testing.ts';

const failing = (id: string, outcome: Verdict['outcome'], because?: string, more: Partial<Verdict> = {}) =>
  verdict(id, `check ${id}`, 2, { outcome, ...(because !== undefined && { because }), ...more });
const ids = (verdicts: readonly Verdict[]) => causesOf(verdicts).map((cause) => cause.verdicts.map(({ id }) => id));
const stub = (id: string, name: string) =>
  failing(id, 'crash', `${name} threw Error: Q1 is not implemented yet: ${name}(7) at q1.ts:3`);
const diagnosed = (id: string, says: string, mistakes = ['sign']): Verdict =>
  failing(id, 'fail', undefined, { diagnosis: { mistakes, certainty: 'certain', says, evidence: [] } });

test('a stub that fails ten checks is one cause, which names its functions and what did not run for it', () => {
  const ten = Array.from({ length: 10 }, (_, i) => stub(`q1.${i}`, i < 5 ? 'train' : 'build'));
  const after = failing('q1.after', 'skipped', 'Not judged: there is nothing to judge yet.');
  const [only, ...others] = causesOf([...ten, after]);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ kind: 'stub', names: ['train', 'build'], follows: [after] });
  expect(only!.verdicts).toHaveLength(10);
});

test('files that are missing are one cause a task, by name', () => {
  const missing = (id: string, file: string) => failing(id, 'missing', `${file} was not handed in.`);
  const causes = causesOf([
    missing('a.1', 'a.ts'),
    missing('a.2', 'a.ts'),
    missing('a.3', 'p.json'),
    missing('b.1', 'b.ts'),
  ]);
  expect(causes.map(({ names }) => names)).toEqual([['a.ts', 'p.json'], ['b.ts']]);
});

test('one known mistake is one cause across tasks, whatever its numbers; another sentence is another cause', () => {
  expect(ids([diagnosed('a.1', 'W is 2 times too large.'), diagnosed('b.1', 'W is 5 times too large.')])).toEqual([
    ['a.1', 'b.1'],
  ]);
  expect(ids([diagnosed('a.1', 'W has the opposite sign.'), diagnosed('a.2', 'b has the opposite sign.')])).toEqual([
    ['a.1'],
    ['a.2'],
  ]);
  expect(ids([diagnosed('a.1', 'Same.', ['x']), diagnosed('a.2', 'Same.', ['y'])])).toEqual([['a.1'], ['a.2']]);
});

test('one error that stops several checks is one cause, though it was asked with other numbers', () => {
  const error = (id: string, n: number) => failing(id, 'crash', `f threw TypeError: no shape: f(${n} rows) at f.ts:3`);
  expect(ids([error('a.1', 7), error('b.1', 12), failing('b.2', 'timeout', 'ran longer than 5 s in f')])).toEqual([
    ['a.1', 'b.1'],
    ['b.2'],
  ]);
});

test('where nothing tells that failures belong together, they do not: wrong answers, and marks without words', () => {
  expect(
    ids([failing('a.1', 'fail'), failing('a.2', 'fail'), failing('a.3', 'crash'), failing('a.4', 'crash')]),
  ).toEqual([['a.1'], ['a.2'], ['a.3'], ['a.4']]);
});

test('a check that did not run belongs to the check that it names, or stands with those of the same reason', () => {
  const named = failing('a.2', 'skipped', 'Not run: it builds on "check a.1", which did not pass.');
  const chain = failing('a.3', 'skipped', 'Not run: it builds on "check a.2", which did not pass.');
  const [first] = causesOf([failing('a.1', 'fail'), named, chain]);
  expect(first!.follows.map(({ id }) => id)).toEqual(['a.2', 'a.3']);
  const alone = ['b.1', 'b.2'].map((id) => failing(id, 'skipped', 'Not judged: too little work.'));
  expect(ids([failing('a.1', 'fail'), ...alone])).toEqual([['a.1'], ['b.1', 'b.2']]);
});

test('what passed and what people mark has no cause; what is ours to blame is one card a task', () => {
  const broken = ['a.1', 'a.2'].map((id) => failing(id, 'broken', 'the grader failed'));
  expect(ids([verdict('a.0', 'x', 1), failing('a.9', 'manual'), ...broken])).toEqual([['a.1', 'a.2']]);
});
