/** What a start costs beside each library, in the sandbox and bare, and what a further submission costs that needs a tensor library. */
import { execa } from 'execa';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../graders/package-root.ts';
import { setUpEnvironment } from '../../graders/runtimes/python/environment.ts';
import { stagePython } from '../../graders/runtimes/python/stage-python.ts';
import { bestLevel } from '../../graders/sandbox/doctor/best-level.ts';
import { openSession } from '../../graders/sandbox/session/session.ts';
import { measure, median } from './cpu-of.ts';
import type { Line } from './lines.ts';
import { notIdle } from './machine.ts';

/** The model solution that is handed in again and again, and the most that a further one of it should cost. */
const classes = {
  torch: {
    slug: 'vectors-relu-fashion-backprop',
    model: 'torch/vectors-relu-fashion-backprop',
    only: 'P4b,P4c',
    goal: 1.5,
  },
  tensorflow: { slug: 'boston-init-mnist-grads', model: 'boston-init-mnist-grads', only: 'Q3a,Q3c,Q3d', goal: 4 },
} as const;
const [few, many] = [2, 6];

const spent = `
import resource, time
def spent():
    return [time.process_time() * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
`;

/** Lines for numpy, and for the libraries that have been set up on this machine. */
export async function benchPythonLibraries(rounds: number): Promise<Line[]> {
  const lines = await startOf('numpy', rounds);
  for (const library of ['torch', 'tensorflow'] as const) {
    if ((await setUpEnvironment(['numpy', library])) === undefined) {
      process.stderr.write(`${library} is not set up here: gradmark python setup --with ${library}\n`);
      continue;
    }
    lines.push(...(await startOf(library, rounds)), await furtherBeside(library));
  }
  return lines;
}

/** The guest in its box up to its first answer, and a bare import beside it. */
async function startOf(library: string, rounds: number): Promise<Line[]> {
  const names = [...new Set(['numpy', library])];
  const environment = await setUpEnvironment(names);
  const runtime = await stagePython(names, environment);
  const limits = { callMs: 60_000, submissionMs: 600_000, memoryMb: 700 };
  const [ms, mb, bare]: number[][] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const session = await openSession({
      launch: { runtime, level: await bestLevel(), limits, precision: 'double', backend: 'cpu' },
      modules: [{ path: 'spent.py', code: spent }],
      imports: names,
    });
    const { value } = await session.call({ module: 'spent.py', name: 'spent' }, []);
    await session.close();
    if (typeof value !== 'object' || value?.kind !== 'array') throw new Error('the guest gave no numbers');
    ms!.push(value.data[0]!);
    mb!.push(value.data[1]!);
    const python = environment === undefined ? 'python3' : join(environment, 'bin', 'python');
    const program = `import time, ${library}; print(time.process_time() * 1000)`;
    bare!.push(Number((await execa(python, ['-c', program])).stdout));
  }
  return [
    { says: `bare python3 -c "import ${library}"`, value: median(bare!), unit: 'ms CPU' },
    { says: `a guest beside ${library}, to its first answer`, value: median(ms!), unit: 'ms CPU' },
    { says: '… and what it holds then', value: median(mb!), unit: 'MB' },
  ];
}

async function furtherBeside(library: keyof typeof classes): Promise<Line> {
  const { slug, model, only, goal } = classes[library];
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-bench-libraries-'));
  const used: number[] = [];
  let othersShare = 0;
  for (const count of [few, many]) {
    const path = join(folder, `class-${count}`);
    for (let i = 0; i < count; i++) {
      mkdirSync(path, { recursive: true });
      cpSync(join(packageRoot, 'reference/python', model), join(path, `student-${i}`), { recursive: true });
      // No two hand in the same.
      writeFileSync(join(path, `student-${i}`, 'answers.md'), `# ${i}\n`);
    }
    const ran = await measure([
      ...[process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, path, '--only', only],
      ...['--jobs', '1', '--out', join(folder, `out-${count}`), '--seed', '1'],
    ]);
    used.push(ran.cpuMs);
    othersShare = Math.max(othersShare, ran.othersShare);
  }
  rmSync(folder, { recursive: true });
  const value = (used[1]! - used[0]!) / (many - few) / 1000;
  const says = `a further submission of ${only} beside ${library}`;
  return { says, value, unit: 's CPU', goal, unjudged: notIdle(othersShare) };
}
