/**
 * Ways in Python to have finite differences in the place of a gradient, and derivations of every style, dual numbers and tapes of
 * a student's own among them: each of the first is told, none of the others is, and all are right.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchOf } from './check-context.testing.ts';
import type { OpenContext } from './check-context.ts';
import { openContext } from './check-context.ts';
import { evaluate, judgeTensor } from './evaluate.ts';
import { elementwiseKey } from './kinds/elementwise.ts';
import type { ElementwiseProblem } from './kinds/elementwise.ts';
import { elementwiseQuestion } from './kinds/elementwise-question.ts';
import { arrayOf } from './numerics/arrays.ts';
import { packageRoot } from './package-root.ts';
import { pythonLaunch, withoutPython } from './runtimes/python/python.testing.ts';
import { openSession } from './sandbox/session/session.ts';

const { before, differences, derivations } = JSON.parse(
  await readFile(join(packageRoot, 'fixtures/python/slopes.json'), 'utf8'),
) as { before: string[] } & Record<'differences' | 'derivations', Record<string, string[]>>;
const fileOf = (name: string) => `${name.replaceAll('-', '_')}.py`;
const modules = Object.entries({ ...differences, ...derivations }).map(([name, lines]) => ({
  path: fileOf(name),
  code: [...before, ...lines, ''].join('\n'),
}));

/** The gradient of Σ log(1 + e^(−aw)) over the rows a of a table of cosines. */
function gradient(w: Float64Array): number[] {
  const n = w.length;
  const rows = Array.from({ length: n + 4 }, (_, i) => Array.from(w, (_w, j) => 1.3 * Math.cos((i + 1) * (j + 1))));
  const slopes = rows.map((a) => -1 / (1 + Math.exp(a.reduce((sum, v, j) => sum + v * w[j]!, 0))));
  return Array.from(w, (_, j) => rows.reduce((sum, a, i) => sum + slopes[i]! * a[j]!, 0));
}
const problemOf = (name: string): ElementwiseProblem => ({
  ...elementwiseQuestion({ id: name, title: name, unit: fileOf(name), name: 'slope' }),
  ...elementwiseKey({
    shapes: [[5], [8], [6], [11]],
    draw: (random) => [Math.fround(random.normal(0, 0.7))],
    truth: { of: ({ data }) => arrayOf(gradient(data)) },
    mistakes: [],
    differences: { are: 'told' },
  }),
});

describe.skipIf(withoutPython !== undefined)('gradients of one loss', { timeout: 300_000 }, () => {
  let context: OpenContext;
  beforeAll(async () => {
    const launch = await pythonLaunch();
    const nothing = () => Promise.reject(new Error('not asked for'));
    context = openContext({ id: 'all', sha256: '', files: [], notes: [] }, batchOf(11), {
      open: () => openSession({ launch, modules, imports: ['numpy'], contract: { names: {} } }),
      ...{
        breaches: nothing,
        outlines: nothing,
        answers: () => ({}),
        essay: () => undefined,
        sidecar: () => undefined,
      },
    });
  });
  afterAll(() => context.close());
  const judged = async (name: string) => {
    const { earned, notes } = judgeTensor(await evaluate(context, problemOf(name)), 'values', 'The gradient');
    return { earned, isTold: notes?.some((note) => note.includes('by finite differences')) ?? false };
  };

  test.each(Object.keys(differences))('differences are told: %s', async (name) => {
    expect(await judged(name)).toEqual({ earned: 1, isTold: true });
  });

  test.each(Object.keys(derivations))('a derivation is right, and nothing is told of it: %s', async (name) => {
    expect(await judged(name)).toEqual({ earned: 1, isTold: false });
  });
});
