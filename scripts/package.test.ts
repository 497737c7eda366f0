import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gradmark-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** npm and npx as a person has them, with this Node first on the path. */
function run(command: string, ...args: string[]): string {
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  return execaSync(command, args, { cwd: folder, env, stdin: 'ignore', stripFinalNewline: false }).stdout;
}

test('the packed gradmark, installed in an empty folder, grades a submission from its build', () => {
  execaSync(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root });
  const packed = JSON.parse(run('npm', 'pack', root, '--json', '--ignore-scripts')) as {
    filename: string;
    files?: { path: string }[];
  }[];
  const [{ filename, files }] = packed as [{ filename: string; files: { path: string }[] }];
  expect(files.map((file) => file.path).filter((path) => /\.test\.|^fixtures\/|^graders\//.test(path))).toEqual([]);

  run('npm', 'init', '--yes');
  run('npm', 'install', '--no-audit', '--no-fund', join(folder, filename));
  cpSync(join(root, 'reference/boston-init-mnist-grads'), join(folder, 'work'), { recursive: true });
  const out = run(
    'npx',
    '--no-install',
    'gradmark',
    'grade',
    'boston-init-mnist-grads',
    'work',
    '--out',
    'out',
    '--json',
  );
  const { submissions } = JSON.parse(out) as {
    submissions: { held: boolean; tasks: { id: string; score: number }[] }[];
  };
  expect(submissions[0]!.held).toBe(false);
  expect(submissions[0]!.tasks.find((task) => task.id === 'Q3c')!.score).toBe(14);
  expect(readFileSync(join(folder, 'out/index.html'), 'utf8')).toContain('<!doctype html>');
});
