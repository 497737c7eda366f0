/** What a start costs beside each library, in the sandbox and bare, and what a further submission costs that needs a tensor library. */
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
import { openBarePython } from './bare-python.ts';
import { bareScripts, steady } from './bare-scripts.ts';
import { measure, median } from './cpu-of.ts';
import type { Line } from './lines.ts';
import { notIdle } from './machine.ts';
import { madeAnother } from './python.ts';

/**
 * Notebooks of four styles, as the sheets have them, handed in in turn for the whole coursework, without any file of numbers behind
 * their plots; and the most that a further one should cost. So many more are as many as use up what is copied
 * (graders/sandbox/session/copies.ts), so that its share is in what one costs: of TensorFlow a submission takes two copies.
 */
const scripts = (sheet: string, styles: readonly string[]): string[] =>
  styles.map((style) => `fixtures/python/scripts/${sheet}-${style}.ipynb`);
const classes = {
  torch: {
    slug: 'vectors-relu-fashion-backprop',
    books: [
      'reference/python/torch/vectors-relu-fashion-backprop.ipynb',
      ...scripts('fashion', ['module', 'sequential', 'fit']),
    ],
    ...{ few: 4, many: 36, goal: 1.5 },
  },
  tensorflow: {
    slug: 'boston-init-mnist-grads',
    books: [
      'reference/python/boston-init-mnist-grads.ipynb',
      ...scripts('boston', ['sequential', 'functional', 'subclassed']),
    ],
    ...{ few: 4, many: 20, goal: 4 },
  },
} as const;
type Library = keyof typeof classes;

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
  const python = await openBarePython(environment === undefined ? 'python3' : join(environment, 'bin', 'python'));
  for (let round = 0; round < rounds; round++) {
    const plain = await answered(false);
    ms!.push(plain[0]!);
    mb!.push(plain[1]!);
    copyMs!.push((await answered(true))[0]!);
    bare!.push((await python.run(['-c', `import ${library}`])).cpuMs);
  }
  python.close();
  await copies.close();
  return [
    { says: `bare python3 -c "import ${library}"`, value: median(bare!), unit: 'ms CPU' },
    { says: `a guest beside ${library}, to its first answer`, value: median(ms!), unit: 'ms CPU' },
    { says: '… and what it holds then', value: median(mb!), unit: 'MB' },
    { says: '… where it is a copy of one that has loaded it', value: median(copyMs!), unit: 'ms CPU' },
  ];
}

/** The class of whole notebooks, and beside a bare script a class that is asked for the same functions alone. */
async function furtherBeside(library: Library): Promise<Line[]> {
  const { slug, books, few, many, goal } = classes[library];
  const { model, only } = bareScripts[library];
  const bareMs = await bareScript(library);
  const parts = await furtherNotebook(slug, [`${model}.ipynb`], [few, many], ['--only', only]);
  const whole = await furtherNotebook(slug, books, [few, many], []);
  const says = `a further notebook beside ${library}`;
  return [
    { says: `bare script of ${only}`, value: bareMs, unit: 'ms CPU' },
    { says: `${says}, ${only} alone`, value: parts.ms / 1000, unit: 's CPU' },
    { says: '… beside the bare script of it', value: parts.ms / bareMs, unit: '× bare' },
    {
      says: `${says}, whole coursework`,
      value: whole.ms / 1000,
      unit: 's CPU',
      goal,
      unjudged: notIdle(whole.othersShare),
    },
  ];
}

/** The least of two runs by the environment's own Python. */
async function bareScript(library: Library): Promise<number> {
  const { model, script } = bareScripts[library];
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-bench-bare-'));
  const path = join(folder, 'bare.py');
  writeFileSync(path, `import sys\nsys.path.insert(0, ${JSON.stringify(join(packageRoot, model))})\n${script}`);
  const environment = await setUpEnvironment(['numpy', library]);
  const python = await openBarePython(join(environment!, 'bin', 'python'), steady);
  const ms: number[] = [];
  for (let run = 0; run < 2; run++) {
    const ran = await python.run([path]);
    if (!ran.stdout.endsWith('done 2')) throw new Error('The bare script did not come to its end.');
    ms.push(ran.cpuMs);
  }
  python.close();
  rmSync(folder, { recursive: true });
  return Math.min(...ms);
}

/** What each submission costs by which the larger class differs from the smaller one; these notebooks are handed in in turn. */
async function furtherNotebook(
  slug: string,
  books: readonly string[],
  [few, many]: readonly [number, number],
  options: readonly string[],
): Promise<{ ms: number; othersShare: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-bench-libraries-'));
  const used: number[] = [];
  let othersShare = 0;
  for (const count of [few, many]) {
    const path = join(folder, `class-${count}`);
    for (let i = 0; i < count; i++) {
      mkdirSync(join(path, `student-${i}`), { recursive: true });
      // No two hand in the same.
      const book = join(packageRoot, books[i % books.length]!);
      writeFileSync(join(path, `student-${i}`, 'homework.ipynb'), madeAnother(book, i));
    }
    const graded = await measure([
      ...[process.execPath, join(packageRoot, 'bin/gradmark.js'), 'grade', slug, path, ...options],
      ...['--jobs', '1', '--out', join(folder, `out-${count}`), '--seed', '1'],
    ]);
    used.push(graded.cpuMs);
    othersShare = Math.max(othersShare, graded.othersShare);
  }
  rmSync(folder, { recursive: true });
  return { ms: (used[1]! - used[0]!) / (many - few), othersShare };
}
