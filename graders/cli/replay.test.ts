/** `gradmark replay` over work whose grade is repeated by the same grader, and by another. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documented } from './documented.testing.ts';
import { tinyCourse } from './regrade.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { write, wants, gradmark } = tinyCourse(folder);
const own = ['--assignments', 'courses'];

beforeAll(() => {
  wants('red');
  write('class/ada-l/words.ts', "export const word = () => 'red';\n");
  const graded = gradmark('grade', 'tiny-words', 'class', '--out', 'out', ...own);
  expect(graded.code, graded.says).toBe(0);
});

test('by the same grader the grade is the same, and ends with 0', () => {
  const same = { code: 0, out: 'The same: 3 checks of ada-l.\n', says: '' };
  expect(gradmark('replay', 'out', 'ada-l', 'class', ...own)).toEqual(same);
  // The record holds what was handed in: the folder of the class is not needed.
  renameSync(join(folder, 'class'), join(folder, 'moved'));
  const [replay] = documented('regrading.md').filter(([name]) => name === 'replay');
  expect(gradmark(...replay!, ...own)).toEqual(same);
});

test('a grader of another version says so first, then which checks differ, and ends with 1', () => {
  wants('blue');
  const { code, out } = gradmark('replay', 'out', 'ada-l', ...own);
  expect(code).toBe(1);
  const [first, second, third] = out.split('\n');
  expect(first).toMatch(/^Graded by another grader: gradmark .* \([0-9a-f]{8}\), now .* \([0-9a-f]{8}\)\.$/);
  expect([second, third]).toEqual(['1 of 3 checks of ada-l differ:', '  t1.word: pass 3 / 3 → fail 0 / 3']);
});

test('what cannot be repeated gets a sentence and exit code 2', () => {
  expect(gradmark('replay', 'out', 'ada', 'class', ...own).says).toContain(
    'Nobody here has the id "ada": did you mean ada-l?',
  );
  write('other/ada-l/words.ts', 'export const word = 1;\n');
  expect(gradmark('replay', 'out', 'ada-l', 'other', ...own).says).toContain(
    'is other work of ada-l than what was graded',
  );
  for (const words of [
    ['replay', 'out', 'ada-l'],
    ['regrade', 'out'],
  ]) {
    const run = gradmark(...words, '--roster', 'people.csv');
    expect([run.code, run.says]).toEqual([2, expect.stringContaining('--roster says whose the work')]);
  }
  write('other-secret', 'a'.repeat(40));
  const other = gradmark('replay', 'out', 'ada-l', '--secret-file', 'other-secret', ...own);
  expect([other.code, other.says]).toEqual([2, expect.stringContaining('was graded with another secret')]);
});
