import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { commandIn } from '../graders/cli/in-process.testing.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gradmark-new-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => commandIn(folder, args);

test('a new coursework passes the audit as it is, its fixtures end as they declare', async () => {
  expect((await run('new', 'my-layers', '--in', 'courses')).code).toBe(0);
  const audit = await run('audit', 'my-layers', '--assignments', 'courses', '--quick', '--backends', 'cpu', '--json');
  const { programs, unmet } = JSON.parse(audit.says) as { programs: string[]; unmet: string[] };
  expect([audit.code, unmet]).toEqual([0, []]);
  expect(programs).toEqual(['reference', 'correct-loop']);
  const tasks = await run('tasks', 'my-layers', '--assignments', 'courses');
  expect(tasks.says).toContain('3 checks, 2 fixtures');
});

test('its kit names a mistake where nothing but the kit is', async () => {
  expect(await run('start', 'my-layers', '--assignments', 'courses')).toMatchObject({
    code: 2,
    complains: expect.stringContaining('gradmark pack-practice my-layers') as string,
  });
  expect((await run('pack-practice', 'my-layers', '--assignments', 'courses')).code).toBe(0);
  expect((await run('start', 'my-layers', '--assignments', 'courses', '--to', 'kit')).code).toBe(0);
  const held = readdirSync(join(folder, 'kit'), { recursive: true, encoding: 'utf8' });
  expect(held).toContain('.gradmark/my-layers/practice.json');
  for (const name of held.filter((path) => /\.(ts|json|md)$/.test(path)))
    expect(readFileSync(join(folder, 'kit', name), 'utf8')).not.toMatch(/tanh\(x\)\^2|Math\.tanh/);

  const courses = join(folder, 'courses');
  cpSync(join(courses, 'my-layers/fixtures/wrong-slope/layers.ts'), join(folder, 'kit/layers.ts'));
  const right = readFileSync(join(courses, 'my-layers/reference/layers.ts'));
  // As on a student's machine: the lecturer's folder is elsewhere.
  rmSync(courses, { recursive: true });
  const check = [join(root, 'bin/gradmark.js'), 'check', 'kit', '--json'];
  const checked = execaSync(process.execPath, check, { cwd: folder, reject: false });
  expect(checked.exitCode).toBe(1);
  expect(checked.stdout).toContain('"no-upstream"');

  // All that is checked here is right, though the formula is left to the course.
  writeFileSync(join(folder, 'kit/layers.ts'), right);
  const job = await run('ci', 'kit', '--min-score', '100', '--task', 'T1,T2');
  expect(job.code, job.says + job.complains).toBe(0);
});

test('a name that cannot be one, or is taken, is refused in a sentence', async () => {
  expect(await run('new', 'My Layers')).toMatchObject({
    code: 2,
    complains: expect.stringContaining('small letters') as string,
  });
  expect(await run('new', 'numpy-mlp-digits')).toMatchObject({
    code: 2,
    complains: expect.stringContaining('brings') as string,
  });
  writeFileSync(join(folder, 'taken'), 'mine');
  expect(await run('new', 'taken')).toMatchObject({
    code: 2,
    complains: expect.stringContaining('is there already') as string,
  });
  expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'My Layers'))).toBe(false);
});
