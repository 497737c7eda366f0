import { expect, test } from 'vitest';
import { problemsOf } from './audit/known-mistakes.ts';
import { listCourseworks, openCoursework } from './coursework.ts';
import type { Kept } from './kept-practice.ts';
import { bytesOf, valueOf } from './kept-values.ts';
import { standIn } from './mistakes/stand-in.testing.ts';
import { atNight } from './nightly.testing.ts';
import { arrayOf } from './numerics/arrays.ts';
import { createRandom } from './numerics/random.ts';
import type { AnyProblem } from './problem.ts';
import { drawProbes, serveAsWell } from './probes.ts';

const drawn = (problem: AnyProblem) =>
  drawProbes(problem, createRandom(20_260, problem.id), () => 0) as readonly unknown[];
const copied = <T>(value: T) => {
  const bytes = bytesOf(value);
  return bytes && (valueOf(bytes) as T);
};
const serves = (problem: AnyProblem) => {
  const probes = drawn(problem);
  const copies = copied(probes);
  return copies !== undefined && serveAsWell(problem, copies, probes, drawn(problem));
};

for (const [slug, folder] of atNight([...(await listCourseworks([]))], 1)) {
  test(`${slug}: what is right and what known mistakes answer is the same of copies of the probes, wherever those serve`, async () => {
    const problems = atNight(problemsOf((await openCoursework(folder)).checks), 3);
    const kept = problems.filter(serves);
    expect(kept.length).toBeGreaterThan(0);
    for (const problem of kept) {
      const probes = drawn(problem);
      const mistakes = problem.mistakes.slice(0, 10);
      const answers = (all: readonly unknown[]) => mistakes.map(({ compute }) => all.map((one) => compute(one)));
      expect(answers(copied(probes)!), problem.id).toStrictEqual(answers(probes));
    }
  });
}

interface Probe {
  kind: { name: string };
  x: number[];
}
const kinds = [{ name: 'a' }];
const problem = (more: Partial<ReturnType<typeof standIn<Probe>>>) =>
  standIn<Probe>({
    ...{ id: 'mean', precision: 'double', mistakes: [] },
    probes: (random) => [{ kind: { name: 'a' }, x: [random.normal(), 2] }],
    oracle: ({ x }) => ({ y: arrayOf(x) }),
    ...more,
  });

test('copies do not serve where a part lies elsewhere too, or what is right was noted of the very probe', () => {
  expect(serves(problem({}))).toBe(true);
  expect(serves(problem({ probes: () => [{ kind: kinds[0]!, x: [1, 2] }] }))).toBe(false);
  const noted = new WeakMap<Probe, number>();
  const noting = problem({
    probes: (random) => {
      const probe = { kind: { name: 'a' }, x: [random.normal()] };
      noted.set(probe, 7);
      return [probe];
    },
    oracle: (probe) => ({ y: arrayOf([noted.get(probe) ?? 0]) }),
  });
  expect(serves(noting)).toBe(false);
  expect(serves(problem({ probes: () => [{ kind: { name: 'a', f: () => 1 }, x: [1, 2] }] }))).toBe(false);
});

test('nothing that follows from a secret, or from a teacher’s own checks, is kept', async () => {
  const { openContext } = await import('./check-context.ts');
  const names: string[] = [];
  const kept: Kept = (name, make) => {
    names.push(name);
    return make();
  };
  const sources = {} as Parameters<typeof openContext>[2];
  const assignment = { tasks: [] } as unknown as Parameters<typeof openContext>[1]['assignment'];
  const submission = { files: [] } as unknown as Parameters<typeof openContext>[0];
  const ask = (seed: number | (() => number), isShipped?: true) => {
    const shared = new Map();
    const rest = { dataFolder: undefined, full: false, clock: () => 0, ...(isShipped && { isShipped }) };
    const context = openContext(submission, { assignment, seed, shared, kept, ...rest }, sources);
    context.probes(problem({}));
    context.oncePerBatch('references/mean', () => [1]);
    context.oncePerBatch('data', () => [1]);
    return names.splice(0);
  };
  expect(ask(() => 5, true)).toEqual([]);
  expect(ask(5)).toEqual([]);
  expect(ask(5, true)).toEqual(['probes/mean', 'references/mean']);
});
