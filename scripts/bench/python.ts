/** What a class in Python costs: a submission of the backward tasks, beside its own calls in a bare interpreter and a bare import of numpy. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../graders/package-root.ts';
import type { BarePython } from './bare-python.ts';
import { openBarePython } from './bare-python.ts';
import { measure, median } from './cpu-of.ts';
import type { Line } from './lines.ts';
import { notIdle } from './machine.ts';

const slug = 'numpy-mlp-digits';
export const backwardTasks = '3.1,3.2,3.2s,3.3,3.4,3.5';
const [few, many] = [2, 12];
/** So often each is graded: the first class of all pays for what is staged once, and no other. */
const classes = 3;
const model = join(packageRoot, 'reference/python', slug);

/** All backward functions of the model solution, ten times, as a student would try them. */
const bareScript = `
import sys
sys.path[:0] = [${JSON.stringify(model)}, ${JSON.stringify(join(packageRoot, 'assignments', slug, 'starter-python'))}]
import numpy as np
from mlp import MLP
rng = np.random.default_rng(1)
x, y = rng.normal(size=(16, 64)), np.eye(10)[rng.integers(10, size=16)]
net = MLP([64, 32, 10], rng)
for _ in range(10):
    loss, tape = net.backward(x, y, 0.1)
print('done', len(tape))
`;

/** The cost of a further submission, as files and as a notebook. */
export async function benchPython(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-bench-python-'));
  const script = join(folder, 'bare.py');
  writeFileSync(script, bareScript);
  const python = await openBarePython();
  const bare: number[] = [];
  const numpy: number[] = [];
  for (let i = 0; i < rounds; i++) {
    bare.push(await bareMs(python, script));
    numpy.push((await python.run(['-c', 'import numpy'])).cpuMs);
  }
  const ways: Way[] = [
    { says: 'files', write: (to) => cpSync(model, to, { recursive: true }) },
    { says: 'a notebook', write: (to, i) => writeFileSync(join(to, 'homework.ipynb'), notebook(i)) },
  ];
  for (const way of ways) await gradeClass(folder, way, few);
  const took = new Map<Way, Further[]>(ways.map((way) => [way, []]));
  for (let i = 0; i < classes; i++) {
    // In turn, and among the bare ones, so that a busy minute falls on all of them.
    for (const [way, all] of took) all.push(await further(folder, way));
    for (let j = 0; j < rounds; j++) bare.push(await bareMs(python, script));
  }
  python.close();
  rmSync(folder, { recursive: true });
  const lines = [...took].flatMap(([{ says }, all]): Line[] => {
    const ms = median(all.map((one) => one.ms));
    const unjudged = notIdle(Math.max(...all.map((one) => one.othersShare)));
    const what = `a further submission of the backward tasks, ${says}`;
    return [
      { says: what, value: ms / 1000, unit: 's CPU', goal: 0.4, unjudged },
      { says: '… beside the bare script of it', value: ms / median(bare), unit: '× bare', goal: 1.6 },
    ];
  });
  return [
    { says: 'bare python3 -c "import numpy"', value: median(numpy), unit: 'ms CPU' },
    { says: 'bare script of the backward tasks', value: median(bare), unit: 'ms CPU' },
    ...lines,
  ];
}

async function bareMs(python: BarePython, script: string): Promise<number> {
  const { cpuMs, stdout } = await python.run([script]);
  if (stdout !== 'done 2') throw new Error('The bare script did not come to its end.');
  return cpuMs;
}

/** How the submissions are handed in. */
interface Way {
  says: string;
  write(to: string, i: number): void;
}

interface Further {
  ms: number;
  /** Share of the machine's cores that others had meanwhile. */
  othersShare: number;
}

async function further(folder: string, way: Way): Promise<Further> {
  const small = await gradeClass(folder, way, few);
  const large = await gradeClass(folder, way, many);
  return {
    ms: (large.cpuMs - small.cpuMs) / (many - few),
    othersShare: Math.max(small.othersShare, large.othersShare),
  };
}

function gradeClass(folder: string, { says, write }: Way, count: number) {
  const path = join(folder, `${says}-${count}`);
  for (let i = 0; i < count; i++) {
    const to = join(path, `student-${i}`);
    mkdirSync(to, { recursive: true });
    write(to, i);
    // No two hand in the same.
    writeFileSync(join(to, 'answers.md'), `# ${i}\n`);
  }
  return measure([
    ...[process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, path, '--only', backwardTasks],
    ...['--jobs', '1', '--out', mkdtempSync(join(folder, 'out-')), '--seed', '1'],
  ]);
}

/** The model solution as a notebook, with a cell that makes it another one. */
export const notebook = (i: number): string => madeAnother(join(packageRoot, 'reference/python', `${slug}.ipynb`), i);

/** The notebook with a cell besides: no two hand in the same. */
export function madeAnother(path: string, i: number): string {
  const book = JSON.parse(readFileSync(path, 'utf8')) as { cells: object[] };
  return JSON.stringify({ ...book, cells: [...book.cells, { cell_type: 'markdown', metadata: {}, source: `${i}` }] });
}
