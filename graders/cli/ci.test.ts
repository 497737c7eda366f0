import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Grade } from '../model/grade.ts';
import { packageRoot } from '../package-root.ts';
import { isNight } from '../nightly.testing.ts';
import { formatsToWrite } from './ci-files.ts';
import { documented } from './documented.testing.ts';
import { allPassed } from './own-work.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-ci-'));
afterAll(() => rmSync(folder, { recursive: true }));
const slug = 'boston-init-mnist-grads';
const repository = join(folder, 'repository');

/** The lines of docs/ci.md, run as they stand there; `--task` only makes them cheaper. */
const lines = documented('ci.md').filter(([name]) => name === 'ci');
const [plain, share, formats, counting] = lines.map(([, ...words]) => words) as [
  string[],
  string[],
  string[],
  string[],
];

test('the page has these lines', () => {
  expect(lines.map((words) => words.join(' '))).toEqual([
    'ci',
    'ci hw1/ --min-score 60',
    'ci --write junit=report.xml --write ctrf=ctrf.json',
    'ci --secret-file secret --contained-by container --exit-zero --write json=results.json',
  ]);
});

/** As a runner starts it: in the top folder of the repository, with nothing of this process's own CI. */
function ci(env: Record<string, string>, ...args: string[]) {
  return execaSync(process.execPath, [join(packageRoot, 'bin/gradmark.js'), 'ci', ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...env },
    extendEnv: false,
    cwd: repository,
    reject: false,
  });
}

beforeAll(() => {
  mkdirSync(join(repository, 'hw1'), { recursive: true });
  for (const file of ['q3c.ts', 'q3a.ts'])
    cpSync(join(packageRoot, 'reference', slug, file), join(repository, 'hw1', file));
});

describe('on GitHub', () => {
  const [summary, output] = [join(folder, 'summary.md'), join(folder, 'output')];
  let run: ReturnType<typeof ci>;

  beforeAll(() => {
    const path = join(repository, 'hw1/q3c.ts');
    const source = readFileSync(path, 'utf8');
    const wrong = source.replace('yHat.sub<tf.Tensor2D>(yTrue)', 'yTrue.sub<tf.Tensor2D>(yHat)');
    writeFileSync(path, `${wrong}\nconsole.log('::add-mask::hello\\n::error::mine');\n`);
    writeFileSync(join(repository, 'hw1/fixed-batches.ts'), '// mine now\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output };
    run = ci(env, ...formats, '--task', 'Q3c');
    writeFileSync(path, source);
  });

  test('wrong work exits with 1, and the mistake is annotated with words', () => {
    expect(run.exitCode, run.stderr).toBe(1);
    expect(run.stdout).toMatch(/^::error .*title=q3c/m);
  });

  test("nothing that is not ours commands the runner: students' text is where commands are switched off", () => {
    const [, token] = /^::stop-commands::(\S+)$/m.exec(run.stdout) ?? [];
    const [before, rest] = run.stdout.split(`::stop-commands::${token}\n`);
    const [, after] = rest!.split(`\n::${token}::\n`);
    const commands = `${before}${after}`.split('\n').filter((line) => line.startsWith('::'));
    expect(commands.length).toBeGreaterThan(1);
    for (const line of commands) expect(line).toMatch(/^::(error|warning|notice) (file=|title=)/);
  });

  test('a changed copy of what the sheet gives is a warning', () => {
    expect(run.stdout).toMatch(/^::warning .*hw1\/fixed-batches\.ts is not as the sheet gave it/m);
    expect(readFileSync(summary, 'utf8')).toContain('hw1/fixed');
  });

  test('outputs and files hold the same marks', () => {
    const values = new Map(
      [...readFileSync(output, 'utf8').matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm)].map(([, name, , value]) => [
        name,
        value,
      ]),
    );
    const read = JSON.parse(readFileSync(join(repository, 'ctrf.json'), 'utf8')) as {
      results: { summary: { failed: number; extra: { score: number } } };
    };
    expect(values.get('score')).toBe(String(read.results.summary.extra.score));
    expect(values.get('failed')).toBe(String(read.results.summary.failed));
    expect(Number(values.get('failed'))).toBeGreaterThan(0);
    const xml = new XMLParser({ ignoreAttributes: false }).parse(
      readFileSync(join(repository, 'report.xml'), 'utf8'),
    ) as {
      testsuites: Record<string, string>;
    };
    expect(xml.testsuites['@_failures']).toBe(values.get('failed'));
  });
});

test('on GitLab right work exits with 0, and the two reports lie where the job looks for them', () => {
  const run = ci({ GITLAB_CI: 'true' }, ...plain, '--task', 'Q3c');
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  expect(run.stdout).not.toContain('::');
  expect(readFileSync(join(repository, 'gradmark-junit.xml'), 'utf8')).toContain('failures="0"');
  expect(JSON.parse(readFileSync(join(repository, 'gradmark-code-quality.json'), 'utf8'))).toEqual([]);
});

test('a share of the marks may be enough', () => {
  writeFileSync(join(repository, 'hw1/q3a.ts'), 'export {};\n');
  const run = ci({}, ...share, '--task', 'Q3a,Q3c', '--write', 'json=all.json');
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  const all = JSON.parse(readFileSync(join(repository, 'all.json'), 'utf8')) as { submissions: Grade[] };
  expect(all.submissions.every(allPassed)).toBe(false);
});

test.runIf(isNight)('probes that count are asked with a secret, and the file says what came of it', () => {
  writeFileSync(join(repository, 'secret'), '5e'.repeat(32));
  const run = ci({}, ...counting, '--task', 'Q3a,Q3c');
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  expect(readFileSync(join(repository, 'results.json'), 'utf8')).toContain('"score"');
});

test.each([
  ['junitt=x', /no format junitt.*Did you mean junit\?/],
  ['junit', /write it as junit=<file>/],
])('--write %s is refused in a sentence', (asked, says) => {
  expect(() => formatsToWrite([asked], 'none')).toThrow(says);
});
