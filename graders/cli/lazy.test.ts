import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execaSync } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sourcesIn } from '../../scripts/house/sources.ts';
import { packageRoot } from '../package-root.ts';

const staticImport = /^(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm;

test('the command line is read, and help is given, before anything but commander is loaded', () => {
  const texts = new Map(sourcesIn('graders').map(({ path, text }) => [join(packageRoot, path), text]));
  const packages = new Set<string>();
  const seen = new Set<string>();
  const load = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, specifier] of texts.get(path)!.matchAll(staticImport)) {
      if (specifier!.startsWith('.')) load(join(path, '..', specifier!));
      else if (!specifier!.startsWith('node:')) packages.add(specifier!);
    }
  };
  load(join(packageRoot, 'graders/cli.ts'));
  expect([...packages]).toEqual(['commander']);
  const loaded = [...seen].map((path) => relative(packageRoot, path));
  expect(loaded.filter((path) => /\/run-/.test(path))).toEqual([]);
  // Besides how each command is called: where the package lies, and the names of data sets and libraries, which help lists.
  expect(loaded.filter((path) => !/^graders\/cli[./]/.test(path)).sort()).toEqual([
    'graders/data/data-files.ts',
    'graders/package-root.ts',
    'graders/runtimes/python/tensor-libraries.ts',
  ]);
});

describe('what was compiled is remembered', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gradmark-compiled-'));
    mkdirSync(join(folder, 'bin'));
    cpSync(join(packageRoot, 'bin/compile-cache.cjs'), join(folder, 'bin/compile-cache.cjs'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const kept = () => {
    const url = join(folder, 'bin/compile-cache.cjs');
    const text = `import { rememberCompiled } from ${JSON.stringify(url)}; rememberCompiled(); await import(${JSON.stringify(url)});`;
    execaSync(process.execPath, ['--input-type=module', '-e', text]);
    return readdirSync(join(folder, '.cache'));
  };

  test('in a folder beside the program', () => {
    expect(kept()).toHaveLength(1);
  });

  test('but not in a folder that others may write to: what they put there would be run', () => {
    mkdirSync(join(folder, '.cache'));
    chmodSync(join(folder, '.cache'), 0o777);
    expect(kept()).toEqual([]);
  });
});
