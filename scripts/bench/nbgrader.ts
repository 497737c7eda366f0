/** nbgrader in a virtual environment of its own, and a course of it with notebooks that are handed in. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const packages = ['nbgrader==0.9.5', 'numpy', 'matplotlib', 'ipykernel'];

/** The environment's command, made when there is none; or why there can be none. */
export async function nbgraderCommand(): Promise<{ command: string } | { missing: string }> {
  const folder = join(tmpdir(), 'gradmark-bench-nbgrader-0.9.5');
  const command = join(folder, 'bin/nbgrader');
  if (existsSync(command)) return { command };
  const made = await execa('python3', ['-m', 'venv', folder], { reject: false });
  if (made.failed) return { missing: `python3 -m venv: ${made.stderr.slice(-300)}` };
  const got = await execa(join(folder, 'bin/python'), ['-m', 'pip', 'install', '-q', ...packages], { reject: false });
  return got.failed ? { missing: `pip install nbgrader: ${got.stderr.slice(-300)}` } : { command };
}

interface Cell {
  cell_type: string;
  source: string;
  metadata: object;
}

const tested = (cell: string, i: number): Cell => ({
  cell_type: 'code',
  source: cell,
  metadata: {
    nbgrader: {
      ...{ grade: true, grade_id: `t${i}`, locked: true, points: 1, schema_version: 3, solution: false, task: false },
      cell_type: 'code',
    },
  },
});

/** A course of one assignment whose notebook has these tests at its end, handed in by so many; gives what to run in it. */
export async function nbgraderCourse(
  command: string,
  course: string,
  { book, given, tests }: { book: string; given: string; tests: readonly string[] },
  students: number,
): Promise<readonly string[]> {
  const notebook = JSON.parse(book) as { cells: Cell[] };
  const cells = [...notebook.cells, ...tests.map(tested)].map((cell) => ({
    ...(cell.cell_type === 'code' ? { outputs: [], execution_count: null } : {}),
    ...cell,
  }));
  const text = JSON.stringify({ ...notebook, nbformat: 4, nbformat_minor: 4, cells });
  const put = (path: string) => {
    const place = join(course, path, 'ps1/homework.ipynb');
    mkdirSync(dirname(place), { recursive: true });
    cpSync(given, dirname(place), { recursive: true });
    writeFileSync(place, text);
  };
  put('source');
  for (let i = 0; i < students; i++) put(`submitted/student${i}`);
  writeFileSync(
    join(course, 'nbgrader_config.py'),
    `c = get_config()\nc.CourseDirectory.root = ${JSON.stringify(course)}\nc.ExecutePreprocessor.timeout = 600\n`,
  );
  // It starts programs of its environment by name, and reads its settings in the folder that it stands in.
  const start = [
    '/bin/sh',
    '-c',
    'cd "$0" && PATH="$1:$PATH" && shift && exec "$@"',
    course,
    dirname(command),
    command,
  ];
  await execa(start[0]!, [...start.slice(1), 'generate_assignment', 'ps1', '--force']);
  return [...start, 'autograde', 'ps1', '--force'];
}
