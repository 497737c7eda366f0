import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formulasOf, problemsOf } from '../graders/audit/known-mistakes.ts';
import { listCourseworks, openCoursework } from '../graders/coursework.ts';
import { isNight } from '../graders/nightly.testing.ts';
import { root } from './house/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-packed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const modules = join(folder, 'node_modules');
const own = join(modules, 'gradmark');

/**
 * Unpacks a tarball as npm would, and puts beside it the packages that it declares, as they stand in this checkout. What npm
 * makes of the declared versions is asked of the network, and told at night.
 */
function install(name: string): void {
  const [file] = readdirSync(join(root, 'out/pack')).filter((entry) => entry.startsWith(`${name}-0`));
  const tarball = join(root, 'out/pack', file!);
  if (isNight) {
    const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
    execaSync('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: folder, env, stdin: 'ignore' });
    return;
  }
  mkdirSync(join(modules, name), { recursive: true });
  execaSync('tar', ['-xzf', tarball, '-C', join(modules, name), '--strip-components=1']);
  for (const dependency of Object.keys(dependenciesOf(join(modules, name)))) {
    if (existsSync(join(modules, dependency))) continue;
    mkdirSync(dirname(join(modules, dependency)), { recursive: true });
    symlinkSync(join(root, 'node_modules', dependency), join(modules, dependency));
  }
}

const dependenciesOf = (path: string): Record<string, string> =>
  (JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { dependencies?: Record<string, string> })
    .dependencies ?? {};

const gradmark = (...args: string[]) =>
  execaSync(process.execPath, [join(own, 'bin/gradmark.js'), ...args], {
    cwd: folder,
    reject: false,
    stripFinalNewline: false,
  });

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile());

let texts: { path: string; text: string }[];
beforeAll(() => {
  // Who has just run `npm run pack` need not wait for it again.
  if (process.env['GRADMARK_PACKED'] === undefined)
    execaSync(process.execPath, [join(root, 'scripts/pack.ts')], { cwd: root });
  install('gradmark');
  texts = filesIn(own).map((path) => ({ path, text: readFileSync(join(own, path), 'utf8') }));
});

test('the package is small: 3 MB, 60 packages, 100 MB besides Node', () => {
  const [tarball] = readdirSync(join(root, 'out/pack')).filter((file) => /^gradmark-\d/.test(file));
  expect(statSync(join(root, 'out/pack', tarball!)).size).toBeLessThan(3e6);
  const { packages } = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }>;
  };
  const found = new Set<string>();
  const visit = (from: string, name: string): void => {
    const at = [`${from}/node_modules/${name}`, `node_modules/${name}`].find((path) => packages[path] !== undefined);
    if (at === undefined || found.has(at)) return;
    found.add(at);
    const { dependencies, optionalDependencies } = packages[at]!;
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(at, next);
  };
  for (const name of Object.keys(dependenciesOf(own))) visit('', name);
  expect(found.size).toBeLessThanOrEqual(60);
  const bytes = [...found].flatMap((path) =>
    filesIn(join(root, path)).map((file) => statSync(join(root, path, file)).size),
  );
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100e6);
});

test('nothing in it gives an answer away', async () => {
  const outside = texts
    .filter(({ path }) => !path.endsWith('/practice.json'))
    .map(({ text }) => text)
    .join('\n');
  const packs = texts
    .filter(({ path }) => path.endsWith('/practice.json'))
    .map(({ text }) => text)
    .join('\n');
  expect(
    texts.map(({ path }) => path).filter((path) => /^(reference|fixtures)|oracles|mistakes\/\w+\//.test(path)),
  ).toEqual([]);
  const given: string[] = [];
  for (const [slug, home] of await listCourseworks([])) {
    const { checks, assignment } = await openCoursework(home);
    const formulas = formulasOf(checks);
    // Short ones, such as x, stand in every program.
    given.push(
      ...formulas.map(({ truth }) => truth).filter((text) => text.length >= 12 && (outside + packs).includes(text)),
    );
    const wrong = [
      ...problemsOf(checks).flatMap(({ mistakes }) => mistakes),
      ...formulas.flatMap(({ mistakes }) => mistakes),
    ];
    const sentences = wrong.map(({ advice }) => advice ?? '');
    given.push(...sentences.filter((text) => text.length >= 12 && outside.includes(text)));
    const concepts = assignment.tasks
      .flatMap(({ manual }) => manual?.rubric ?? [])
      .flatMap((item) => item.concepts ?? []);
    expect(texts.find(({ path }) => path === `assignments/${slug}/assignment.json`)!.text).not.toContain('"concepts"');
    expect(concepts.length).toBeGreaterThan(0);
    given.push(...solutionLines(slug).filter((line) => outside.includes(line)));
  }
  expect(given).toEqual([]);
});

/** Lines of the model solution that no starter has, and that are long enough to be nobody else's. */
function solutionLines(slug: string): string[] {
  const linesOf = (path: string) =>
    filesIn(path)
      .filter((name) => name.endsWith('.ts') && !lstatSync(join(path, name)).isSymbolicLink())
      .flatMap((name) => readFileSync(join(path, name), 'utf8').split('\n'))
      .map((line) => line.trim())
      .filter((line) => line.length > 45 && !/^(import|export \*|\*|\/)/.test(line));
  const known = new Set(linesOf(join(root, 'assignments')));
  return linesOf(join(root, 'reference', slug)).filter((line) => !known.has(line));
}

test('it starts a kit, and checks it: untouched, half done with a mistake, and right', () => {
  const slug = 'descent-components-digits';
  const kit = join(folder, slug);
  expect(gradmark('start', slug).exitCode).toBe(0);
  const untouched = gradmark('check', slug, '--json');
  expect([untouched.exitCode, untouched.stderr]).toEqual([1, '']);

  // The layers build on the functions.
  for (const name of ['q1-2b.ts', 'q1-2f.ts']) cpSync(join(root, 'reference', slug, name), join(kit, name));
  cpSync(join(root, 'fixtures', slug, 'wrong-layers-without-dy/q1-4b.ts'), join(kit, 'q1-4b.ts'));
  const half = gradmark('check', slug, '--task', '1.2b,1.4b', '--json');
  expect(half.exitCode, half.stderr).toBe(1);
  expect(half.stdout).toContain('"no-dy"');

  cpSync(join(root, 'reference', slug, 'q1-4b.ts'), join(kit, 'q1-4b.ts'));
  const right = gradmark('check', slug, '--task', '1.2b,1.4b', '--json');
  expect(right.exitCode, right.stdout + right.stderr).toBe(0);
});

test('a command of staff says what it needs, and works with the keys beside it', () => {
  const args = [
    'grade',
    'numpy-mlp-digits',
    join(root, 'reference/numpy-mlp-digits'),
    '--only',
    '2.2',
    '--out',
    'graded',
    '--json',
  ];
  expect(gradmark(...args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('gradmark-keys') as string });
  install('gradmark-keys');
  const graded = gradmark(...args);
  expect(graded.exitCode, graded.stderr).toBe(0);
  const { submissions } = JSON.parse(graded.stdout) as { submissions: { score: number; held: boolean }[] };
  expect(submissions[0]).toMatchObject({ held: false });
  expect(submissions[0]!.score).toBeGreaterThan(0);
  expect(readFileSync(join(folder, 'graded/index.html'), 'utf8')).toContain('<!doctype html>');
});
