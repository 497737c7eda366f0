import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { pass } from '../check.ts';
import type { Check } from '../check.ts';
import { checks, gradsProblem } from '../checks/boston-init-mnist-grads/q3c.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { fromJson } from '../gradebook/json.ts';
import { isNight } from '../nightly.testing.ts';
import { float32 } from '../numerics/tolerance.ts';
import { packageRoot } from '../package-root.ts';
import { withoutPython, withoutTensorFlow } from '../runtimes/python/python.testing.ts';
import type { AuditReport } from './audit.ts';
import { batchOf } from './correct-runs.ts';
import { figuresOf, upperBound } from './figures.ts';
import { unmet } from './gate.ts';
import type { PlantedRow } from './known-mistakes.ts';
import { planMistakes, plantMistake } from './known-mistakes.ts';
import { mutantsOf } from './mutants.ts';

const courseworks = await listCourseworks([]);
const question3 = await openCoursework(courseworks.get('boston-init-mnist-grads')!);
const folder = mkdtempSync(join(tmpdir(), 'gradmark-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the gate says after planting every known mistake in front of these checks, or only those of one kind. */
async function complaints(own: readonly Check[], kind?: PlantedRow['kind']): Promise<string[]> {
  const coursework: Coursework = { ...question3, checks: [...own] };
  const batch = batchOf(coursework, 20_260, () => performance.now());
  const planted = [];
  const plan = planMistakes(coursework, 0, kind === undefined ? batch : undefined);
  for (const mistake of plan.filter(({ row }) => kind === undefined || row.kind === kind))
    planted.push(await plantMistake(mistake, coursework, batch));
  return unmet(figuresOf({ planted, endings: [], correct: [], mutants: [], reproducibility: [] }), { mutants: 0 });
}

test('the checks of manual gradients let no known mistake through, and no error of 0.1 %', async () => {
  expect(await complaints(checks)).toEqual([]);
});

test('a tolerance a thousand times too wide does not get past the audit', async () => {
  const hole = { ...float32, accept: float32.accept * 1000, reject: float32.reject * 1000 };
  Object.assign(gradsProblem, { band: hole });
  try {
    expect(await complaints(checks, 'single')).toContainEqual(expect.stringContaining('Known mistakes'));
  } finally {
    delete gradsProblem.band;
  }
});

test('a check that looks away from one tensor does not get past the audit', async () => {
  const blind = checks.map((check) =>
    check.id === 'q3c.b2' ? { ...check, run: () => Promise.resolve(pass()) } : check,
  );
  expect(await complaints(blind, 'nudge')).toContainEqual(expect.stringContaining('Errors of 0.1 %'));
});

test('mutants are the slips that people make, each once', async () => {
  const text = 'export const f = (x: number[]) => x.slice(0, 2).map((v) => v - 1);\n';
  const replaced = (await mutantsOf({ path: 'f.ts', text })).map(
    ({ start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end),
  );
  expect(new Set(replaced).size).toBe(replaced.length);
  expect(replaced).toContain(text.replace('v - 1', 'v + 1'));
  expect(replaced).toContain(text.replace('slice(0, 2)', 'slice(0, 3)'));
  expect(replaced).toContain(text.replace('.slice(0, 2)', ''));
});

test('no failure in 2,995 runs means a rate below one in a thousand, with 95 % confidence', () => {
  expect(upperBound(0, 2995)).toBeLessThan(0.001);
  expect(upperBound(0, 2990)).toBeGreaterThan(0.001);
  // Clopper–Pearson for 3 of 100, one-sided.
  expect(upperBound(3, 100)).toBeCloseTo(0.0757, 3);
});

/** By day a small coursework is audited, in scripts/own-coursework.test.ts, and one unit in Python, in python-audit.test.ts. */
const inLanguages = [...courseworks.keys()].flatMap((slug) => [
  { slug, language: 'typescript' },
  ...((slug === 'boston-init-mnist-grads' ? withoutTensorFlow : withoutPython) === undefined &&
  existsSync(join(packageRoot, 'reference', 'python', slug))
    ? [{ slug, language: 'python' }]
    : []),
]);
for (const { slug, language } of isNight ? inLanguages : []) {
  test(`${slug} passes its quick audit in ${language}`, () => {
    const out = join(folder, `${slug}-${language}`);
    const args = [join(packageRoot, 'bin/gradmark.js'), 'audit', slug, '--language', language, '--quick', '--out', out];
    const text = execaSync(process.execPath, args, { reject: false }).stdout;
    expect(text).toContain('Good enough to be used.');
    const report = fromJson(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditReport;
    expect(report.figures.knownMistakes.of).toBeGreaterThan(0);
    // What is left to a tensor library is asked of nobody else: the check of a plot would "kill" whatever passes.
    const killers = report.mutants.filter(({ program }) => !program.startsWith('torch/')).map(({ by }) => by);
    if (slug.startsWith('vectors') && language === 'python')
      expect(killers.filter((id) => id?.startsWith('p4'))).toEqual([]);
    expect(readFileSync(join(out, 'audit.html'), 'utf8')).toContain('How good is this grader?');
  });
}
