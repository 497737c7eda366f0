/** What students ask of their grades, noted, listed and answered on the command line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resultsProblems } from '../../reports/results-schema.testing.ts';
import { smallClass } from './small-class.testing.ts';

let room: ReturnType<typeof smallClass>;
beforeEach(() => {
  room = smallClass(['ann', 'ben']);
});
afterEach(() => room.remove());

const page = () => room.read('out/ann/report.html');
const number = (says: string) => /^Request (\d+) /.exec(says)![1]!;

test('a request is listed until it is answered, and its student reads the answer; nobody else does', async () => {
  const hostile = 'Why <b>0</b>?\u001b[2J';
  writeFileSync(join(room.folder, 'mail.txt'), hostile);
  const noted = await room.gradmark('request', 'out', 'ann', '--task', 'Q1', '--file', 'mail.txt');
  expect([noted.code, noted.complains]).toEqual([0, '']);
  const id = number(noted.says);
  const listed = (await room.gradmark('requests', 'out', '--open')).says;
  expect(listed).toMatch(new RegExp(`^${id}  ann  Q1  .*  open\n    Why <b>0</b>\\?`));
  expect(listed).not.toContain('\u001b');
  expect(page()).toContain('About Q1');
  expect(page()).toContain('Why &lt;b&gt;0&lt;/b&gt;?');
  expect(room.read('out/index.html')).toContain('Asked about');

  const answered = await room.gradmark('answer', 'out', id, '--text', 'The sum is right.', '--upheld', '--as', 'kim');
  expect([answered.code, answered.complains]).toEqual([0, '']);
  expect(page()).toMatch(/you are right\.[^]*The sum is right\./);
  for (const file of ['report.html', 'result.json']) expect(room.read(`out/ann/${file}`)).not.toContain('kim');
  expect(room.read('out/ben/report.html')).not.toContain('The sum is right.');
  expect(room.read('out/index.html')).not.toContain('Asked about');
  expect((await room.gradmark('requests', 'out', '--open')).says).toBe('No request waits for an answer.');
  expect(JSON.parse((await room.gradmark('requests', 'out', '--json')).says)).toMatchObject([
    { student: 'ann', task: 'Q1', text: hostile, answer: { upheld: true, by: 'kim' } },
  ]);
  // Marks stay as they are until somebody changes them.
  expect(room.results().submissions[0]).toMatchObject({ id: 'ann', score: 3, requests: [{ number: Number(id) }] });
  expect(resultsProblems(room.results())).toEqual([]);
});

test('a second answer takes the place of the first only where that is said', async () => {
  const id = number((await room.gradmark('request', 'out', 'ann', '--text', 'Why?')).says);
  await room.gradmark('answer', 'out', id, '--text', 'No.', '--as', 'kim');
  const second = await room.gradmark('answer', 'out', id, '--text', 'Yes.', '--as', 'lee');
  expect([second.code, second.complains]).toEqual([2, expect.stringContaining(`kim has answered request ${id}`)]);
  expect(page()).toContain('No.');
  expect((await room.gradmark('answer', 'out', id, '--text', 'Yes.', '--instead')).code).toBe(0);
  expect(page()).toContain('Yes.');
});

test.each([
  [['request', 'out', 'anm', '--text', 'Why?'], 'did you mean ann?'],
  [['request', 'out', 'ann', '--task', 'Q9', '--text', 'Why?'], 'Nothing called "Q9" was graded of ann'],
  [['request', 'out', 'ann'], 'Say it with --text'],
  [['request', 'out', 'ann', '--text', ' '], '--text is empty'],
  [['request', 'out', 'ann', '--file', 'no.txt'], 'no.txt cannot be read (ENOENT)'],
  [['answer', 'out', '99', '--text', 'No.'], 'There is no request 99 in out'],
  [['requests', 'elsewhere'], 'elsewhere holds no gradebook'],
])('%j is refused in a sentence', async (words, says) => {
  const run = await room.gradmark(...words);
  expect([run.code, run.says]).toEqual([2, '']);
  expect(run.complains).toContain(says);
});
