/**
 * What nbgrader costs for the notebook that is graded here, in the same run: the CPU time of a further submission, in both. nbgrader
 * runs every cell and then its tests; here what is asked is run in a sandbox, on probes. Skipped, and said so, where pip cannot.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../graders/package-root.ts';
import { measure } from './bench/cpu-of.ts';
import { lineText } from './bench/lines.ts';
import { nbgraderCommand, nbgraderCourse } from './bench/nbgrader.ts';
import { backwardTasks, notebook } from './bench/python.ts';

const slug = 'numpy-mlp-digits';
/** Not one: a submission by itself is graded without what a class shares. */
const [few, many] = [2, 6];
/** What an instructor would write for the backward tasks: shapes, and a value or two. */
const tests = [
  'p = Softmax()(np.zeros((2, 4)))\nassert np.allclose(CCE().backward(p, np.eye(4)[:2]), -4 * np.eye(4)[:2])',
  'a = Sigmoid()(np.zeros((2, 3)))\nassert np.allclose(Sigmoid().backward(np.zeros((2, 3)), a, np.ones((2, 3))), 0.25)',
  'net = MLP([64, 32, 10], np.random.default_rng(1))\nloss, tape = net.backward(np.ones((4, 64)), np.eye(10)[:4], 0.1)\nassert np.isfinite(loss) and len(tape) == 2',
];

const found = await nbgraderCommand();
if ('missing' in found) {
  process.stdout.write(`SKIPPED, NOTHING WAS COMPARED: ${found.missing}\n`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-peers-'));
  const given = join(packageRoot, 'assignments', slug, 'starter-python');
  const theirs: number[] = [];
  const ours: number[] = [];
  // The first class of all pays for what is staged once, on either side, and is not counted.
  for (const [round, count] of [few, few, many].entries()) {
    const course = join(folder, `course-${round}`);
    const words = await nbgraderCourse(found.command, course, { book: notebook(0), given, tests }, count);
    theirs.push((await measure(words)).cpuMs);
    const path = join(folder, `class-${round}`);
    for (let i = 0; i < count; i++) {
      mkdirSync(join(path, `s${i}`), { recursive: true });
      writeFileSync(join(path, `s${i}`, 'homework.ipynb'), notebook(i));
    }
    const grade = [process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, path];
    const options = ['--only', backwardTasks, '--jobs', '1', '--seed', '1', '--out', join(folder, `out-${round}`)];
    ours.push((await measure([...grade, ...options])).cpuMs);
  }
  rmSync(folder, { recursive: true });
  const further = ([, a, b]: number[]) => (b! - a!) / (many - few) / 1000;
  const lines = [
    { says: 'nbgrader 0.9.5, a further submission', value: further(theirs), unit: 's CPU' },
    { says: 'gradmark, backward tasks of the same notebook', value: further(ours), unit: 's CPU' },
    { says: 'nbgrader beside gradmark', value: further(theirs) / further(ours), unit: '×', least: 5 },
  ];
  for (const line of lines) process.stdout.write(`${lineText(line)}\n`);
}
