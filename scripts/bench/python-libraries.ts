/** What a start costs beside each library, in the sandbox and bare, and what a further submission costs that needs a tensor library. */
import { execa } from 'execa';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../graders/package-root.ts';
import { setUpEnvironment } from '../../graders/runtimes/python/environment.ts';
import { stagePython } from '../../graders/runtimes/python/stage-python.ts';
import { bestLevel } from '../../graders/sandbox/doctor/best-level.ts';
import { openCopies } from '../../graders/sandbox/session/copies.ts';
import { openSession } from '../../graders/sandbox/session/session.ts';
import { startHere } from '../../graders/sandbox/session/start-here.ts';
import { measure, median } from './cpu-of.ts';
import type { Line } from './lines.ts';
import { notIdle } from './machine.ts';
import { madeAnother } from './python.ts';

/** The model solution that is handed in again and again as a notebook, and the most that a further one of it should cost. */
const classes = {
  torch: {
    slug: 'vectors-relu-fashion-backprop',
    model: 'torch/vectors-relu-fashion-backprop',
    only: 'P4b,P4c',
    goal: 1.5,
  },
  tensorflow: { slug: 'boston-init-mnist-grads', model: 'boston-init-mnist-grads', only: 'Q3a,Q3c,Q3d', goal: 4 },
} as const;
type Library = keyof typeof classes;
/** So many more are as many as use up what is copied (graders/sandbox/session/copies.ts), so that its share is in what one costs. */
const [few, many] = [4, 20];

/** What a student's own run of the same functions does: some batches, and a line at the end. */
const bareScripts: Record<Library, string> = {
  torch: `
import torch
from torch.utils.data import DataLoader, TensorDataset
from p4b import build_fashion_model
from p4c import train_fashion
data = TensorDataset(torch.rand(256, 28, 28), torch.randint(10, (256,)))
losses, _, _ = train_fashion(build_fashion_model(), DataLoader(data, 64, shuffle=True), DataLoader(data, 64), 2, 0.1)
print('done', len(losses))
`,
  tensorflow: `
import numpy as np
from q3a import build_mnist_model, prepare
from q3d import first16
rng = np.random.default_rng(1)
x, y = prepare(rng.integers(256, size=(64, 784)), rng.integers(10, size=64))
model = build_mnist_model()
model(x)
first16(model, x, y)
print('done', 2)
`,
};

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
    lines.push(...(await startOf(library, rounds)), ...(await furtherBeside(library)));
  }
  return lines;
}

/** The guest in its box up to its first answer, started and copied, and a bare import beside it. */
async function startOf(library: string, rounds: number): Promise<Line[]> {
  const copies = openCopies(startHere);
  const names = [...new Set(['numpy', library])];
  const environment = await setUpEnvironment(names);
  const runtime = await stagePython(names, environment);
  const limits = { callMs: 60_000, submissionMs: 600_000, memoryMb: 700 };
  const answered = async (copied: boolean): Promise<Float64Array> => {
    const session = await openSession({
      launch: {
        ...{ runtime, level: await bestLevel(), limits, precision: 'double', backend: 'cpu' },
        ...(copied && { copies }),
      },
      modules: [{ path: 'spent.py', code: spent }],
      imports: names,
    });
    const { value } = await session.call({ module: 'spent.py', name: 'spent' }, []);
    await session.close();
    if (typeof value !== 'object' || value?.kind !== 'array') throw new Error('the guest gave no numbers');
    return value.data;
  };
  const [ms, mb, copyMs, bare]: number[][] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    const plain = await answered(false);
    ms!.push(plain[0]!);
    mb!.push(plain[1]!);
    copyMs!.push((await answered(true))[0]!);
    const python = environment === undefined ? 'python3' : join(environment, 'bin', 'python');
    const program = `import time, ${library}; print(time.process_time() * 1000)`;
    bare!.push(Number((await execa(python, ['-c', program])).stdout));
  }
  await copies.close();
  return [
    { says: `bare python3 -c "import ${library}"`, value: median(bare!), unit: 'ms CPU' },
    { says: `a guest beside ${library}, to its first answer`, value: median(ms!), unit: 'ms CPU' },
    { says: '… and what it holds then', value: median(mb!), unit: 'MB' },
    { says: '… where it is a copy of one that has loaded it', value: median(copyMs!), unit: 'ms CPU' },
  ];
}

async function furtherBeside(library: Library): Promise<Line[]> {
  const { slug, model, only, goal } = classes[library];
  const solution = join(packageRoot, 'reference/python', model);
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-bench-libraries-'));
  const bare: number[] = [];
  const script = join(folder, 'bare.py');
  writeFileSync(script, `import sys\nsys.path.insert(0, ${JSON.stringify(solution)})\n${bareScripts[library]}`);
  const environment = await setUpEnvironment(['numpy', library]);
  const used: number[] = [];
  let othersShare = 0;
  for (const count of [few, many]) {
    const ran = await measure([join(environment!, 'bin', 'python'), script], steady);
    if (!ran.stdout.endsWith('done 2')) throw new Error('The bare script did not come to its end.');
    bare.push(ran.cpuMs);
    const path = join(folder, `class-${count}`);
    for (let i = 0; i < count; i++) {
      mkdirSync(join(path, `student-${i}`), { recursive: true });
      // No two hand in the same.
      writeFileSync(join(path, `student-${i}`, 'homework.ipynb'), madeAnother(`${solution}.ipynb`, i));
    }
    const graded = await measure([
      ...[process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, path, '--only', only],
      ...['--jobs', '1', '--out', join(folder, `out-${count}`), '--seed', '1'],
    ]);
    used.push(graded.cpuMs);
    othersShare = Math.max(othersShare, graded.othersShare);
  }
  rmSync(folder, { recursive: true });
  const ms = (used[1]! - used[0]!) / (many - few);
  const says = `a further notebook of ${only} beside ${library}`;
  const bareLine = { says: `bare script of ${only}`, value: Math.min(...bare), unit: 'ms CPU' };
  return [
    bareLine,
    { says, value: ms / 1000, unit: 's CPU', goal, unjudged: notIdle(othersShare) },
    { says: '… beside the bare script of it', value: ms / bareLine.value, unit: '× bare' },
  ];
}

/** As the grader's own processes have it: one thread each. */
const steady = {
  OMP_NUM_THREADS: '1',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_CPP_MIN_LOG_LEVEL: '3',
};
