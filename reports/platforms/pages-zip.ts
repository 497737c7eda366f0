/** Students' pages in one archive. */
import { zipSync } from 'fflate';
import type { Results } from '../../graders/model/grade.ts';
import { openPages } from '../pages.ts';
import { viewStudentPage } from '../student-page.ts';

/** The pages at these paths; the time on them is that of the results, so that the same pages are the same archive. */
export function pagesZip(results: Results, places: ReadonlyMap<string, string>): Uint8Array {
  const pages = openPages();
  const bytes = (id: string) => new TextEncoder().encode(pages.student(viewStudentPage(results, id)));
  const files = Object.fromEntries([...places].map(([path, id]) => [path, bytes(id)]));
  return zipSync(files, { mtime: results.finishedAt });
}
