import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCourseworks } from '../graders/coursework.ts';
import { atNight, isNight } from '../graders/nightly.testing.ts';
import { withoutPython } from '../graders/runtimes/python/python.testing.ts';
import { runVitest } from '../graders/vitest/run-vitest.testing.ts';
import { root } from './house/sources.ts';
import { answersOfAll, filesIn } from './pack/answers.testing.ts';

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

/** The coursework that a student starts here, by day the only one with a practice pack: each takes as long as proving it does. */
const practised = 'descent-components-digits';
let texts: { path: string; text: string }[];
beforeAll(() => {
  // Who has just run `npm run pack` need not wait for it again.
  if (process.env['GRADMARK_PACKED'] === undefined)
    execaSync(process.execPath, [join(root, 'scripts/pack.ts'), ...(isNight ? [] : ['--quick', practised])], {
      cwd: root,
    });
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
  expect(texts.filter(({ path }) => path.endsWith('/practice.json'))).toHaveLength(isNight ? 5 : 1);
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
  const everything = outside + packs;
  const given: string[] = [];
  for (const { slug, formulas, sentences, lines, concepts } of await answersOfAll()) {
    given.push(...formulas.filter((text) => everything.includes(text)));
    given.push(...[...sentences, ...lines].filter((text) => outside.includes(text)));
    expect(texts.find(({ path }) => path === `assignments/${slug}/assignment.json`)!.text).not.toContain('"concepts"');
    expect(concepts.length).toBeGreaterThan(0);
    expect(lines.length).toBeGreaterThan(20);
  }
  expect(given).toEqual([]);
});

// Other people's packages hold none either: what npm brings is read whole, and that takes minutes.
test.runIf(isNight)('nothing that was installed with it gives an answer away', async () => {
  const answers = await answersOfAll();
  const needles = answers.flatMap(({ formulas, sentences, lines }) => [...formulas, ...sentences, ...lines]);
  const read = filesIn(modules).filter((path) => !path.startsWith('gradmark/'));
  expect(read.length).toBeGreaterThan(1000);
  const given = read.flatMap((path) => {
    const bytes = readFileSync(join(modules, path));
    return needles.filter((needle) => bytes.includes(needle)).map((needle) => `${path}: ${needle}`);
  });
  expect(given).toEqual([]);
});

test('it starts a kit, and checks it: untouched, half done with a mistake, and right', () => {
  const slug = practised;
  const kit = join(folder, slug);
  expect(gradmark('start', slug).exitCode).toBe(0);
  const untouched = gradmark('check', slug, '--json');
  expect([untouched.exitCode, untouched.stderr]).toEqual([1, '']);
  // Though nothing is installed here that only tests need.
  expect(readdirSync(join(own, '.cache'))).toContainEqual(expect.stringMatching(/^program-/));

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

test.skipIf(withoutPython !== undefined)('a kit in Python is checked as well: half done, the mistake is named', () => {
  const slug = practised;
  expect(gradmark('start', slug, '--language', 'python', '--to', 'python-kit').exitCode).toBe(0);
  const solution = join(root, 'reference/python', slug, 'q1_2b.py');
  const right = readFileSync(solution, 'utf8');
  const wrong = right.replace('(1 - sigmoid(x))', '(1 + sigmoid(x))');
  expect(wrong).not.toBe(right);
  writeFileSync(join(folder, 'python-kit/q1_2b.py'), wrong);
  const half = gradmark('check', 'python-kit', '--task', '1.2b', '--json');
  expect(half.exitCode, half.stderr).toBe(1);
  expect(half.stdout).toContain('"plus"');
  writeFileSync(join(folder, 'python-kit/q1_2b.py'), right);
  expect(gradmark('check', 'python-kit', '--task', '1.2b', '--json').exitCode).toBe(0);
});

/** What a kit installs besides gradmark, as it stands in this checkout. */
const tools = ['vitest', 'typescript', '@types/node', '@tensorflow/tfjs'];
const slugs = [...new Set([practised, ...(await listCourseworks([])).keys()])];

/** A kit as `gradmark start` writes it, with everything that npm would install for it. */
function kitOf(slug: string, name: string): string {
  for (const tool of tools) {
    if (existsSync(join(modules, tool))) continue;
    mkdirSync(dirname(join(modules, tool)), { recursive: true });
    symlinkSync(join(root, 'node_modules', tool), join(modules, tool));
  }
  const started = gradmark('start', slug, '--to', name);
  expect(started.exitCode, started.stderr).toBe(0);
  return join(folder, name);
}

test.each(atNight(slugs, 0))('the untouched kit of %s passes a bare tsc, and its own tests fail nowhere', (slug) => {
  const kit = kitOf(slug, `untouched-${slug}`);
  const run = (tool: string, ...args: string[]) =>
    execaSync(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: kit, reject: false, all: true });
  const types = run('typescript/bin/tsc');
  expect([types.exitCode, types.all]).toEqual([0, '']);
  const tests = run('vitest/vitest.mjs', 'run');
  expect(tests.exitCode, tests.all).toBe(0);
  expect(tests.all).toMatch(/Not tried {2}\d+ not started yet/);
});

/** Half-finished work: a fixture's files and what they build on, in an otherwise untouched starter. */
const halfDone: [slug: string, fixture: string, mistake: string, ready: string[]][] = [
  ['descent-components-digits', 'wrong-layers-without-dy', 'no-dy', ['q1-2b.ts', 'q1-2f.ts']],
  ['boston-init-mnist-grads', 'wrong-q2b-counts', 'counts', ['q2a.ts']],
  ['mnist-sigmoid-relu-lab', 'wrong-own-slope-of-x', 'of-x', []],
  ['numpy-mlp-digits', 'wrong-sigmoid-no-error', 'error-ignored', ['matrix.ts']],
  ['vectors-relu-fashion-backprop', 'wrong-forward-logarithm', 'log2', ['p5q1.ts']],
];

test.each(atNight(halfDone, 1))(
  'half done %s with %s: check and the test view show the mistake alike',
  async (slug, fixture, mistake, ready) => {
    const kit = kitOf(slug, `half-${slug}`);
    for (const name of ready) cpSync(join(root, 'reference', slug, name), join(kit, name), { dereference: true });
    const wrong = join(root, 'fixtures', slug, fixture);
    for (const name of filesIn(wrong).filter((file) => /\.[tj]s$/.test(file)))
      cpSync(join(wrong, name), join(kit, name));
    const shown = gradmark('check', kit, '--json');
    const { submissions } = JSON.parse(shown.stdout) as {
      submissions: { tasks: { checks: { id: string; outcome: string; diagnosis?: { mistakes: string[] } }[] }[] }[];
    };
    const verdicts = submissions[0]!.tasks.flatMap(({ checks }) => checks);
    const named = verdicts.filter(({ diagnosis }) => diagnosis?.mistakes.includes(mistake)).map(({ id }) => id);
    expect(named, shown.stdout).not.toEqual([]);

    cpSync(join(kit, 'test/checks.test.ts'), join(kit, 'own.test.ts'));
    const { collected, results, told } = await runVitest(kit, join(own, 'dist/graders/vitest/reporter.js'));
    expect(collected.length).toBe(verdicts.length);
    const failed = results.filter(({ state }) => state === 'failed').map(({ meta }) => meta.gradmark!);
    expect(failed.filter(({ diagnosis }) => diagnosis?.mistakes.includes(mistake)).map(({ check }) => check)).toEqual(
      named,
    );
    expect(failed.map(({ check }) => check)).toEqual(
      verdicts.filter(({ id }) => failed.some(({ check }) => check === id)).map(({ id }) => id),
    );
    expect(told).toContain('wrong');
  },
);

test.runIf(isNight)('matchers and practice checks work in the newest vitest of version 5 as well', async () => {
  const place = join(folder, 'newest');
  mkdirSync(place);
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  const npm = (...args: string[]) =>
    execaSync('npm', [...args, '--no-audit', '--no-fund'], { cwd: place, env, stdin: 'ignore' });
  const [tarball] = readdirSync(join(root, 'out/pack')).filter((file) => /^gradmark-\d/.test(file));
  npm('init', '-y');
  npm('install', 'vitest@5', 'typescript@7.0.2', '@types/node@24.19.2', join(root, 'out/pack', tarball!));
  cpSync(join(root, 'graders/vitest.test-d.ts'), join(place, 'types.ts'));
  cpSync(join(folder, `half-${slugs[0]!}`), join(place, 'work'), { recursive: true });
  const within = join(place, 'node_modules');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--noUncheckedIndexedAccess', '--target', 'es2024'];
  const tsc = [join(within, 'typescript/bin/tsc'), ...options, '--module', 'nodenext', '--types', 'node', 'types.ts'];
  const types = execaSync(process.execPath, tsc, { cwd: place, reject: false });
  expect(types.stdout).toBe('');
  const reporter = join(within, 'gradmark/dist/graders/vitest/reporter.js');
  const { results } = await runVitest(join(place, 'work'), reporter, join(within, 'vitest/dist/node.js'));
  expect(results.some(({ meta }) => meta.gradmark?.state === 'wrong')).toBe(true);
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
  if (!isNight) return;
  install('gradmark-keys');
  const graded = gradmark(...args);
  expect(graded.exitCode, graded.stderr).toBe(0);
  const { submissions } = JSON.parse(graded.stdout) as { submissions: { score: number; held: boolean }[] };
  expect(submissions[0]).toMatchObject({ held: false });
  expect(submissions[0]!.score).toBeGreaterThan(0);
  expect(readFileSync(join(folder, 'graded/index.html'), 'utf8')).toContain('<!doctype html>');
});
