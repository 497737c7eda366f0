/** What students get to see when a class is published: a page each, a hash of what it says, and what that changes. */
import { createHash } from 'node:crypto';
import { toJson } from '../graders/gradebook/json.ts';
import type { FeedbackLevel, Grade, Results } from '../graders/model/grade.ts';
import { disclose } from './disclose.ts';
import { openPages } from './pages.ts';
import { viewStudentPage } from './student-page.ts';

/** The results as students see them from now on: at this level, with what people gave or as far as it was released before. */
export const toPublish = (results: Results, feedback: FeedbackLevel, marks: boolean): Results => ({
  ...results,
  feedback,
  submissions: results.submissions.map((grade) => (marks ? { ...grade, released: true } : grade)),
});

/** Students' pages, each made when it is asked for. */
export function studentPages(results: Results): (id: string) => string {
  const pages = openPages();
  return (id) => pages.student(viewStudentPage(results, id));
}

/** The same for whoever is told the same: when it was graded, and how long that took, is not part of it. */
export function hashOfShown(results: Results, id: string): string {
  const { startedAt: _, finishedAt: __, ...told } = disclose(results, id);
  const submissions = told.submissions.map((grade): Grade => {
    const tasks = grade.tasks.map((task) => ({ ...task, checks: task.checks.map((check) => ({ ...check, ms: 0 })) }));
    return { ...grade, tasks };
  });
  return createHash('sha256')
    .update(toJson({ ...told, submissions }, 0))
    .digest('hex');
}

/** Who is shown something for the first time, something else, and the same as before. */
export function changesSince(shown: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>) {
  const ids = [...shown.keys()];
  return {
    fresh: ids.filter((id) => !before.has(id)),
    changed: ids.filter((id) => before.has(id) && before.get(id) !== shown.get(id)),
    same: ids.filter((id) => before.get(id) === shown.get(id)),
  };
}
