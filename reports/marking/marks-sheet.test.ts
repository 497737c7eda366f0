/** Marks through a spreadsheet and back: what spreadsheets do to tables, what people do to rows, and somebody else meanwhile. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGradebook, type Gradebook } from '../../graders/gradebook/store.ts';
import { gradeClass } from '../../graders/marking/class.testing.ts';
import { openDesk, type Desk } from '../../graders/marking/desk.ts';
import { marksSheet } from './marks-sheet.ts';
import { readMarksSheet } from './read-marks-sheet.ts';

let book: Gradebook;
let desk: Desk;
beforeEach(() => {
  book = openGradebook();
  gradeClass(book, ['=ann', 'ben', 'cem']);
  desk = openDesk(book, () => new Date('2026-11-03T10:00:00Z'));
  desk.look();
});
afterEach(() => book.close());

type Line = Record<string, string>;
const exported = (): Line[] => parse(marksSheet(desk), { columns: true, bom: true });
const read = (lines: readonly Line[], delimiter = ',', front = '') =>
  readMarksSheet(Buffer.from(front + stringify([...lines], { header: true, delimiter })), desk);
const fill = (lines: Line[], id: string, task: string, cells: Line): Line[] =>
  lines.map((line) => (line['id'] === id && line['task'] === task ? { ...line, ...cells } : line));
const given = { items: ['rule'], beside: -0.5, comment: '=1+1 is no proof.\nSee the sheet.', note: '' };
const markBen = (comment = given.comment) => {
  const seen = [{ student: 'ben', task: 'Q1', version: desk.version('ben', 'Q1') }];
  desk.mark('kim', 'Q1', ['ben'], { ...given, comment }, seen);
};

test('a table that comes back as it went says nothing, formulas, lines and minus signs included', () => {
  markBen();
  const lines = exported();
  expect(lines).toHaveLength(6);
  expect(lines.find(({ id, task }) => id === 'ben' && task === 'Q1')).toMatchObject({
    ...{ items: 'rule', beside: '-0.5', comment: "'=1+1 is no proof. See the sheet.", name: 'Name of ben' },
  });
  expect(lines[0]!['id'] === "'=ann" || lines.some(({ id }) => id === "'=ann")).toBe(true);
  expect(read(lines)).toEqual({ entries: [], seen: [], same: 6, mistakes: [] });
});

test('what is filled in is read with semicolons, decimal commas and a mark in front; text that was left alone stays whole', () => {
  markBen();
  let lines = fill(exported(), "'=ann", 'Q1', { items: 'rule,shape', beside: '0,5', note: "'=SUM(A1)" });
  lines = fill(lines, 'ben', 'Q1', { items: 'rule cancels' });
  lines = fill(lines, 'cem', 'Q2', { beside: '−1', comment: '"Well" done; go on' });
  for (const [delimiter, front] of [
    [';', '\u{feff}'],
    ['\t', ''],
    [',', 'sep=,\r\n'],
  ] as const) {
    const { entries, mistakes, same } = read(lines, delimiter, front);
    expect([mistakes, same]).toEqual([[], 3]);
    const by = (student: string) => entries.find((entry) => entry.student === student)?.given;
    expect(by('=ann')).toEqual({ items: ['rule', 'shape'], beside: 0.5, comment: '', note: '=SUM(A1)' });
    expect(by('ben')).toEqual({ ...given, items: ['rule', 'cancels'] });
    expect(by('cem')).toEqual({ items: [], beside: -1, comment: '"Well" done; go on', note: '' });
  }
});

test('a row that was emptied takes its mark back', () => {
  markBen();
  const { entries, seen } = read(fill(exported(), 'ben', 'Q1', { items: '', beside: '', comment: '', note: '' }));
  expect(entries).toEqual([{ student: 'ben', task: 'Q1', given: null }]);
  desk.enter('kim', entries, seen);
  expect(desk.look().results.submissions.find(({ id }) => id === 'ben')!.tasks[0]).toMatchObject({ manualMax: 5 });
  expect(exported().every(({ items }) => items === '')).toBe(true);
});

test('all mistakes are told at once, by row and column as a spreadsheet counts them', () => {
  markBen('Two lines');
  const lines = exported();
  const wrong = [
    { ...lines[0]!, comment: 'In two\nlines', beside: '0' },
    { ...lines[1]!, id: 'benn' },
    { ...lines[2]!, task: 'Q9' },
    { ...lines[3]!, items: 'nul' },
    { ...lines[4]!, beside: '30' },
    { ...lines[5]!, comment: 'Good', version: 'x' },
    { ...lines[5]!, comment: 'Good' },
    { ...lines[0]!, items: 'rule' },
  ];
  expect(read(wrong).mistakes).toEqual([
    expect.stringMatching(/^row 3, id: nobody with an answer to Q1 has the id "benn"\. Did you mean ben\?$/),
    expect.stringMatching(/^row 4, task: people mark nothing called "Q9"\. Did you mean Q1\?$/),
    expect.stringMatching(/^row 5, items: Q2 has no item "nul"\.$/),
    expect.stringMatching(/^row 6, beside: takes points from -3 to 3, with three decimals at most, not "30"$/),
    expect.stringMatching(/^row 7, version: "x" is no number: leave it as it was exported$/),
    expect.stringMatching(/^row 8, id: stands for the same answer as row 7$/),
    expect.stringMatching(/^row 9, id: stands for the same answer as row 2$/),
  ]);
  const without = lines.map(({ version: _, ...line }) => line);
  expect(() => read(without)).toThrow('Its first row lacks version');
  expect(() => readMarksSheet(Buffer.from('nothing'), desk)).toThrow('This is no table');
});

test('whoever was faster is told of, in rows that were changed only', () => {
  const lines = exported();
  markBen();
  expect(read(lines)).toEqual({ entries: [], seen: [], same: 6, mistakes: [] });
  expect(read(fill(lines, 'ben', 'Q1', { items: 'shape' })).mistakes).toEqual([
    expect.stringContaining('version: kim has said something of it since this was exported (2026-11-03T10:00:00.000Z)'),
  ]);
  const seen = [{ student: 'ben', task: 'Q2', version: desk.version('ben', 'Q2') }];
  desk.adjust('kim', seen[0]!, 2, 'Agreed.');
  expect(read(fill(lines, 'ben', 'Q2', { items: 'zero' })).mistakes).toHaveLength(1);
});
