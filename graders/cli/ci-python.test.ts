/** Repositories of submissions in Python as a runner finds them: a folder of files, a notebook. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import { withoutPython } from '../runtimes/python/python.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-ci-python-'));
afterAll(() => rmSync(folder, { recursive: true }));
const repository = join(folder, 'repository');
const slug = 'numpy-mlp-digits';

function gradmark(env: Record<string, string>, ...words: string[]) {
  return execaSync(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...words], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...env },
    extendEnv: false,
    cwd: repository,
    reject: false,
  });
}
const onGitHub = { GITHUB_ACTIONS: 'true' };
/** The first task that is one class, as it stands in the model solution, and what it comes to when it is broken. */
const task = ['--task', '2.2'];
const raises = 'class Sigmoid:\n    def __call__(self, x):\n        return 1 / missing\n';

beforeAll(() => {
  const reference = join(packageRoot, 'reference/python');
  cpSync(join(reference, slug), join(repository, 'hw1'), { recursive: true });
  writeFileSync(join(repository, 'hw1/sigmoid.py'), raises);
  writeFileSync(join(repository, 'hw1/rng.py'), '# mine now\n');
  mkdirSync(join(repository, 'hw2'));
  const notebook = JSON.parse(readFileSync(join(reference, `${slug}.ipynb`), 'utf8')) as {
    cells: { source: string }[];
  };
  notebook.cells.push({ ...notebook.cells.at(-1)!, source: `\n${raises}` });
  writeFileSync(join(repository, 'hw2/Homework 2.ipynb'), JSON.stringify(notebook, undefined, 1));
  writeFileSync(join(repository, 'secret'), '5e'.repeat(32));
});

describe.skipIf(withoutPython !== undefined)('gradmark ci in Python', () => {
  test('recognises a folder of files, annotates file and line, and tells a changed copy of what is given', () => {
    const run = gradmark(onGitHub, 'ci', 'hw1', ...task, '--write', 'junit=report.xml');
    expect(run.exitCode, run.stderr).toBe(1);
    expect(run.stdout).toMatch(/^::error file=hw1\/sigmoid\.py,line=3,title=2\.2\.values/m);
    expect(run.stdout).toMatch(/^::warning .*rng\.py is not as the sheet gave it/m);
    const xml = new XMLParser({ ignoreAttributes: false }).parse(
      readFileSync(join(repository, 'report.xml'), 'utf8'),
    ) as {
      testsuites: Record<string, string>;
    };
    expect(Number(xml.testsuites['@_errors']) + Number(xml.testsuites['@_failures'])).toBeGreaterThan(0);
  });

  test('recognises a notebook by what it defines, and annotates it with cell and line', () => {
    const run = gradmark(onGitHub, 'ci', 'hw2/Homework 2.ipynb', ...task, '--write', 'json=all.json');
    expect(run.exitCode, run.stderr).toBe(1);
    expect(run.stdout).toMatch(/^::error file=hw2\/Homework 2\.ipynb,line=1,.*::.*cell 22, line 4/m);
    const { submissions } = JSON.parse(readFileSync(join(repository, 'all.json'), 'utf8')) as {
      submissions: { notebooks: { path: string; cells: { cell: number; state: string }[] }[] }[];
    };
    const [notebook] = submissions[0]!.notebooks;
    expect([notebook!.path, notebook!.cells.at(-1)]).toMatchObject(['Homework 2.ipynb', { cell: 22, state: 'run' }]);
  });

  test.runIf(isNight)('asks with a secret what counts', () => {
    const counted = gradmark({}, 'ci', 'hw2', ...task, '--secret-file', 'secret', '--exit-zero');
    expect(counted.exitCode, counted.stdout + counted.stderr).toBe(0);
  });
});
