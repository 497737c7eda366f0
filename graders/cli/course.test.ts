/** A course file given to `gradmark grade`: told what is wrong with it, applied, and remembered. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-course-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [out, slug] = [join(folder, 'out'), 'boston-init-mnist-grads'];

function grade(course?: unknown) {
  const file = join(folder, 'course.json');
  if (course !== undefined) writeFileSync(file, JSON.stringify(course));
  const options = ['--out', out, '--only', 'Q1a', ...(course === undefined ? [] : ['--course', file])];
  const words = [join(packageRoot, 'bin/gradmark.js'), 'grade', slug, join(folder, 'ann'), ...options];
  return execaSync(process.execPath, words, { reject: false });
}

const courseOf = (terms: object, name = slug) => ({ schema: 'gradmark/course/v1', assignments: { [name]: terms } });
mkdirSync(join(folder, 'ann'));
writeFileSync(join(folder, 'ann', 'answers.md'), '# Answers\n');

test('what is wrong with a course file is told before anything is graded', () => {
  const wrong = grade(courseOf({ due: '2026-11-20T23:59', penalty: { percent: 10 } }));
  expect([wrong.exitCode, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain('penalty.per is missing');
  const elsewhere = grade(courseOf({ due: '2026-11-20T23:59Z' }, 'transformers'));
  expect([elsewhere.exitCode, elsewhere.stderr.includes(`does not name ${slug}`)]).toEqual([2, true]);
});

test('a course file is applied, told where it is unclear, and remembered', () => {
  const extensions = [{ who: 'Zed', until: '2026-11-21T23:59Z' }];
  const first = grade(courseOf({ due: '2026-11-20T23:59Z', extensions }));
  expect(first.exitCode, first.stderr).toBe(0);
  const lateness = () =>
    (JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as { submissions: { lateness?: object }[] })
      .submissions[0]!.lateness;
  const says = { because: expect.stringContaining('Due 20 November 2026, 23:59 UTC') as string };
  expect(lateness()).toMatchObject(says);
  expect(first.stderr).toContain('The extension of "Zed" is nobody\'s');
  expect(statSync(join(out, 'course.json')).mode & 0o777).toBe(0o600);
  rmSync(join(folder, 'course.json'));
  expect(grade().exitCode).toBe(0);
  expect(lateness()).toMatchObject(says);
});
