import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { isNight } from '../graders/nightly.testing.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gradmark-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** npm and npx as a person has them, with this Node first on the path. */
function run(command: string, ...args: string[]): string {
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  return execaSync(command, args, { cwd: folder, env, stdin: 'ignore', stripFinalNewline: false }).stdout;
}

/** Unpacks what npm packed, and puts beside it the packages that it declares and no others, as they stand in this checkout. */
function unpack(filename: string): void {
  const [modules, own] = [join(folder, 'node_modules'), join(folder, 'node_modules/gradmark')];
  mkdirSync(join(modules, '.bin'), { recursive: true });
  run('tar', '-xzf', filename);
  cpSync(join(folder, 'package'), own, { recursive: true });
  const { bin, dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  symlinkSync(join(own, bin['gradmark']!), join(modules, '.bin/gradmark'));
}

test('the packed gradmark, installed in an empty folder, grades a submission from its build', () => {
  // By day the types are read by `npm run verify` itself; at night the build reads them, too, as for whoever publishes.
  execaSync(process.execPath, [join(root, 'scripts/build.ts'), ...(isNight ? [] : ['--noCheck'])], { cwd: root });
  const packed = JSON.parse(run('npm', 'pack', root, '--json', '--ignore-scripts')) as {
    filename: string;
    files?: { path: string }[];
  }[];
  const [{ filename, files }] = packed as [{ filename: string; files: { path: string }[] }];
  expect(files.map((file) => file.path).filter((path) => /\.test\.|^fixtures\/|^graders\//.test(path))).toEqual([]);

  writeFileSync(join(folder, 'package.json'), '{}');
  // What npm makes of the declared versions is asked of the network, and told at night.
  if (isNight) run('npm', 'install', '--no-audit', '--no-fund', join(folder, filename));
  else unpack(filename);
  cpSync(join(root, 'reference/boston-init-mnist-grads'), join(folder, 'work'), { recursive: true });
  const words = ['grade', 'boston-init-mnist-grads', 'work', '--out', 'out', '--json'];
  const out = run('npx', '--no-install', 'gradmark', ...words, ...(isNight ? [] : ['--only', 'Q3c']));
  const { submissions } = JSON.parse(out) as {
    submissions: { held: boolean; tasks: { id: string; score: number }[] }[];
  };
  expect(submissions[0]!.held).toBe(false);
  expect(submissions[0]!.tasks.find((task) => task.id === 'Q3c')!.score).toBe(14);
  expect(readFileSync(join(folder, 'out/index.html'), 'utf8')).toContain('<!doctype html>');
});
