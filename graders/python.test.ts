/** The same work in three forms, in one class, through the whole grader: TypeScript, a set of .py files, a notebook. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCoursework } from './coursework.ts';
import { gradeBatch } from './grade.ts';
import type { Grade } from './model/grade.ts';
import { packageRoot } from './package-root.ts';
import { withoutPython } from './runtimes/python/python.testing.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

const slug = 'numpy-mlp-digits';
const inPackage = (...parts: string[]) => join(packageRoot, ...parts);
const files = inPackage('reference', 'python', slug);
const notebook = inPackage('reference', 'python', `${slug}.ipynb`);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-python-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A student's folder with what is copied from here, files changed as said. */
async function handIn(
  student: string,
  from: string,
  changed: (text: string) => string = (text) => text,
): Promise<void> {
  const place = join(folder, 'class', student);
  await mkdir(place, { recursive: true });
  if (from !== notebook) await cp(from, place, { recursive: true });
  for (const file of from === notebook ? ['homework01.ipynb'] : ['sigmoid.py', 'sigmoid.ts']) {
    const text = await readFile(from === notebook ? from : join(place, file), 'utf8').catch(() => undefined);
    if (text !== undefined) await writeFile(join(place, file), changed(text));
  }
}

async function graded(only: string[], level?: 'C'): Promise<ReadonlyMap<string, Grade>> {
  const { submissions } = await gradeBatch({
    coursework: await openCoursework(inPackage('assignments', slug)),
    paths: [join(folder, 'class')],
    seed: 5,
    level: level ?? (await bestLevel()),
    backend: 'cpu',
    feedback: 'full',
    graderVersion: 'test',
    jobs: 1,
    only,
    full: false,
    now: () => new Date(0),
    clock: () => 0,
  });
  return new Map(submissions.map((grade) => [grade.id, grade]));
}

const scores = (grade: Grade) => grade.tasks.map(({ id, score, max }) => [id, score, max]);
const said = (grade: Grade) => JSON.stringify(grade.tasks.flatMap(({ checks }) => checks));

test.skipIf(withoutPython !== undefined)(
  'equal work earns equal marks, right or wrong',
  { timeout: 600_000 },
  async () => {
    const noError = (text: string) => text.replace('error_signal * activation * (1', 'activation * (1');
    await handIn('ts', inPackage('reference', slug));
    await handIn('py', files);
    await handIn('nb', notebook);
    await handIn('ts-wrong', inPackage('reference', slug));
    await cp(
      inPackage('fixtures', slug, 'wrong-sigmoid-no-error', 'sigmoid.ts'),
      join(folder, 'class', 'ts-wrong', 'sigmoid.ts'),
    );
    await handIn('py-wrong', files, noError);
    await handIn('nb-wrong', notebook, noError);
    const grades = await graded(['2.2', '3.2']);
    const of = (id: string) => grades.get(id)!;
    expect(scores(of('ts'))).toEqual(of('ts').tasks.map(({ id, max }) => [id, max, max]));
    for (const form of ['py', 'nb']) {
      expect([form, scores(of(form))]).toEqual([form, scores(of('ts'))]);
      expect([form, scores(of(`${form}-wrong`))]).toEqual([form, scores(of('ts-wrong'))]);
      // Whoever writes Python is told Python's names.
      expect(said(of(`${form}-wrong`))).not.toMatch(/errorSignal|preActivation|undefined|sigmoid\.ts|\bthrew\b/);
    }
    expect(scores(of('ts-wrong'))).not.toEqual(scores(of('ts')));
    expect(of('nb').notes.join(' ')).toContain('Of homework01.ipynb was run what the asked names need');
  },
);

test('below level A− a program in Python is refused in a sentence', async () => {
  await handIn('ann', files);
  expect((await graded(['2.2'], 'C')).get('ann')!.refused).toMatch(
    /^Programs in Python are run at sandbox level A or A− only/,
  );
});
