import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createRandom } from './numerics/random.ts';
import { packageRoot } from './package-root.ts';
import './vitest.ts';
import type { Law } from './vitest/law.ts';
import { runVitest } from './vitest/run-vitest.testing.ts';

mkdirSync(join(packageRoot, 'out'), { recursive: true });
const folder = mkdtempSync(join(packageRoot, 'out/vitest-'));
afterAll(() => rmSync(folder, { recursive: true }));
const entry = join(packageRoot, 'graders/vitest.ts');

/** What the failing assertion says. */
const said = (assertion: () => void): string => {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It passed.');
};

// The tests of the example become tests of this file.
const [, example] = /```ts\n([^]*?)```/.exec(readFileSync(entry, 'utf8'))!;
const exampleFile = join(folder, 'example.ts');
writeFileSync(exampleFile, example!.replace(/^ \* ?/gm, '').replace('gradmark/vitest', entry));
await import(exampleFile);

describe('toMatchTensor', () => {
  test('takes rows, typed arrays and tensors alike, and says which precision it allows', () => {
    expect([[1, 2]]).toMatchTensor({ shape: [1, 2], data: [1, 2] });
    expect({ shape: [2], dtype: 'float32', dataSync: () => Float32Array.of(0.1, 0.2) }).toMatchTensor([0.1, 0.2]);
    expect([0.1 + 1e-5]).not.toMatchTensor([0.1]);
    expect(Float32Array.of(0.1 + 1e-5)).toMatchTensor([0.1]);
    expect(said(() => expect([1, 2.5]).toMatchTensor([1, 2], { name: 'The loss' }))).toMatch(
      /^The loss is wrong; it differs most at \[1\]\.\n {2}shape +\(2\)\n {2}yours +2\.5\n {2}expected +2\n {2}off by +0\.25 of .*1 of 2 entries.*\n {2}tolerance +accepted up to 1e-9/,
    );
  });

  test('says both shapes, and what explains the numbers', () => {
    expect(said(() => expect([[1, 2, 3]]).toMatchTensor([[1, 2]]))).toContain(
      'has the shape 1×3 where 1×2 is expected',
    );
    expect(said(() => expect([[1], [2]]).toMatchTensor([[1, 2]]))).toContain('rows and columns exchanged');
    expect(said(() => expect([-4, 8]).toMatchTensor([1, -2]))).toContain('of the opposite sign and 4 times too large');
    expect(said(() => expect([NaN]).toMatchTensor([1]))).toContain('NaN');
    expect(said(() => expect(Promise.resolve(1)).toMatchTensor(1))).toContain('put await before it');
    expect(said(() => expect([[1], [2, 3]]).toMatchTensor([1]))).toContain('rows differ in length');
  });

  test('writes margin, tolerance and diagnosis into the meta of the test', ({ task }) => {
    expect([1]).toMatchTensor([1 + 1e-12]);
    said(() => expect([2, 4]).toMatchTensor([1, 2]));
    const [right, wrong] = task.meta.gradmarkMatches!;
    expect(right).toMatchObject({ matcher: 'toMatchTensor', pass: true, margin: expect.closeTo(3, 0) as number });
    expect(wrong).toMatchObject({
      pass: false,
      tolerance: { reject: 1e-6 },
      diagnosis: expect.stringContaining('2 times') as string,
    });
    expect(wrong!.margin).toBeLessThan(-5);
  });
});

describe('toMatchGradient', () => {
  const loss = ({ W, b }: { W: number[][]; b: number[] }) =>
    Math.log(W.flat().reduce((sum, w, i) => sum + Math.exp(w * (i + 1)), 0)) + b[0]! ** 3;
  const at = {
    W: [
      [0.1, -0.2],
      [0.3, 0.4],
    ],
    b: [0.5],
  };
  const e = at.W.flat().map((w, i) => Math.exp(w * (i + 1)));
  const sum = e.reduce((a, b) => a + b, 0);
  const right = { W: [0, 1].map((row) => [0, 1].map((i) => ((2 * row + i + 1) * e[2 * row + i]!) / sum)), b: [0.75] };

  test('differentiates the function itself, each array by its name', () => {
    expect(right).toMatchGradient(loss, at);
    expect(said(() => expect({ ...right, b: [0.5] }).toMatchGradient(loss, at))).toMatch(/The gradient of b is wrong/);
    expect(said(() => expect({ W: right.W }).toMatchGradient(loss, at))).toContain('The gradient of b is missing');
    const doubled = right.W.map((row) => row.map((v) => 2 * v));
    expect(said(() => expect({ ...right, W: doubled }).toMatchGradient(loss, at))).toMatch(
      /2 times too large[^]*|trusted/,
    );
  });

  test('is as strict as the differences can be trusted, and says when they cannot', () => {
    expect(said(() => expect(3.001).toMatchGradient((x) => x ** 3, 1))).toContain(
      'differences of your function are trusted to',
    );
    expect(said(() => expect(1).toMatchGradient(() => Math.random(), 1))).toContain('cannot be judged');
    const single = (x: number) => Math.fround(Math.fround(x) ** 3);
    expect(3).toMatchGradient(single, 1, { precision: 'single' });
    expect(3.1).not.toMatchGradient(single, 1, { precision: 'single' });
  });
});

describe('toBeDrawnFrom', () => {
  const random = createRandom(11);
  const many = (draw: () => number) => Array.from({ length: 600 }, draw);
  const [normal, uniform] = [many(() => random.normal(0, 2)), many(() => random.uniform(-1, 1))];
  const laws: [string, number[], Law, boolean][] = [
    ['normal', normal, { law: 'normal', sd: 2 }, true],
    ['the wrong spread', normal, { law: 'normal', sd: 1.4 }, false],
    ['the wrong mean', normal, { law: 'normal', sd: 2, mean: 1 }, false],
    ['another law of the same variance', uniform, { law: 'normal', sd: Math.sqrt(1 / 3) }, false],
    ['uniform', uniform, { law: 'uniform', low: -1, high: 1 }, true],
    ['one number beyond the limit', [...uniform, 1.01], { law: 'uniform', low: -1, high: 1 }, false],
    ['cut at two', normal.filter((v) => Math.abs(v) < 4), { law: 'truncated normal', sd: 2 }, true],
    ['not cut', normal, { law: 'truncated normal', sd: 2 }, false],
  ];

  test.each(laws)('%s', async (_, sample, law, isRight) => {
    const asserted = isRight ? expect(sample).toBeDrawnFrom(law) : expect(sample).not.toBeDrawnFrom(law);
    await expect(asserted).resolves.toBeUndefined();
  });

  test('what is rejected once is drawn again, and must be rejected again', async ({ task }) => {
    let draws = 0;
    await expect(() => (draws++ === 0 ? many(() => 0.5) : uniform)).toBeDrawnFrom({ law: 'uniform', low: -1, high: 1 });
    expect(draws).toBe(2);
    expect(task.meta.gradmarkMatches).toMatchObject([{ matcher: 'toBeDrawnFrom', pass: true }]);
    await expect(expect([1, 2]).toBeDrawnFrom({ law: 'normal', sd: 1 })).rejects.toThrow('at least 20');
  });
});

test('practice checks are named before they run, end as gradmark check does, and what was not tried is told', async () => {
  const [courses, work] = [join(folder, 'courses'), join(folder, 'work')];
  cpSync(join(packageRoot, 'scaffold'), join(courses, 'my-layers'), { recursive: true });
  const assignment = join(courses, 'my-layers/assignment.json');
  // With a task that only gives something.
  const given = '{ "id": "L0", "title": "Given", "marks": 0, "kinds": ["read"] }';
  const text = readFileSync(assignment, 'utf8').replace('"SLUG"', '"my-layers"');
  writeFileSync(assignment, text.replace(/("tasks": \[)/, `$1${given},`));
  cpSync(join(packageRoot, 'scaffold/starter/answers.json'), join(work, 'answers.json'));
  cpSync(join(packageRoot, 'scaffold/fixtures/wrong-slope/layers.ts'), join(work, 'layers.ts'));
  writeFileSync(
    join(work, 'own.test.ts'),
    `import { checks } from ${JSON.stringify(entry)};\nchecks([], { args: ['--assignments', ${JSON.stringify(courses)}] });\n`,
  );
  const { collected, results, told } = await runVitest(work, join(packageRoot, 'graders/vitest/reporter.ts'));
  expect(collected.length).toBeGreaterThan(1);
  expect(results.map(({ name }) => name)).toEqual(collected);
  expect(collected.filter((name) => name.includes('Given'))).toEqual([]);
  const wrong = results.filter(({ state }) => state === 'failed');
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong[0]!.meta.gradmark).toMatchObject({ state: 'wrong', diagnosis: { mistakes: [expect.any(String)] } });
  expect(wrong[0]!.errors.join()).toContain('why');
  expect(results.some(({ state }) => state === 'passed')).toBe(true);
  expect(told).toMatch(/Tried {2}\d+ practice checks: \d+ right, \d+ wrong/);
});
