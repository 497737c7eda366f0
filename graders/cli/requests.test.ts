/** What students ask of their grades, noted, listed and answered on the command line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resultsProblems } from '../../reports/results-schema.testing.ts';
import { documented } from './documented.testing.ts';
import { smallClass } from './small-class.testing.ts';

let room: ReturnType<typeof smallClass>;
beforeEach(() => {
  room = smallClass(['ada-l', 'ben-k']);
});
afterEach(() => room.remove());

const page = () => room.read('out/ada-l/report.html');
const commands = documented('regrading.md');
const command = (name: string) => commands.find(([first]) => first === name)!;
const number = (says: string) => /^Request (\d+) /.exec(says)![1]!;

test('a request is listed until it is answered, and its student reads the answer; nobody else does', async () => {
  const hostile = 'Why <b>0</b>?\u001b[2J';
  writeFileSync(join(room.folder, 'mail.txt'), hostile);
  const noted = await room.gradmark(...command('request'));
  expect([noted.code, noted.complains]).toEqual([0, '']);
  const id = number(noted.says);
  const listed = (await room.gradmark(...command('requests'))).says;
  expect(listed).toMatch(new RegExp(`^${id}  ada-l  Q1  .*  open\n    Why <b>0</b>\\?`));
  expect(listed).not.toContain('\u001b');
  expect(page()).toContain('About Q1');
  expect(page()).toContain('Why &lt;b&gt;0&lt;/b&gt;?');
  expect(room.read('out/index.html')).toContain('Asked about');

  const answered = await room.gradmark(...command('answer'), '--as', 'kim');
  expect([answered.code, answered.complains]).toEqual([0, '']);
  expect(page()).toMatch(/you are right\.[^]*The sign was right\./);
  for (const file of ['report.html', 'result.json']) expect(room.read(`out/ada-l/${file}`)).not.toContain('kim');
  expect(room.read('out/ben-k/report.html')).not.toContain('The sign was right.');
  expect(room.read('out/index.html')).not.toContain('Asked about');
  expect((await room.gradmark('requests', 'out', '--open')).says).toBe('No request waits for an answer.');
  expect(JSON.parse((await room.gradmark('requests', 'out', '--json')).says)).toMatchObject([
    { student: 'ada-l', task: 'Q1', text: hostile, answer: { upheld: true, by: 'kim' } },
  ]);
  // Marks stay as they are until somebody changes them.
  expect(room.results().submissions[0]).toMatchObject({ id: 'ada-l', score: 3, requests: [{ number: Number(id) }] });
  expect(resultsProblems(room.results())).toEqual([]);
});

test('a second answer takes the place of the first only where that is said', async () => {
  const id = number((await room.gradmark('request', 'out', 'ada-l', '--text', 'Why?')).says);
  await room.gradmark('answer', 'out', id, '--text', 'No.', '--as', 'kim');
  const second = await room.gradmark('answer', 'out', id, '--text', 'Yes.', '--as', 'lee');
  expect([second.code, second.complains]).toEqual([2, expect.stringContaining(`kim has answered request ${id}`)]);
  expect(page()).toContain('No.');
  expect((await room.gradmark('answer', 'out', id, '--text', 'Yes.', '--instead')).code).toBe(0);
  expect(page()).toContain('Yes.');
});

test.each([
  [['request', 'out', 'ada-m', '--text', 'Why?'], 'did you mean ada-l?'],
  [['request', 'out', 'ada-l', '--task', 'Q9', '--text', 'Why?'], 'Nothing called "Q9" was graded of ada-l'],
  [['request', 'out', 'ada-l'], 'Say it with --text'],
  [['request', 'out', 'ada-l', '--text', ' '], '--text is empty'],
  [['request', 'out', 'ada-l', '--file', 'no.txt'], 'no.txt cannot be read (ENOENT)'],
  [['answer', 'out', '99', '--text', 'No.'], 'There is no request 99 in out'],
  [['requests', 'elsewhere'], 'elsewhere holds no gradebook'],
])('%j is refused in a sentence', async (words, says) => {
  const run = await room.gradmark(...words);
  expect([run.code, run.says]).toEqual([2, '']);
  expect(run.complains).toContain(says);
});
