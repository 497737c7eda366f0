/** A finished batch as files that people read: the class page for staff, one self-contained page for each student. */
import { join } from 'node:path';
import { letGo, lettingGo } from '../graders/collect.ts';
import { toJson } from '../graders/gradebook/json.ts';
import { makeFolder, writeWhole } from '../graders/gradebook/write-whole.ts';
import type { Results } from '../graders/model/grade.ts';
import { attemptPage } from './class-oddities.ts';
import type { ClassView } from './class-view.ts';
import { viewClass } from './class-view.ts';
import { disclose } from './disclose.ts';
import { folderNames } from './folder-names.ts';
import { gradesCsv } from './grades-csv.ts';
import { openPages } from './pages.ts';
import { viewStudentPage } from './student-page.ts';

interface SiteFiles {
  index: string;
  csv: string;
  /** Student id to the path of their page. */
  reports: Map<string, string>;
  /** Student id to why their page could not be written; the others' are there. */
  unwritten: Map<string, string>;
  /** What the class page says. */
  view: ClassView;
}

/**
 * Writes `index.html`, `grades.csv` and, per submission, `<folder>/report.html` and `<folder>/result.json` (the same
 * facts for programs), both at the feedback level of the batch; beside them, for staff, a page of each attempt that does not count. results.json is the gradebook's and is not touched. The class
 * page compares with the results `before`, where there are any. A page that cannot be written is told and stops no other.
 */
export async function writeSite(results: Results, outDir: string, before?: Results): Promise<SiteFiles> {
  const pages = openPages();
  const folders = folderNames(results);
  const files: Omit<SiteFiles, 'view'> = {
    index: join(outDir, 'index.html'),
    csv: join(outDir, 'grades.csv'),
    reports: new Map(),
    unwritten: new Map(),
  };
  for (const { id, others = [] } of lettingGo(results.submissions)) {
    const folder = folders.get(id)!;
    const report = join(outDir, folder, 'report.html');
    try {
      await makeFolder(join(outDir, folder));
      await writeWhole(report, pages.student(viewStudentPage(results, id)));
      await writeWhole(join(outDir, folder, 'result.json'), toJson(disclose(results, id)));
      for (const [i, other] of others.entries()) {
        const page = pages.student(viewStudentPage({ ...results, submissions: [other] }, id));
        await writeWhole(join(outDir, folder, attemptPage(i)), page);
      }
      files.reports.set(id, report);
    } catch (error) {
      files.unwritten.set(id, error instanceof Error ? error.message : String(error));
    }
  }
  await writeWhole(files.csv, gradesCsv(results));
  letGo(folders.size);
  const view = viewClass(results, before);
  letGo(folders.size);
  await writeWhole(files.index, pages.class(view));
  return { ...files, view };
}
