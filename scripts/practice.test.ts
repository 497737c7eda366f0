import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PracticePack } from '../graders/practice/pack.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gradmark-practice-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) =>
  execaSync(process.execPath, [join(root, 'bin/gradmark.js'), ...args], { reject: false, stripFinalNewline: false });

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A block of the contributing guide: the coursework of three tasks that is written with the kinds. */
const block = (language: string, holding: string): string =>
  [...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g)].find(
    ([, kind, text]) => kind === language && text!.includes(holding),
  )![2]!;

const layers = (slope: string, kept: string): string => `
const each = (f, ...args) =>
  typeof args[0] === 'number' ? f(...args) : args[0].map((_, i) => each(f, ...args.map((arg) => arg[i])));
export const tanh = (x) => each(Math.tanh, x);
export const tanhGrad = (x, dy) => each((v, d) => ${slope}, x, dy);
export const dropout = (x, mask) => each((v, m) => ${kept}, x, mask);
`;

let pack: PracticePack;
beforeAll(() => {
  write('staff/tiny-layers/assignment.json', block('json', '"slug": "tiny-layers"'));
  write('staff/tiny-layers/checks.ts', block('ts', 'gradmark/kinds/elementwise'));
  const made = run('pack-practice', 'tiny-layers', '--assignments', join(folder, 'staff'));
  expect([made.exitCode, made.stderr]).toEqual([0, expect.stringContaining('Packing')]);
  // Students have the assignment and the pack, and no checks.
  mkdirSync(join(folder, 'kit/tiny-layers'), { recursive: true });
  for (const name of ['assignment.json', 'practice.json'])
    copyFileSync(join(folder, 'staff/tiny-layers', name), join(folder, 'kit/tiny-layers', name));
  pack = JSON.parse(readFileSync(join(folder, 'kit/tiny-layers/practice.json'), 'utf8')) as PracticePack;
  write('right/layers.js', layers('d * (1 - Math.tanh(v) ** 2)', '(v * m) / 0.8'));
  write('wrong/layers.js', layers('1 - Math.tanh(v) ** 2', 'v * m'));
});

const check = (work: string) => run('check', join(folder, work), '--assignments', join(folder, 'kit'), '--json');

interface Checked {
  submissions: {
    tasks: { checks: { id: string; outcome: string; because?: string; diagnosis?: { mistakes: string[] } }[] }[];
  }[];
}
const verdictsOf = (stdout: string) =>
  (JSON.parse(stdout) as Checked).submissions[0]!.tasks.flatMap((task) => task.checks);

test('a pack holds the checks whose answers are numbers, and names the others', () => {
  expect(pack.checks.filter(({ judges }) => judges !== undefined).map(({ id }) => id)).toEqual([
    'l1.tanh',
    'l1.gradient',
    'l2.dropout',
  ]);
  expect(pack.checks.map(({ id }) => id)).toContain('l3.formula');
});

test('no formula is in it, and nothing that computes', () => {
  const text = JSON.stringify(pack);
  expect(text).not.toContain('1 - tanh(x)^2');
  expect(text).not.toContain('Math.');
  expect(text).not.toContain('The square is subtracted.');
});

test('without keys right work passes, and what only the course checks does not fail it', () => {
  const { exitCode, stdout, stderr } = check('right');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(verdictsOf(stdout).map(({ id, outcome }) => [id, outcome])).toEqual([
    ['l1.tanh', 'pass'],
    ['l1.gradient', 'pass'],
    ['l2.dropout', 'pass'],
    ['l3.formula', 'skipped'],
  ]);
});

test('without keys known mistakes are named', () => {
  const { exitCode, stdout } = check('wrong');
  expect(exitCode).toBe(1);
  expect(verdictsOf(stdout).flatMap(({ diagnosis }) => diagnosis?.mistakes ?? [])).toEqual([
    'no-upstream',
    'not-scaled',
  ]);
});

test('a pack that does not fit is refused in a sentence', () => {
  const broken = { ...pack, checks: pack.checks.slice(1) };
  write('broken/tiny-layers/practice.json', JSON.stringify(broken));
  copyFileSync(join(folder, 'kit/tiny-layers/assignment.json'), join(folder, 'broken/tiny-layers/assignment.json'));
  const { exitCode, stderr } = run('check', join(folder, 'right'), '--assignments', join(folder, 'broken'));
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringMatching(/practice\.json does not fit.*\n- the checks of L1 sum/),
  ]);
});
