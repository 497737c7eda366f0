/** `gradmark marks` as a teaching assistant runs it. */
import { readFileSync, writeFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { smallClass } from './small-class.testing.ts';

const room = smallClass();
afterAll(() => room.remove());
const marks = (...words: string[]) => room.gradmark('marks', 'out', ...words);
const csv = join(room.folder, 'marks.csv');
/** Cells that a person fills in of ann's answer to Q1, in the table as it was exported. */
const fillAnn = (items: string) => {
  const lines = readFileSync(csv, 'utf8').split('\r\n');
  const changed = lines.map((line) =>
    /^"ann","Name of ann","Q1"/.test(line) ? line.replace(/,,,,,("\d+")$/, `,"${items}","0,5","Clear.",,$1`) : line,
  );
  expect(changed).not.toEqual(lines);
  writeFileSync(csv, changed.join('\r\n'));
};

const fillAgain = () => writeFileSync(csv, readFileSync(csv, 'utf8').replace('"Clear."', '"Very clear."'));

test('marks go out to a spreadsheet and come back into pages and tables', async () => {
  expect(await marks('export', 'marks.csv')).toMatchObject({ code: 0, says: '6 answers to mark in marks.csv.' });
  expect(statSync(csv).mode & 0o777).toBe(0o600);
  expect((await marks('export', 'marks.csv')).complains).toContain('marks.csv exists already');
  fillAnn('rule nothing');
  const wrong = await marks('import', 'marks.csv');
  expect([wrong.code, wrong.says]).toEqual([2, '']);
  expect(wrong.complains).toMatch(/marks\.csv: nothing was imported; 1 mistake:\n {2}row \d, items: Q1 has no item/);
  expect((await marks('export', 'marks.csv', '--overwrite')).code).toBe(0);
  fillAnn('rule shape');
  const run = await marks('import', 'marks.csv', '--as', 'kim');
  expect([run.code, run.complains]).toEqual([0, '']);
  expect(run.says).toContain('1 answer marked, 0 taken back, 5 rows as before.\nWritten again');
  const [ann] = room.results().submissions;
  expect(ann!.tasks[0]).toMatchObject({ score: 6.5, marked: { points: 3.5, by: 'kim', comment: 'Clear.' } });
  // Whoever imports twice, as after a kill, is told that all of it holds already.
  const twice = await marks('import', 'marks.csv');
  expect([twice.code, twice.complains]).toEqual([0, '']);
  expect(twice.says).toContain('0 answers marked, 0 taken back, 6 rows as before.\nWritten again');
  await room.gradmark('adjust', 'out', 'ann', 'Q1', '8', '--why', 'Agreed.', '--as', 'kim');
  fillAgain();
  const late = await marks('import', 'marks.csv');
  expect([late.code, late.complains.includes('kim has said something of it')]).toEqual([2, true]);
  expect((await marks('import', 'none.csv')).complains).toContain('none.csv cannot be read (ENOENT)');
});
