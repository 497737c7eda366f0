/** A course file given to `gradmark grade`: told what is wrong with it, applied, and remembered. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { documented } from './documented.testing.ts';
import { commandIn } from './in-process.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-course-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [out, slug] = [join(folder, 'out'), 'boston-init-mnist-grads'];
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

/** The command of a page, one task of it. */
function grade(page: string) {
  const [words] = documented(page);
  return commandIn(folder, [...words!, '--only', 'Q1a']);
}
function gradeWith(course: unknown) {
  write('course.json', JSON.stringify(course));
  return grade('course-file.md');
}

const courseOf = (terms: object, name = slug) => ({ schema: 'gradmark/course/v1', assignments: { [name]: terms } });
const classOf = (...who: string[]) =>
  zipSync(Object.fromEntries(who.map((id) => [`${id}/answers.md`, new TextEncoder().encode('# Answers\n')])));
write('class.zip', classOf('ada-l', 'bo-s'));
write('monday.zip', classOf('ada-l', 'bo-s'));
write('tuesday.zip', classOf('cy-a', 'dee-t'));
write('people.csv', 'name,username\nAda Lovelace,ada-l\nBo Sun,bo-s\nCy Adams,cy-a\nDee Tao,dee-t\nEli Absent,eli-a\n');

test('what is wrong with a course file is told before anything is graded', async () => {
  const wrong = await gradeWith(courseOf({ due: '2026-11-20T23:59', penalty: { percent: 10 } }));
  expect([wrong.code, wrong.says]).toEqual([2, '']);
  expect(wrong.complains).toContain('penalty.per is missing');
  const elsewhere = await gradeWith(courseOf({ due: '2026-11-20T23:59Z' }, 'transformers'));
  expect([elsewhere.code, elsewhere.complains.includes(`does not name ${slug}`)]).toEqual([2, true]);
});

test('a course file is applied, told where it is unclear, and remembered', async () => {
  const [, course] = /```json\n([^]*?)```/.exec(readFileSync(join(packageRoot, 'docs/course-file.md'), 'utf8'))!;
  const first = await gradeWith(JSON.parse(course!));
  expect(first.code, first.complains).toBe(0);
  const lateness = () =>
    (JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as { submissions: { lateness?: object }[] })
      .submissions[0]!.lateness;
  const says = { because: expect.stringContaining('Due 20 November 2026, 23:59 (Europe/Dublin)') as string };
  expect(lateness()).toMatchObject(says);
  expect(first.complains).toContain('The extension of "ada@uni.example" is nobody\'s');
  expect(statSync(join(out, 'course.json')).mode & 0o777).toBe(0o600);
  rmSync(join(folder, 'course.json'));
  const sections = await grade('hand-in.md');
  expect([sections.code, sections.complains]).toEqual([0, expect.stringContaining('on the roster: Eli Absent')]);
  expect(lateness()).toMatchObject(says);
});
