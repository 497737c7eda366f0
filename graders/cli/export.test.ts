/** `gradmark export` as a teaching assistant runs it: files, streams and exit codes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { execaSync } from 'execa';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { documented } from './documented.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-export-'));
afterAll(() => rmSync(folder, { recursive: true }));
const gradmarkIn = (cwd: string, ...words: string[]) =>
  execaSync(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...words], {
    ...{ cwd, reject: false, stripFinalNewline: false },
  });
const gradmark = (...words: string[]) => gradmarkIn(folder, ...words);

const table = (mark: string) => `id;Lab 1\r\nann;${mark}\r\nbo;\r\n`;
beforeAll(() => {
  mkdirSync(join(folder, 'ann'));
  writeFileSync(join(folder, 'ann', 'answers.md'), '# Answers\n');
  writeFileSync(join(folder, 'table.csv'), table(''));
  const graded = gradmark('grade', 'boston-init-mnist-grads', 'ann', '--out', 'out', '--only', 'Q1a');
  expect(graded.exitCode, graded.stderr).toBe(0);
});

test('the table that is filled goes to a file of its own, for its owner alone; who is left makes it exit 3', () => {
  const words = ['export', 'out', '--to', 'csv', '--into', 'table.csv', '--column', 'Lab 1', '--out', 'filled.csv'];
  const run = gradmark(...words);
  expect([run.exitCode, run.stdout]).toEqual([3, '']);
  expect(run.stderr).toContain(
    '1 row filled in the column "Lab 1". Written: filled.csv\nLeft as it was (1):\n  bo: has a row and no grade.\n',
  );
  expect(readFileSync(join(folder, 'filled.csv'), 'utf8')).toBe(table('0'));
  expect(readFileSync(join(folder, 'table.csv'), 'utf8')).toBe(table(''));
  expect(statSync(join(folder, 'filled.csv')).mode & 0o777).toBe(0o600);
  const again = gradmark(...words);
  expect([again.exitCode, again.stderr]).toEqual([
    ...[2, 'gradmark: filled.csv exists already: name another file, or replace it with --overwrite.\n'],
  ]);
  expect(gradmark(...words, '--overwrite').exitCode).toBe(3);
});

test('without a table to fill csv and json are made, on stdout', () => {
  const csv = gradmark('export', 'out', '--to', 'csv');
  expect([csv.exitCode, parse(csv.stdout)]).toEqual([
    0,
    [['id', 'name', 'number', 'email', 'mark', 'max', 'left'], expect.arrayContaining(['ann', '0', '']) as string[]],
  ]);
  const json = JSON.parse(gradmark('export', 'out', '--to', 'json').stdout) as { marks: unknown[] };
  expect(json.marks).toMatchObject([{ id: 'ann', mark: 0 }]);
});

test('what is exported is what the gradebook holds, though whoever marked was ended before the files said so', () => {
  const view = join(folder, 'out/results.json');
  const before = readFileSync(view);
  expect(gradmark('adjust', 'out', 'ann', 'Q1a', '1', '--why', 'It is there.').exitCode).toBe(0);
  writeFileSync(view, before);
  const json = JSON.parse(gradmark('export', 'out', '--to', 'json').stdout) as { marks: unknown[] };
  expect(json.marks).toMatchObject([{ id: 'ann', mark: 1 }]);
});

test('the line of the page for Canvas gives pages the names of the uploads that it takes them back for', () => {
  const words = documented('export.md').find((all) => all.includes('--downloaded'))!;
  const place = join(folder, 'canvas');
  mkdirSync(place);
  const encode = (text: string) => new TextEncoder().encode(text);
  const downloaded = zipSync({
    'byrneann_1201_5501_answers.md': encode('# Answers\n'),
    'byrneann_1201_5502_answers-1.md': encode('# Other answers\n'),
  });
  writeFileSync(join(place, words.at(-1)!), downloaded);
  const graded = gradmarkIn(place, 'grade', 'boston-init-mnist-grads', words.at(-1)!, '--out', 'out', '--only', 'Q1a');
  expect(graded.exitCode, graded.stderr).toBe(0);
  const run = gradmarkIn(place, ...words);
  expect([run.exitCode, run.stderr]).toEqual([0, '1 page in the archive. Written: pages.zip\n']);
  const pages = unzipSync(readFileSync(join(place, 'pages.zip')));
  expect(Object.keys(pages)).toEqual(['byrneann_1201_5502_answers-1.html']);
});

test.each([
  [['--to', 'moodle'], '--to moodle fills the table that Moodle exports: name it with --into.'],
  [['--to', 'csv', '--into', 'none.csv'], 'none.csv cannot be read (ENOENT)'],
  [['--to', 'csv', '--into', 'table.csv'], 'choose with --column one of "Lab 1"'],
  [['--to', 'canvas', '--feedback', 'pages.zip'], 'name what you downloaded with --downloaded'],
])('%s is refused in a sentence', (options, says) => {
  const run = gradmark('export', 'out', ...options);
  expect([run.exitCode, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toContain(says);
});
