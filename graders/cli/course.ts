/** Which course file holds for a batch: the one that is named, which its folder then keeps, or the one that was kept. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plainLine } from '../../reports/plain-text.ts';
import type { LateRule } from '../course/late-rule.ts';
import { lateRule } from '../course/late-rule.ts';
import { CourseError, readCourse } from '../course/read-course.ts';
import { unclearExtensions } from '../course/under-rule.ts';
import { listCourseworks } from '../coursework.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import type { Results } from '../model/grade.ts';
import { readPlainText } from '../plain-file.ts';

/** The rule for a coursework; undefined where no course file was ever named for the folder. */
export async function ruleFor(
  slug: string,
  { course, out, assignments }: { course?: string | undefined; out: string; assignments: readonly string[] },
): Promise<LateRule | undefined> {
  const kept = join(out, 'course.json');
  const path = course ?? (existsSync(kept) ? kept : undefined);
  if (path === undefined) return undefined;
  const file = await readCourse(path, (await listCourseworks([...assignments])).keys());
  const rule = lateRule(file, slug);
  if (rule === undefined) {
    throw new CourseError(`${path}: assignments does not name ${slug}: add "${slug}": { "due": "…" } to it`);
  }
  if (path !== kept) await writeWhole(kept, await readPlainText(path));
  return rule;
}

/** Says of which extensions it is not clear whose they are. */
export function tellUnclear(rule: LateRule | undefined, results: Results, stream: NodeJS.WritableStream): void {
  for (const sentence of rule === undefined ? [] : unclearExtensions(rule, results.submissions)) {
    stream.write(`${plainLine(sentence)}\n`);
  }
}
