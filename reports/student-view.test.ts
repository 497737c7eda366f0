import { expect, test } from 'vitest';
import { toJson } from '../graders/gradebook/json.ts';
import type { Results } from '../graders/model/grade.ts';
import type { OutcomeKind } from '../graders/model/verdict.ts';
import { viewClass } from './class-view.ts';
import { disclose } from './disclose.ts';
import { resultsProblems } from './results-schema.testing.ts';
import { grade, results, task, verdict } from './sample-results.testing.ts';
import { refusedGrade } from './sample-class.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { viewStudent } from './student-view.ts';
import { classText, studentText } from './terminal.ts';

const view = viewStudent(results([showcase('me')]), 'me');
const all = view.tasks.flatMap((one) => one.attention);
const check = (title: RegExp) => all.find((one) => title.test(one.title))!;

test('the total is of the automatic marks; what a person gives and what is on hold stand beside it', () => {
  expect(view.total).toMatchObject({
    score: '11',
    max: '40',
    says: '11 of 40 marks given automatically',
    manual: '5 marks are given by a person.',
    held: '2 marks are on hold.',
  });
  expect(view.total.bar).toEqual({ earned: 24.4, manual: 11.1, held: 4.4 });
});

test('binary dust of sums is gone', () => {
  const thirds = grade('me', [
    task(
      'a',
      'A',
      [0.1, 0.2, 0.3].map((points, i) => verdict(`a.${i}`, 'x', points)),
    ),
  ]);
  expect(viewStudent(results([thirds]), 'me').tasks[0]).toMatchObject({ score: '0.6', max: '0.6' });
});

test('within a task failures come first, passes last and apart', () => {
  const order: OutcomeKind[] = ['pass', 'manual', 'skipped', 'broken', 'timeout', 'fail'];
  const mixed = grade('me', [
    task(
      'a',
      'A',
      order.map((outcome, i) => verdict(`a.${i}`, outcome, 1, { outcome })),
    ),
  ]);
  const seen = viewStudent(results([mixed]), 'me').tasks[0]!;
  expect(seen.attention.map((one) => one.title)).toEqual(['timeout', 'fail', 'broken', 'skipped', 'manual']);
  expect(seen.passed.map((one) => one.title)).toEqual(['pass']);
  expect(seen.passedSays).toBe('1 check passed, 1 mark');
});

test('every outcome has a word and an icon of its own', () => {
  const labels = [...all, ...view.tasks.flatMap((one) => one.passed)].map((one) => one.label);
  expect(new Set(labels.map((label) => label.word)).size).toBe(11);
  expect(new Set(labels.map((label) => label.icon)).size).toBe(11);
});

test('a wrong answer that earned something is called partly right', () => {
  expect(check(/two passes/).label.word).toBe('Partly right');
  expect(check(/two passes/).points).toBe('1 of 2 marks');
});

test('a stop says in a sentence of ours what happened, and then what the program said', () => {
  expect(check(/Nesterov/)).toMatchObject({
    lead: 'Your program stopped with an error before it gave an answer.',
    raw: true,
  });
  expect(check(/Nesterov/).detail).toContain('TypeError');
  expect(check(/training stops/).detail).toContain('No answer after 20 s.');
});

test('the same sentence is not said twice', () => {
  const { lead, detail } = check(/without automatic/);
  expect(lead).toBe('tf.grads differentiates for you, which this task rules out.');
  expect(detail).toBeUndefined();
});

test('our own trouble costs nothing, is not listed as a loss, and its details are not told', () => {
  const held = check(/finite differences/);
  expect(held).toMatchObject({ points: '2 marks on hold', lost: 0 });
  expect(JSON.stringify(view)).not.toContain('/srv/grader');
  expect(view.banners[0]!.title).toBe('This grade is on hold');
});

test('the worst entry is given with its place, in digits that mean something', () => {
  const [w2, b2] = check(/∂W²/).gaps;
  expect(w2!.worst).toEqual({ index: '[11, 2]', yours: '-0.0412346', expected: '0.0187654' });
  expect(w2!.says).toBe('148 entries of 336 (44%) are outside the tolerance.');
  expect(b2!.worst).toEqual({ index: '[11]', yours: 'NaN (not a number)', expected: 'minus zero' });
});

test('an unsafe run is announced on every page', () => {
  const unsafe = viewStudent(results([showcase('me')], 'full', 'D'), 'me');
  expect(unsafe.banners.at(-1)!.title).toBe('UNSAFE run');
  expect(unsafe.facts.find((fact) => fact.name === 'Submitted programs were')!.value).toContain('UNSAFE');
});

test('a container that somebody stated to be the wall is said to be their word, and never called isolation', () => {
  const all: Results = { ...results([showcase('me')], 'full', 'D'), containedBy: 'container' };
  const said = 'contained by the container it was graded in, as stated by whoever ran it';
  for (const view of [viewStudent(all, 'me'), viewClass(all)]) {
    expect(view.banners).toContainEqual(expect.objectContaining({ says: expect.stringContaining(said) }));
    expect(view.facts.find((fact) => fact.name === 'Submitted programs were')!.value).toContain(said);
    expect(JSON.stringify([view.banners, view.facts])).not.toMatch(/isolated|UNSAFE/);
  }
  const look = { colour: false, width: 1000 };
  for (const text of [studentText(all, 'me', look), classText(viewClass(all), look)])
    expect(text.replace(/\s+/g, ' ')).toContain(said);
  expect(resultsProblems(JSON.parse(toJson(disclose(all, 'me'))))).toEqual([]);
  expect(disclose(all, 'me').containedBy).toBe('container');
});

test('a refused submission says why once, and no check repeats it', () => {
  const refused = viewStudent(results([refusedGrade('me', showcase().tasks)]), 'me');
  expect(refused.banners[0]).toMatchObject({ title: 'Not graded', says: expect.stringContaining('no module') });
  expect(refused.total).toMatchObject({ score: '–', says: 'Nothing could be graded' });
  expect([refused.tasks, refused.tally]).toEqual([[], []]);
});

test('addresses within the page are unique and safe, whatever the ids', () => {
  const ids = ['a b', 'a-b', 'a"b', 'a-b--2', '', '😀'];
  const odd = grade('me', [
    task(
      't"',
      'T',
      ids.map((id) => verdict(id, 'x', 1)),
    ),
  ]);
  const anchors = viewStudent(results([odd]), 'me').tasks.flatMap((one) => [
    one.anchor,
    ...one.passed.map((each) => each.anchor),
  ]);
  expect(new Set(anchors).size).toBe(7);
  for (const anchor of anchors) expect(anchor).toMatch(/^[A-Za-z0-9_.-]+$/);
});

test('printed output and long texts are cut', () => {
  const loud = viewStudent(results([grade('me', [], { stdout: 'x'.repeat(1e6) })]), 'me');
  expect(loud.stdout!.length).toBeLessThan(21_000);
});
