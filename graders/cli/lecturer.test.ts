import { Writable } from 'node:stream';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isShipped } from '../coursework.ts';
import type { Results } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { exitCodes } from './exit-codes.ts';
import { tellBroken } from './lecturer.ts';

/** Results with one check that broke with this stack. */
const brokenBy = (staff: string) =>
  ({
    submissions: [{ held: true, tasks: [{ checks: [{ id: 't1.values', outcome: 'broken', staff }] }] }],
  }) as unknown as Results;

function told(folder: string, staff: string): { code: number; says: string } {
  let says = '';
  const stream = new Writable({ write: (chunk, _, done) => ((says += String(chunk)), done()) });
  return { code: tellBroken(brokenBy(staff), { folder }, stream, exitCodes.done), says };
}

test('a folder beside the shipped courseworks, or elsewhere in the checkout, is a teacher’s', () => {
  expect(isShipped(join(packageRoot, 'assignments', 'numpy-mlp-digits'))).toBe(true);
  for (const own of ['assignments-of-mine/sums', 'my-courses/sums', '../gradmark-courses/sums']) {
    expect(isShipped(join(packageRoot, own))).toBe(false);
    expect(told(join(packageRoot, own), 'TypeError: no').code).toBe(exitCodes.usage);
  }
});

test('what breaks in a shipped coursework is ours', () => {
  const { code, says } = told(join(packageRoot, 'assignments', 'numpy-mlp-digits'), 'TypeError: no');
  expect([code, says]).toEqual([exitCodes.ours, '']);
});

test('what a message quotes of a student’s program cannot steer the terminal', () => {
  const { says } = told(
    '/courses/sums',
    'Error: got \u001b[2Jall right\u0007\n    at run (file:///courses/sums/checks.ts:12:5)',
  );
  expect(says).toContain('at checks.ts:12:5');
  // eslint-disable-next-line no-control-regex
  expect(says).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});
