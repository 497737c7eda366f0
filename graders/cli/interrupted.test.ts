/** A batch that somebody ends in the middle says how far it came, everywhere, and the same command goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { tinyCourse } from './regrade.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-interrupted-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { write, read, wants } = tinyCourse(folder);
const words = ['grade', 'tiny-words', 'class', '--out', 'out', '--assignments', 'courses', '--jobs', '1'];
const start = () =>
  execa(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...words], { cwd: folder, reject: false });

test('two of four graded is told on the terminal, in results.json and on the class page, and ends with 130', async () => {
  wants('red');
  // From the second student on the check waits for a file.
  write(
    'courses/tiny-words/file.ts',
    `
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { pass } from 'gradmark/check';
const run = async ({ submission }) => {
  while (submission.id !== 'ann' && !existsSync(${JSON.stringify(join(folder, 'go'))})) await setTimeout(20);
  return pass();
};
export const file = { id: 't1.file', task: 'T1', title: 'The file', asks: 'The file.', points: 1, run };
`,
  );
  for (const who of ['ann', 'ben', 'cem', 'dan']) write(`class/${who}/words.ts`, `export const word = () => 'red';\n`);
  const run = start();
  let talk = '';
  let heard: (() => void) | undefined;
  run.stderr.on('data', (data) => {
    talk += String(data);
    heard?.();
  });
  const until = (word: string) =>
    new Promise<void>((said) => {
      heard = () => {
        if (talk.includes(word)) said();
      };
      heard();
    });
  await until('[1/4] ann');
  run.kill('SIGINT');
  // What is under way is finished.
  await until('Finishing what runs');
  write('go', '');
  const { exitCode, stderr } = await run;
  expect([exitCode, stderr]).toEqual([130, expect.stringContaining('2 of 4 are graded: the same command goes on')]);
  const results = () => JSON.parse(read('out/results.json')) as Results;
  expect([results().of, results().submissions.map(({ id }) => id)]).toEqual([4, ['ann', 'ben']]);
  expect(read('out/index.html')).toContain('2 of 4 graded');
  expect((await start()).exitCode).toBe(0);
  expect([results().of, results().submissions.length]).toEqual([undefined, 4]);
  expect(read('out/index.html')).not.toContain('of 4 graded');
});
