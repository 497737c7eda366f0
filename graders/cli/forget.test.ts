/** `gradmark forget` as a teaching assistant runs it: afterwards nothing in any file tells of the person. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openGradebook } from '../gradebook/store.ts';
import { smallClass } from './small-class.testing.ts';

const room = smallClass(['ann', 'ben', 'zacharias']);
afterAll(() => room.remove());

/** The files that hold a word anywhere, in their names or bytes. */
const filesWith = (word: string): string[] =>
  (readdirSync(room.folder, { recursive: true }) as string[]).filter((name) => {
    const path = join(room.folder, name);
    return name.includes(word) || (statSync(path).isFile() && readFileSync(path).includes(word));
  });

test('work and name go from gradebook, pages and published folders; the marks stay without a name', async () => {
  const signed = { who: 'kim', at: '2026-11-03T10:00:00Z' };
  room.say({ ...signed, kind: 'adjusted', student: 'zacharias', task: 'Q1', points: 7, why: 'Zacharias asked.' });
  expect((await room.gradmark('publish', 'out', '--to', 'given')).code).toBe(0);
  expect(filesWith('zacharias').length).toBeGreaterThan(5);
  const first = await room.gradmark('forget', 'out', 'zacharias');
  expect([first.code, first.says]).toEqual([2, '']);
  expect(first.complains).toMatch(
    /would go: 3 entries of the gradebook, the folder out\/zacharias, the page in .*given\./,
  );
  expect(filesWith('zacharias').length).toBeGreaterThan(5);
  const run = await room.gradmark('forget', 'out', 'zacharias', '--yes');
  expect(run.code).toBe(0);
  expect(run.says).toMatch(
    /^Removed of zacharias \(Name of zacharias\): 3 entries .*, the page in .*given\.\nWritten again/,
  );
  expect(run.complains).toBe(
    'What was handed in lies where it was: the next grading that finds it there brings the person back.',
  );
  expect([filesWith('zacharias'), filesWith('Zacharias')]).toEqual([[], []]);
  expect(room.results()).toMatchObject({ submissions: [{ id: 'ann' }, { id: 'ben' }] });
  expect(room.results().of).toBeUndefined();
  expect(room.results().forgotten).toMatchObject([
    { score: 7, max: 11, tasks: [{ id: 'Q1', score: 7 }, { id: 'Q2' }] },
  ]);
  // 3, 3 and the 7 of whom nothing else is known.
  const page = room.read('out/index.html');
  expect(page).toContain('1 student whose work and name are gone is still in these numbers.');
  expect(page).toContain('4.3');
  const book = openGradebook(room.out);
  const [kept] = book.events({ kind: 'forgotten' });
  book.close();
  expect(kept).toMatchObject({ student: 'forgotten 1', score: 7, max: 11 });
  expect((await room.gradmark('publish', 'out', '--to', 'given')).says).toContain('0 new, 0 changed, 2 as before');
});
