import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Origin } from '../graders/model/origin.ts';
import { gradesCsv } from './grades-csv.ts';
import { grade, results, task, verdict } from './sample-results.testing.ts';
import { showcase } from './sample-showcase.testing.ts';

const rows = (text: string) => parse(text, { columns: true, bom: true }) as Record<string, string>[];
const one = (id: string, more = {}) =>
  grade(id, [task('q1', 'One', [verdict('q1.a', 'x', 3, { points: 2.25, outcome: 'fail' })])], more);

test('a submission is a line: id, whose it is, a column per task, total, max, held, late, what a person still gives', () => {
  expect(rows(gradesCsv(results([{ ...showcase('s1'), held: false }])))).toEqual([
    {
      ...{ id: 's1', name: '', number: '', email: '' },
      ...{ q1a: '4', q1b: '3', q2a: '4', q3c: '0', q1c: '0', total: '11', max: '45' },
      ...{ held: 'no', late: 'Handed in 2 h 10 min after the deadline.', 'manual-pending': '5', refused: '' },
    },
  ]);
});

test('a task that was not graded, and the total of a refused submission, are empty: nothing is not zero', () => {
  const [, refused] = rows(gradesCsv(results([one('a'), grade('b', [], { refused: 'Empty.' })])));
  expect(refused).toMatchObject({ q1: '', total: '', refused: 'Empty.' });
});

test('the marks of a held grade are empty, so that no platform takes them for the last word', () => {
  expect(rows(gradesCsv(results([one('a', { held: true })])))).toMatchObject([
    { id: 'a', q1: '', total: '', held: 'yes' },
  ]);
});

test('no cell that somebody else wrote is a formula', () => {
  for (const start of ['=', '+', '-', '@', '\t=', ' =', "'=", '\r=', '\u0000=', '|', '%', '＝', '"=']) {
    const id = `${start}HYPERLINK("http://x","y")`;
    const [row] = rows(gradesCsv(results([one(id, { late: id, refused: id })])));
    for (const cell of [row!['id'], row!['late'], row!['refused']])
      expect(cell, JSON.stringify(start)).toMatch(/^['␀]/);
  }
});

test('whose it is stands there in its own script, with number and address; of a group those of all', () => {
  const from = (more: Partial<Origin>) => ({
    origin: { platform: 'moodle', handedInAs: 'as it lay', ...more } as Origin,
  });
  const members = [{ name: 'Ann', email: 'ann@x.org' }, { name: '=Bo', email: 'bo@x.org' }, { name: 'Cid' }];
  const text = gradesCsv(
    results([
      one('a', from({ name: '李小明', number: '=1+2', email: 'li@x.org' })),
      one('b', from({ group: 'Owls', members })),
      one('c', from({})),
      one('d', from({ name: 'José\u202e', email: '@SUM(1)' })),
    ]),
  );
  expect(text.startsWith('\u{feff}"id","name","number","email","q1"')).toBe(true);
  expect(rows(text).map(({ name, number, email }) => [name, number, email])).toEqual([
    ['李小明', "'=1+2", 'li@x.org'],
    ['Owls', '', 'ann@x.org; bo@x.org'],
    ['as it lay', '', ''],
    [expect.stringMatching(/^José/), '', "'@SUM(1)"],
  ]);
});

test('commas, quotes and line ends stay within their cell', () => {
  const text = gradesCsv(results([one('a,"b"\nc;d')]));
  expect(text.trim().split('\r\n')).toHaveLength(2);
  expect(rows(text)[0]!['id']).toBe('a,"b" c;d');
});

test('what lateness costs stands in its column in few words', () => {
  const late = (lateBySeconds: number, penalty: number) => ({ lateness: { lateBySeconds, penalty, because: '' } });
  const text = gradesCsv(
    results([one('a', late(7500, 7)), one('b', late(0, 0)), one('c', { ...late(0, 0), late: 'Late.' }), one('d')]),
  );
  expect(rows(text).map((row) => row['late'])).toEqual([
    '2 h 5 min: 7 marks taken off',
    'time unknown',
    'late, time unknown',
    '',
  ]);
});
