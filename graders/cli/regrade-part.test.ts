/** A folder in which some tasks were graded is regraded for those, and students are told of no other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import { tinyCourse } from './regrade.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-part-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { write, read, wants, gradmark } = tinyCourse(folder);
const own = ['--assignments', 'courses'];
const ann = () => (JSON.parse(read('out/results.json')) as Results).submissions[0]!;

test('what was left out of the grading is not missed in a regrade either', () => {
  wants('red');
  write('class/ann/words.ts', "export const word = () => 'blue';\n");
  expect(gradmark('grade', 'tiny-words', 'class/ann', '--out', 'out', '--only', 'T1', ...own).code).toBe(0);
  expect([ann().score, ann().notes]).toEqual([1, []]);
  wants('blue');
  expect(gradmark('regrade', 'out', 'class/ann', ...own).code).toBe(0);
  expect(gradmark('regrade', 'out', '--approve', 'all').code).toBe(0);
  expect([ann().score, ann().notes]).toEqual([4, []]);
});
