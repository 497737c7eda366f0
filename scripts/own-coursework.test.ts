import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandIn } from '../graders/cli/in-process.testing.ts';
import { isNight } from '../graders/nightly.testing.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gradmark-own-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first block of this language in CONTRIBUTING.md that holds the words. */
function block(language: string, holding: string): string {
  const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const blocks = [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1]!,
  );
  const found = blocks.find((text) => text.includes(holding));
  if (found === undefined) throw new Error(`CONTRIBUTING.md has no ${language} block with ${holding}`);
  return found;
}

/** What a command says that ends well. */
async function gradmark(...args: string[]): Promise<string> {
  const { code, says, complains } = await commandIn(folder, args);
  expect(code, complains).toBe(0);
  return says;
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const sums = 'rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0))';
const right = `export const columnSums = (rows: number[][]): number[] => ${sums};\n`;

const mean = `export const columnSums = (rows: number[][]): number[] => ${sums}.map((s) => s / rows.length);\n`;

beforeAll(() => {
  write('class/right/sums.ts', right);
  write('class/mean/sums.ts', mean);
});

test('the coursework of the contributing guide, written down word for word, grades right and wrong work', async () => {
  write('courses/tiny-sums/assignment.json', block('json', '"slug": "tiny-sums"'));
  write('courses/tiny-sums/checks.ts', block('ts', 'export const checks'));

  const out = await gradmark(
    'grade',
    'tiny-sums',
    join(folder, 'class'),
    '--assignments',
    join(folder, 'courses'),
    '--out',
    join(folder, 'out'),
    '--json',
  );
  const { submissions } = JSON.parse(out) as {
    submissions: { id: string; score: number; tasks: { checks: { diagnosis?: { mistakes: string[] } }[] }[] }[];
  };
  expect(submissions.map(({ id, score }) => [id, score])).toEqual([
    ['mean', 0],
    ['right', 2],
  ]);
  expect(submissions[0]!.tasks[0]!.checks[0]!.diagnosis?.mistakes).toEqual(['mean']);
});

const withModelSolution = () => write('courses/tiny-sums/reference/sums.ts', right);

// By day a new coursework is (new.test.ts).
test.runIf(isNight)('it is audited with the model solution and the fixtures beside it', async () => {
  const loop = 'const sums = rows[0]!.map(() => 0);\n  for (const row of rows) row.forEach((v, j) => (sums[j]! += v));';
  withModelSolution();
  write(
    'courses/tiny-sums/fixtures/correct-loop/sums.ts',
    `export function columnSums(rows: number[][]): number[] {\n  ${loop}\n  return sums;\n}\n`,
  );
  write(
    'courses/tiny-sums/fixtures/correct-loop/expected.json',
    JSON.stringify({ over: 'reference', earned: {}, fails: [], why: 'Sums in a loop.' }),
  );
  const courses = join(folder, 'courses');
  const args = ['audit', 'tiny-sums', '--assignments', courses, '--quick', '--backends', 'cpu', '--json'];
  const { programs, unmet } = JSON.parse(await gradmark(...args)) as { programs: string[]; unmet: string[] };
  expect(programs).toEqual(['reference', 'correct-loop']);
  expect(unmet).toEqual([]);
});

test('three tasks written with the kinds of tasks: at most 60 lines of checks, right work passes and mistakes are named', async () => {
  const checks = block('ts', 'gradmark/kinds/elementwise');
  expect(
    checks
      .trim()
      .split('\n')
      .filter((line) => line !== '').length,
  ).toBeLessThanOrEqual(60);
  write('kinds/tiny-layers/assignment.json', block('json', '"slug": "tiny-layers"'));
  write('kinds/tiny-layers/checks.ts', checks);
  const each = `const each = (f, ...args) =>
  typeof args[0] === 'number' ? f(...args) : args[0].map((_, i) => each(f, ...args.map((arg) => arg[i])));\n`;
  const work = (slope: string, kept: string) =>
    `${each}export const tanh = (x) => each(Math.tanh, x);
export const tanhGrad = (x, dy) => each((v, d) => ${slope}, x, dy);
export const dropout = (x, mask) => each((v, m) => ${kept}, x, mask);\n`;
  write('layers/right/layers.js', work('d * (1 - Math.tanh(v) ** 2)', '(v * m) / 0.8'));
  write('layers/right/answers.json', JSON.stringify({ dTanh: '1 - tanh(x)^2' }));
  write('layers/wrong/layers.js', work('1 - Math.tanh(v) ** 2', 'v * m'));
  write('layers/wrong/answers.json', JSON.stringify({ dTanh: '1 + tanh(x)^2' }));
  const folders = ['--assignments', join(folder, 'kinds'), '--out', join(folder, 'layers-out')];
  const out = await gradmark('grade', 'tiny-layers', join(folder, 'layers'), ...folders, '--json');
  const { submissions } = JSON.parse(out) as {
    submissions: { id: string; score: number; tasks: { checks: { diagnosis?: { mistakes: string[] } }[] }[] }[];
  };
  expect(submissions.map(({ id, score }) => [id, score])).toEqual([
    ['right', 6],
    ['wrong', 1],
  ]);
  const named = submissions[1]!.tasks.flatMap((task) =>
    task.checks.flatMap(({ diagnosis }) => diagnosis?.mistakes ?? []),
  );
  expect(named).toEqual(['no-upstream', 'not-scaled', 'plus']);
});

/** Exit code and what is said on stderr. */
async function failing(...args: string[]): Promise<{ status: number; says: string }> {
  const { code: status, complains: says } = await commandIn(folder, args);
  return { status, says };
}

describe('a mistake in checks is told as the lecturer’s, with its place and the mend', () => {
  const broken = (name: string, change: (checks: string) => string) => {
    write(`${name}/tiny-sums/assignment.json`, block('json', '"slug": "tiny-sums"'));
    write(`${name}/tiny-sums/checks.ts`, change(block('ts', 'export const checks')));
    return ['--assignments', join(folder, name)];
  };
  const grade = ['grade', 'tiny-sums', join(folder, 'class'), '--out', join(folder, 'broken')];

  test('one that throws while it judges holds the grades', async () => {
    const own = broken('throws', (text) =>
      text.replace('oracle: ({ rows }) =>', 'oracle: ({ rows }) => undefinedName &&'),
    );
    const { status, says } = await failing(...grade, ...own);
    expect([status, says]).toEqual([
      2,
      expect.stringMatching(/t1\.values broke: .*undefinedName.*at checks\.ts:\d+:\d+.*Mend/),
    ]);
    const checked = await failing('check', join(folder, 'class/right'), '--assignment', 'tiny-sums', ...own);
    expect([checked.status, checked.says]).toEqual([2, expect.stringContaining('t1.values broke')]);
  });

  test('a file that cannot be read, and prices that do not add up', async () => {
    const unreadable = await failing(...grade, ...broken('unreadable', (text) => `${text}\n)`));
    expect([unreadable.status, unreadable.says]).toEqual([2, expect.stringMatching(/checks\.ts.*cannot be loaded/s)]);
    const dear = await failing(...grade, ...broken('dear', (text) => text.replace('points: 2', 'points: 3')));
    expect([dear.status, dear.says]).toEqual([2, expect.stringContaining('sum to 3, its marks are 2')]);
  });

  test('a part of gradmark that there is not, with the one that was meant', async () => {
    const own = broken('parts', (text) => text.replace("'gradmark/values'", "'gradmark/valeus'"));
    const { status, says } = await failing(...grade, ...own);
    expect([status, says]).toEqual([2, expect.stringMatching(/no part of gradmark; did you mean gradmark\/values\?/)]);
  });

  test('a folder that holds no courseworks, and a name that is none', async () => {
    const own = broken('named', (text) => text);
    const said = async (...args: string[]) => (await failing('tasks', ...args)).says;
    expect(await said('--assignments', join(folder, 'nowhere'))).toMatch(/nowhere is no folder: /);
    expect(await said('--assignments', join(folder, 'named/tiny-sums'))).toMatch(/tiny-sums is a coursework itself: /);
    expect(await said('tiny-sum', ...own)).toContain('did you mean "tiny-sums"?');
  });

  test('a fixture that ends otherwise than it declares does not get past the audit', async () => {
    withModelSolution();
    write('courses/tiny-sums/fixtures/wrong-mean/sums.ts', mean);
    write(
      'courses/tiny-sums/fixtures/wrong-mean/expected.json',
      JSON.stringify({ over: 'reference', earned: { T1: 1 }, fails: ['t1.values'], diagnosis: 'mean', why: 'A mean.' }),
    );
    const args = ['audit', 'tiny-sums', '--assignments', join(folder, 'courses'), '--quick', '--backends', 'cpu'];
    expect((await failing(...args)).status).toBe(1);
  });
});
