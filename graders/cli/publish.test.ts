/** `gradmark publish` as a teaching assistant runs it. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { smallClass } from './small-class.testing.ts';

let room: ReturnType<typeof smallClass>;
beforeEach(() => {
  room = smallClass(['ann', 'ben', '../cem']);
  const signed = { who: 'kim', at: '2026-11-03T10:00:00Z' };
  const given = { task: 'Q1', items: ['rule'], beside: 0.5, points: 2.5, note: 'Read it again.' };
  room.say({ ...signed, kind: 'marked', student: 'ann', ...given, comment: 'Name the second factor.' });
});
afterEach(() => room.remove());

const signed = { who: 'kim', at: '2026-11-04T10:00:00Z' };
const publish = (...words: string[]) => room.gradmark('publish', 'out', '--to', 'given', ...words);
const filesIn = (folder: string) =>
  (readdirSync(join(room.folder, folder), { recursive: true }) as string[])
    .filter((name) => statSync(join(room.folder, folder, name)).isFile())
    .toSorted();

test('students get their own page and what people gave; nothing of others, of staff, or of where probes come from', async () => {
  expect((await room.gradmark('report', 'out')).code).toBe(0);
  expect(room.read('out/ann/report.html')).not.toContain('Name the second factor.');
  const run = await publish();
  expect([run.code, run.complains]).toEqual([0, '']);
  expect(run.says).toContain(`3 pages in ${join(room.folder, 'given')}, feedback level full, with what people gave.`);
  expect(run.says).toContain('3 pages say that a person still gives up to 8 marks: ../cem, ann, ben');
  const files = filesIn('given');
  expect(files.toSpliced(3)).toEqual(['.gradmark-published', 'ann/report.html', 'ben/report.html']);
  expect(files.slice(3)).toEqual([expect.stringMatching(/^cem-[0-9a-f]{12}\/report\.html$/)]);
  const [ann, ben] = ['ann', 'ben'].map((id) => room.read(`given/${id}/report.html`)) as [string, string];
  expect(ann).toContain('Name the second factor.');
  expect(ann).toContain('Applies the chain rule to both factors');
  for (const secret of ['Read it again.', 'kim', 'Name of ben', '../cem']) expect(ann).not.toContain(secret);
  expect(ben).not.toContain('Name the second factor.');
  // What is released is released in every view.
  expect(room.read('out/ann/report.html')).toContain('Name the second factor.');
  expect(room.results().submissions.every(({ released }) => released === true)).toBe(true);
});

test('without marks the pages are those of the checks alone, at the level that was asked for', async () => {
  expect((await publish('--without-marks', '--feedback', 'score')).code).toBe(0);
  const ann = room.read('given/ann/report.html');
  for (const hidden of ['Name the second factor.', 'Applies the chain rule']) expect(ann).not.toContain(hidden);
  const wrong = (level: string) => room.read(`given/${level}/report.html`).includes('The gradient has the wrong sign.');
  const cem = readdirSync(join(room.folder, 'given')).find((name) => name.startsWith('cem-'))!;
  expect(wrong(cem)).toBe(false);
  expect((await publish('--feedback', 'full')).says).toContain('0 new, 3 changed, 0 as before');
  expect(wrong(cem)).toBe(true);
  const back = await publish('--without-marks');
  expect([back.code, back.complains.includes('was released before, and stays so')]).toEqual([2, true]);
});

test('published again, it says what changed, and whoever is held keeps the page of before', async () => {
  await publish();
  const before = room.read('given/ben/report.html');
  room.say(
    { ...signed, kind: 'adjusted', student: 'ann', task: 'Q1', points: 8, why: 'The sheet had a slip.' },
    { ...signed, kind: 'adjusted', student: 'ben', task: 'Q1', points: 8, why: 'The same.' },
    { ...signed, kind: 'held', student: 'ben', why: 'We talk first.' },
  );
  const run = await publish();
  expect(run.code).toBe(3);
  expect(run.says).toMatch(/Since \d+ \w+ 20\d\d, \d\d:\d\d UTC: 0 new, 1 changed, 1 as before\.\n {2}changed: ann\n/);
  expect(run.complains).toBe(
    'Held, not published: ben (Name of ben), because: We talk first; the page of before stays',
  );
  expect(room.read('given/ben/report.html')).toBe(before);
  expect(room.read('given/ann/report.html')).toContain('The sheet had a slip.');
});

test('a publication that was killed is taken up again: its drafts go, its pages are ours', async () => {
  await publish();
  writeFileSync(join(room.folder, 'given/ann/report.html.123.part'), '<html>');
  expect((await publish()).code).toBe(0);
  expect(existsSync(join(room.folder, 'given/ann/report.html.123.part'))).toBe(false);
});

test('a folder that holds anything else, or is for staff, is refused and stays as it is', async () => {
  const refused = async (to: string, says: string) => {
    const run = await room.gradmark('publish', 'out', '--to', to);
    expect([run.code, run.says]).toEqual([2, '']);
    expect(run.complains).toContain(says);
  };
  mkdirSync(join(room.folder, 'site'));
  writeFileSync(join(room.folder, 'site/index.html'), 'mine');
  await refused('site', 'site holds what was not published there (index.html): give a new folder');
  expect(filesIn('site')).toEqual(['index.html']);
  await refused('out/pages', 'lie in each other');
  await refused('.', 'lie in each other');
  symlinkSync('out', join(room.folder, 'link'));
  await refused('link/pages', 'lie in each other');
  await publish();
  writeFileSync(join(room.folder, 'given/ann/notes.txt'), 'mine');
  await refused('given', 'given holds what was not published there (ann/notes.txt)');
  rmSync(join(room.folder, 'given/ann'), { recursive: true });
  symlinkSync('../out/ann', join(room.folder, 'given/ann'));
  await refused('given', '(ann)');
  rmSync(join(room.folder, 'given/ann'));
  writeFileSync(join(room.folder, 'given/.gradmark-published'), 'of another class\n');
  await refused('given', 'holds the pages of another class');
  expect(readFileSync(join(room.folder, 'given/.gradmark-published'), 'utf8')).toBe('of another class\n');
});
