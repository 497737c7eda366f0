/** What `gradmark tasks` does: every coursework is opened and counted. */
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { count } from '../../reports/format.ts';
import type { Coursework } from '../coursework.ts';
import { hasChecks, listCourseworks, openCoursework, openPractice } from '../coursework.ts';
import { exitCodes } from './exit-codes.ts';
import { countFixtures } from './fixtures-count.ts';

export interface TasksOptions {
  json?: boolean;
  assignments: string[];
}

interface TaskRow {
  id: string;
  title: string;
  kinds: string[];
  marks: number;
  automatic: number;
  manual: number;
  checks: number;
}

interface CourseworkRow {
  slug: string;
  title: string;
  marks: number;
  automatic: number;
  manual: number;
  checks: number;
  fixtures: number;
  tasks: TaskRow[];
}

/** Prints the courseworks, or the one of this name; returns the exit code. */
export async function runTasks(slug: string | undefined, options: TasksOptions): Promise<number> {
  const found = await listCourseworks(options.assignments);
  const folders = slug === undefined ? [...found.values()] : [assignmentFolder(found, slug)];
  const rows = await Promise.all(
    folders.map(async (folder) => rowOf(await (hasChecks(folder) ? openCoursework(folder) : openPractice(folder)))),
  );
  process.stdout.write(options.json === true ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(text).join('\n'));
  return exitCodes.done;
}

async function rowOf({ assignment, checks, folder }: Coursework): Promise<CourseworkRow> {
  const tasks = assignment.tasks.map((task) => {
    const own = checks.filter((check) => check.task === task.id);
    const manual = sum(own.filter((check) => check.manual === true).map((check) => check.points));
    return {
      id: task.id,
      title: task.title,
      kinds: task.kinds,
      marks: task.marks,
      automatic: round(task.marks - manual),
      manual,
      checks: own.length,
    };
  });
  return {
    slug: assignment.slug,
    title: assignment.title,
    marks: sum(tasks.map((task) => task.marks)),
    automatic: sum(tasks.map((task) => task.automatic)),
    manual: sum(tasks.map((task) => task.manual)),
    checks: checks.length,
    fixtures: await countFixtures(folder, assignment.slug),
    tasks,
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const sum = (values: readonly number[]) => round(values.reduce((total, value) => total + value, 0));

function text(row: CourseworkRow): string {
  const width = Math.max(...row.tasks.map((task) => task.id.length), 4);
  const head = `${row.slug}: ${row.title}\n  ${count(row.tasks.length, 'task')}, ${count(row.marks, 'mark')} (${row.automatic} automatic, ${row.manual} by a person), ${count(row.checks, 'check')}${row.fixtures === 0 ? '' : `, ${count(row.fixtures, 'fixture')}`}\n`;
  const lines = row.tasks.map(
    (task) =>
      `  ${task.id.padEnd(width)}  ${String(task.marks).padStart(5)}  auto ${String(task.automatic).padStart(5)}  manual ${String(task.manual).padStart(4)}  ${String(task.checks).padStart(2)} ${(task.checks === 1 ? 'check' : 'checks').padEnd(6)}  ${task.kinds.join(', ').padEnd(28)}  ${task.title}`,
  );
  return `${head}${lines.join('\n')}\n`;
}
