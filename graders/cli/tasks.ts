/** `gradmark tasks`: courseworks and their tasks, with kinds, marks, what is automatic, and how many checks there are. */
import type { Command } from 'commander';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { countFixtures } from './fixtures-count.ts';
import { assignmentsOption } from './options.ts';
import type { Finish } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';

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

/** Adds the command to the program. */
export function addTasks(program: Command, finish: Finish): void {
  program
    .command('tasks')
    .summary('what there is to grade')
    .description(
      'Lists every coursework with its tasks: kinds, marks, the automatic and the manual share, checks, fixtures.',
    )
    .argument('[assignment]', 'only this coursework')
    .option('--json', 'print one JSON document')
    .addOption(assignmentsOption())
    .action(async (slug: string | undefined, options: { json?: boolean; assignments: string[] }) => {
      const folders = [...(await listCourseworks(options.assignments))].filter(
        ([name]) => slug === undefined || name === slug,
      );
      const rows = await Promise.all(folders.map(async ([, folder]) => rowOf(await openCoursework(folder))));
      process.stdout.write(options.json === true ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(text).join('\n'));
      finish(exitCodes.done);
    });
}

async function rowOf({ assignment, checks }: Coursework): Promise<CourseworkRow> {
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
    fixtures: await countFixtures(assignment.slug),
    tasks,
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const sum = (values: readonly number[]) => round(values.reduce((total, value) => total + value, 0));

function text(row: CourseworkRow): string {
  const width = Math.max(...row.tasks.map((task) => task.id.length), 4);
  const head = `${row.slug}: ${row.title}\n  ${row.tasks.length} tasks, ${row.marks} marks (${row.automatic} automatic, ${row.manual} by a person), ${row.checks} checks, ${row.fixtures} fixtures\n`;
  const lines = row.tasks.map(
    (task) =>
      `  ${task.id.padEnd(width)}  ${String(task.marks).padStart(5)}  auto ${String(task.automatic).padStart(5)}  manual ${String(task.manual).padStart(4)}  ${String(task.checks).padStart(2)} checks  ${task.kinds.join(', ').padEnd(28)}  ${task.title}`,
  );
  return `${head}${lines.join('\n')}\n`;
}
