/** The same work in three forms, in one class, through the whole grader: TypeScript, a set of .py files, a notebook. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadFixtures, referenceFiles } from './audit/fixtures.ts';
import { loadPythonFixtures } from './audit/python-fixtures.ts';
import { openCoursework } from './coursework.ts';
import { gradeBatch } from './grade.ts';
import type { Grade } from './model/grade.ts';
import type { SourceFile } from './model/submission.ts';
import { atNight, isNight } from './nightly.testing.ts';
import { packageRoot } from './package-root.ts';
import { withoutPython } from './runtimes/python/python.testing.ts';
import { wholeNotebook } from './runtimes/python/language/unit-files.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

const slug = 'numpy-mlp-digits';
const inPython = await loadPythonFixtures(slug);
/** Mistakes of every part of the sheet; by day the first, in the tasks that it can reach. */
const mistakes = [
  'wrong-sigmoid-no-error',
  'wrong-pairs-shifted',
  'wrong-range-255',
  'wrong-with-replacement',
  'wrong-softmax-overflow',
  'wrong-layer-activation-twice',
  'wrong-layer-last-example',
  'wrong-mlp-sigmoid-output',
  'wrong-mlp-updates-first',
  'wrong-cce-sign',
  'wrong-cce-undeclared',
  'wrong-train-sums-losses',
];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-python-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A student's folder with these files. */
async function handIn(student: string, files: readonly SourceFile[]): Promise<void> {
  for (const { path, text } of files) {
    const place = join(folder, 'class', student, path === wholeNotebook ? 'homework01.ipynb' : path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
}

async function graded(only: string[] | undefined, level?: 'C', python?: string): Promise<ReadonlyMap<string, Grade>> {
  const { submissions } = await gradeBatch({
    coursework: await openCoursework(join(packageRoot, 'assignments', slug)),
    paths: [join(folder, 'class')],
    seed: 5,
    level: level ?? (await bestLevel()),
    backend: 'cpu',
    feedback: 'full',
    graderVersion: 'test',
    jobs: 1,
    ...(python !== undefined && { python }),
    only,
    full: false,
    now: () => new Date(0),
    clock: () => 0,
  });
  return new Map(submissions.map((grade) => [grade.id, grade]));
}

/** What a submission earns, and what is found: check by check, with the mistakes that are named. */
const found = ({ tasks }: Grade) =>
  tasks.map(({ id, score, checks }) => [
    id,
    score,
    checks.map((verdict) => [verdict.id, verdict.outcome, verdict.points, verdict.diagnosis?.mistakes ?? []]),
  ]);
const said = (grade: Grade) => JSON.stringify(grade.tasks.flatMap(({ checks }) => checks));

test.skipIf(withoutPython !== undefined)(
  'equal work earns equal marks and equal findings, right or wrong',
  // Only ends what hangs: at night 39 programs are graded whole, one after the other.
  { timeout: 3_600_000 },
  async () => {
    const twins = new Map((await loadFixtures(slug)).map(({ name, submission }) => [name, submission]));
    const names = atNight(mistakes, 1);
    await handIn('model-ts', await referenceFiles(slug));
    await handIn('model-py', inPython.model.files);
    await handIn('model-nb', inPython.notebook.files);
    for (const name of names) {
      const { submission, notebook } = inPython.wrong.find((fixture) => fixture.name === name)!;
      await handIn(`${name}-ts`, twins.get(name)!.files);
      await handIn(`${name}-py`, submission.files);
      await handIn(`${name}-nb`, notebook.files);
    }
    const grades = await graded(isNight ? undefined : ['2.2', '3.2']);
    for (const name of ['model', ...names]) {
      const right = found(grades.get(`${name}-ts`)!);
      for (const form of ['py', 'nb']) {
        const grade = grades.get(`${name}-${form}`)!;
        expect([name, form, found(grade)]).toEqual([name, form, right]);
        // Whoever writes Python is told Python's names.
        expect(said(grade)).not.toMatch(/errorSignal|preActivation|undefined|sigmoid\.ts|\bthrew\b/);
      }
      if (name !== 'model') expect(right).not.toEqual(found(grades.get('model-ts')!));
    }
    for (const { score, max, id } of grades.get('model-ts')!.tasks)
      if (!isNight) expect([id, score]).toEqual([id, max]);
    const [run] = grades.get('model-nb')!.notebooks!;
    expect([run!.path, run!.cells.at(-1)!.because]).toEqual(['homework01.ipynb', ['it only plots']]);
  },
);

test('below level A− a program in Python is refused in a sentence', async () => {
  await handIn('ann', inPython.model.files);
  expect((await graded(['2.2'], 'C')).get('ann')!.refused).toMatch(
    /^Programs in Python are run at sandbox level A or A− only/,
  );
});

test('where no Python can be used, a program in it is refused in a sentence that says what to do', async () => {
  await handIn('ann', [{ path: 'softmax.py', text: 'class Softmax: pass\n' }]);
  expect((await graded(['2.2'], undefined, join(folder, 'nowhere'))).get('ann')!.refused).toMatch(
    /nowhere cannot be used as Python/,
  );
});

const remembering = inPython.right.find(({ name }) => name === 'correct-layers-that-remember')!.submission.files;
/** A mistake in a notebook whose layers keep what went through them and whose tape shows sums; by day the first. */
const rememberingMistakes = [
  ['activation * (1 - activation) * error_signal', 'activation * error_signal', '3.2.values'],
  ['dinput = dL_dpre @ self.W.T', 'dinput = 0.5 * dL_dpre @ self.W.T', '3.3.dInput'],
  ['dW = self.input.T @ dL_dpre', 'dW = 2 * self.input.T @ dL_dpre', '3.3.dW'],
] as const;

test.skipIf(withoutPython !== undefined)(
  'one mistake costs once where layers remember their input and a tape shows sums beside a mean step',
  { timeout: 600_000 },
  async () => {
    const tried = atNight(rememberingMistakes, 1);
    for (const [right, wrong, id] of tried) {
      const edited = remembering.map(({ path, text }) => ({ path, text: text.replace(right, wrong) }));
      await handIn(id, edited);
    }
    const grades = await graded(['3.2', '3.3', '3.4', '3.5']);
    const lost = ({ tasks }: Grade) =>
      tasks.flatMap(({ checks }) => checks.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id));
    expect(new Map([...grades].map(([id, grade]) => [id, lost(grade)]))).toEqual(
      new Map(tried.map(([, , id]) => [id, [id]])),
    );
  },
);
