/** One word for one state: what is not begun, and what was not handed in, is called the same wherever a reader meets it. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { commandIn } from './in-process.testing.ts';

const home = mkdtempSync(join(tmpdir(), 'gradmark-states-'));
afterAll(() => rmSync(home, { recursive: true }));
const slug = 'numpy-mlp-digits';
const formats = ['junit', 'tap', 'ctrf', 'markdown', 'code-quality', 'gradescope', 'json'];

test('what the starter gives is not started yet for check, for ci, in every format and on every page', async () => {
  cpSync(join(packageRoot, 'assignments', slug, 'starter'), join(home, 'class/ann'), {
    recursive: true,
    dereference: true,
  });
  cpSync(join(home, 'class/ann'), join(home, 'class/bob'), { recursive: true });
  const checked = await commandIn(home, ['check', 'class/ann', '--assignment', slug]);
  expect(checked.says).toMatch(/Not started yet\n {2}□ 2\.1a /);
  const write = formats.flatMap((format) => ['--write', `${format}=${format}.txt`]);
  const ci = await commandIn(home, ['ci', 'class/ann', '--assignment', slug, ...write]);
  await commandIn(home, ['grade', slug, 'class', '--out', 'out']);
  const told = [ci.says, ...formats.slice(0, -1).map((format) => read(`${format}.txt`)), read('out/ann/report.html')];
  for (const text of [checked.says, ...told, read('out/index.html')])
    expect(text).not.toMatch(/Crashed|stopped with an error/);
  for (const text of told) expect(text).toMatch(/still throws? the error|Not started yet/);
  expect(read('out/ann/report.html')).toContain('Not started yet');
  expect(read('junit.txt')).not.toContain('<error');
});

test('a task of which nothing was handed in is told so, in its heading as on its card', async () => {
  mkdirSync(join(home, 'late/eve'), { recursive: true });
  cpSync(join(packageRoot, 'reference', slug, 'cce.ts'), join(home, 'late/eve/cce.ts'));
  await commandIn(home, ['grade', slug, 'late', '--out', 'late-out']);
  const { submissions } = JSON.parse(read('late-out/results.json')) as {
    submissions: { tasks: { id: string; status: string; checks: { outcome: string }[] }[] }[];
  };
  const absent = submissions[0]!.tasks.filter(({ checks }) => checks.some(({ outcome }) => outcome === 'missing'));
  // Where other files are there as well something is judged.
  const others = absent
    .filter(({ status }) => status !== 'missing')
    .map(({ checks }) => checks.map(({ outcome }) => outcome));
  expect(absent.length - others.length).toBeGreaterThan(10);
  expect(others.every((outcomes) => outcomes.includes('crash') || outcomes.includes('pass'))).toBe(true);
});

const read = (path: string): string => readFileSync(join(home, path), 'utf8');
