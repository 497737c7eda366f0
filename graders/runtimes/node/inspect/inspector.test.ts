import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { transform } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Policy } from '../../../model/assignment.ts';
import type { Inspection } from './inspection.ts';
import type { Inspector } from './inspector.ts';
import { createInspector } from './inspector.ts';
import { ProgramStopped } from '../../../stopped.ts';

let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

const inspect = (
  files: Record<string, string>,
  { policy = 'free', given = [], by = inspector }: { policy?: Policy; given?: string[]; by?: Inspector } = {},
): Promise<Inspection> =>
  by.inspect({
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    module: Object.keys(files)[0]!,
    policy,
    imports: ['@tensorflow/tfjs'],
    given,
  });

test('a breach has its rule, place, code frame and advice', async () => {
  const text = `import * as tf from '@tensorflow/tfjs';\n\nexport const g = \ttf.grad((x) => x);\n`;
  expect((await inspect({ 'q1.ts': text }, { policy: 'no-autodiff' })).breaches).toEqual([
    {
      rule: 'library',
      place: { path: 'q1.ts', line: 3, column: 22 },
      excerpt: `3 | export const g =  tf.grad((x) => x);\n  | ${' '.repeat(21)}^`,
      message:
        'tf.grad: Automatic differentiation is not allowed in this task: write the gradient yourself with tensor operations such as tf.matMul, tf.mul, tf.sub and tf.sum.',
    },
  ]);
});

test('a long line is cut around the place', async () => {
  const text = `export const a = ${'1+'.repeat(400)}eval('1')${'+1'.repeat(400)};`;
  const [breach] = (await inspect({ 'q1.ts': text })).breaches;
  const [line, mark] = breach!.excerpt.split('\n') as [string, string];
  expect(line.length).toBeLessThan(120);
  expect(line.slice(mark.indexOf('^')).startsWith('eval')).toBe(true);
});

test.each([
  ['tf.matmul(1, 2)', 'tf.matmul is not among what this task allows of the library: did you mean tf.matMul?'],
  ['tf.relU(1)', 'tf.relU is not among what this task allows of the library: did you mean tf.relu?'],
])('%s is answered with the name that was meant', async (call, message) => {
  const text = `import * as tf from '@tensorflow/tfjs';\nexport const x = ${call};`;
  expect((await inspect({ 'q1.ts': text }, { policy: 'no-autodiff' })).breaches[0]!.message).toBe(message);
});

test.each([
  ['q1.ts', 'export const a = 1;\nexport function f( {\n  return 1;\n}\n', { line: 3, column: 3 }],
  ['q1.ts', 'const π = "ππ"; const e = π π;\nexport const b = e;', { line: 1, column: 28 }],
  ['q1.js', 'export const a: number = 1;', { line: 1, column: 15 }],
])('a mistake of syntax in %s is told with its place', async (path, text, place) => {
  const { syntax, modules } = await inspect({ [path]: text });
  expect(syntax!.place).toEqual({ path, ...place });
  expect(syntax!.message).not.toMatch(/\(\d+:\d+\)/);
  expect(modules).toEqual([]);
});

test('await outside of functions makes a module one that is waited for, and so is whoever imports it', async () => {
  const { syntax, modules } = await inspect({
    'q1.ts': `import { n } from './slow';\nimport data from './data.json';\nexport const m = n + data.k;`,
    'slow.ts': `import './plain';\nexport const n = -(await Promise.resolve({ k: 2 })).k as number;`,
    'plain.ts': 'export const f = async () => { await 1; };',
    'data.json': '{ "k": 1 }',
  });
  expect(syntax).toBeUndefined();
  const codeOf = (path: string) => modules.find((module) => module.path === path)!.code;
  expect(codeOf('q1.ts')).toMatch(/^require\.ready\(\["\.\/slow","\.\/data\.json"\], async \(\) => \{"use strict";/);
  expect(codeOf('slow.ts')).toContain('const n = -(await Promise.resolve({ k: 2 })).k;');
  expect(codeOf('plain.ts')).not.toContain('ready');
});

test('await using outside of functions is told in words', async () => {
  const { syntax } = await inspect({ 'q1.ts': 'await using a = { async [Symbol.asyncDispose]() {} };\nexport { a };' });
  expect(syntax!.message).toBe('await stands outside of a function: move it into an async function');
});

test('a broken helper is the syntax error of its module, which is still compiled', async () => {
  const { syntax, modules } = await inspect({
    'q1.ts': `import './help';\nexport const a = 1;`,
    'help.ts': 'const = 1;',
  });
  expect(syntax!.place.path).toBe('help.ts');
  expect(modules.map((module) => module.path)).toEqual(['q1.ts']);
});

test('compiled modules are strict CommonJS that call each other, with maps to the student text', async () => {
  const { modules, localImports } = await inspect({
    'q1.ts': `import { twice } from './lib/twice.ts';\nimport data from './data.json';\nexport enum Mode { A = 3 }\nexport const six: number = twice(Mode.A);\nexport const late = async () => (await import('./lib/twice')).twice(data.n);\nexport function self(this: unknown) { return this; }`,
    'lib/twice.ts': `export const twice = <T extends number>(x: T): number => 2 * x;`,
    'data.json': `{ "n": 21, "__proto__": { "n": 0 } }`,
    'unused.ts': 'export const never = 1;',
  });
  expect(localImports.sort()).toEqual(['data.json', 'lib/twice.ts']);
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  const load = (path: string): Record<string, unknown> => {
    const found = modules.find((module) => [path, `${path}.ts`].includes(module.path))!;
    const known = loaded.get(found.path);
    if (known) return known.exports;
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(found.path, module);
    runInNewContext(`(function (exports, require, module) {${found.code}\n})`, {})(
      module.exports,
      (specifier: string) => load(specifier.slice(2)),
      module,
    );
    return module.exports;
  };
  const q1 = load('q1.ts') as { six: number; late(): Promise<number>; self(): unknown };
  expect(q1.six).toBe(6);
  expect(await q1.late()).toBe(42);
  const { self } = q1;
  expect(self()).toBeUndefined();
  const map = JSON.parse(modules[0]!.map) as { sources: string[]; mappings: string };
  expect(map.sources).toEqual(['q1.ts']);
  expect(map.mappings.length).toBeGreaterThan(20);
});

test('a map that a program brings is a comment: neither does it cost anything, nor do places follow it', async () => {
  const map = { version: 3, sources: ['../../ann/q1.ts'], names: [], mappings: 'AAAA' };
  const address = 'sourceMappingURL=data:application/json;base64,';
  const whole = `${address}${Buffer.from(JSON.stringify(map)).toString('base64')}`;
  for (const comment of [`//# ${whole}`, `/*# ${whole} */`, `//@ ${whole}`, `//# ${address}AAAA`]) {
    const { modules } = await inspect({ 'q1.ts': `export const x = 1;\n${comment}` });
    expect(modules.map(({ path }) => path)).toEqual(['q1.ts']);
    expect((JSON.parse(modules[0]!.map) as typeof map).sources).toEqual(['q1.ts']);
  }
});

test('expected values beside a submission cannot be pulled into it', async () => {
  const { modules, breaches } = await inspect({ 'q1.ts': `import key from '../../package.json';\nexport { key };` });
  expect(modules[0]!.code).not.toContain('gradmark');
  expect(breaches[0]!.rule).toBe('missing-file');
});

test('a missing import says which file was probably meant', async () => {
  const { breaches } = await inspect({
    'q1.ts': `import { a } from './Helper';\nexport { a };`,
    'helper.ts': 'export const a = 1;',
  });
  expect(breaches[0]!.message).toBe(
    "./Helper was not handed in; did you mean './helper'? The file is called helper.ts, and capitals count.",
  );
});

test('modules lifted out of src/ still find what lies beside src/', async () => {
  const { localImports, breaches } = await inspect({
    'q1.ts': `import { a } from '../lib/a';\nexport { a };`,
    'lib/a.ts': 'export const a = 1;',
  });
  expect([localImports, breaches]).toEqual([['lib/a.ts'], []]);
});

test('packages that are not there are told once for each module, and no breach', async () => {
  const { leftOut, breaches } = await inspect({
    'q1.ts': `import fs from 'node:fs';\nimport path from 'node:path';\nimport './help';\nexport const late = () => [fs, path, import('fs-extra'), require('node:fs')];`,
    'help.ts': `import type { A } from 'types-only';\nimport { B } from 'used-as-type';\nexport let a: A | B;\nimport 'dotenv/config';`,
  });
  expect(breaches).toEqual([]);
  expect(leftOut.map(({ source, place }) => `${place.path}:${place.line} ${source}`).sort()).toEqual([
    'help.ts:4 dotenv/config',
    'q1.ts:1 node:fs',
    'q1.ts:4 fs-extra',
  ]);
});

test('given modules are compiled but not judged', async () => {
  const files = {
    'q1.ts': `import { x } from './given';\nexport { x };`,
    'given.ts': 'export const x = process.argv;',
  };
  const { breaches, modules } = await inspect(files, { given: ['given.ts'] });
  expect(breaches).toEqual([]);
  expect(modules.map((module) => module.path)).toEqual(['q1.ts', 'given.ts']);
});

test('a module that was not handed in is missing', async () => {
  const request = { files: [], module: 'q9.ts', policy: 'free' as const, imports: [], given: [] };
  const error = await inspector.inspect(request).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProgramStopped);
  expect(error).toMatchObject({ kind: 'missing', message: 'q9.ts was not handed in.' });
});

test('only the first twenty breaches are told, however many there are', async () => {
  const { breaches } = await inspect({ 'q1.ts': `export const x = 1;${'eval;'.repeat(20_000)}` });
  expect(breaches).toHaveLength(20);
});

test('text that nests without end is refused, and the next module is read as ever', async () => {
  for (const text of ['['.repeat(30_000), 'a=>'.repeat(30_000), `x=${'1+'.repeat(30_000)}1`]) {
    const error = await inspect({ 'q1.ts': text }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ProgramStopped', kind: 'refused' });
  }
  expect((await inspect({ 'q1.ts': 'export const a = 1;' })).modules).toHaveLength(1);
});

test('what takes too long or too much memory is refused, whoever waits behind it is served, and the limits are named', async () => {
  const slow = createInspector({ cpuMs: 200, knownPart: 1 });
  const big = `export const a = [${'{ a: (b) => [b, { c: 1 }] },'.repeat(60_000)}];`;
  const jobs = [inspect({ 'q1.ts': big }, { by: slow }), inspect({ 'q2.ts': 'export {};' }, { by: slow })];
  const [first, second] = await Promise.allSettled(jobs);
  expect(first).toMatchObject({ reason: { kind: 'refused', message: expect.stringContaining('within 0.2 s') } });
  expect(second).toMatchObject({ status: 'fulfilled' });
  slow.close();
  const small = createInspector({ memoryMb: 24 });
  await expect(inspect({ 'q1.ts': big }, { by: small })).rejects.toMatchObject({
    kind: 'refused',
    message: 'q1.ts could not be read within 24 MB: write it in smaller, simpler steps.',
  });
  small.close();
});

test('trouble of our own is no fault of the student, and the next inspection starts afresh', async () => {
  const error = await inspect({ 'q1.ts': 5 as unknown as string }).catch((thrown: unknown) => thrown);
  expect(error).not.toBeInstanceOf(ProgramStopped);
  expect((error as Error).message).toMatch(/^The inspection of q1\.ts failed: /);
  expect((await inspect({ 'q1.ts': 'export const a = 1;' })).modules).toHaveLength(1);
});

test('a megabyte of minified text is read in time', async () => {
  const text = `export const a=[${'{b:(c)=>c+1,d:"e"},'.repeat(50_000)}];`;
  expect(text.length).toBeGreaterThan(900_000);
  expect((await inspect({ 'q1.ts': text }, { policy: 'no-autodiff' })).breaches).toEqual([]);
});

test('a closed inspector turns work away, and work under way ends', async () => {
  const closing = createInspector();
  const job = inspect({ 'q1.ts': 'export {};' }, { by: closing });
  closing.close();
  await expect(job).rejects.toThrow('The inspector was closed.');
  await expect(inspect({ 'q1.ts': 'export {};' }, { by: closing })).rejects.toThrow('The inspector is closed.');
});

test('the worker starts from JavaScript files too, as in the built package', async () => {
  const built = await mkdtemp(join(tmpdir(), 'built-'));
  try {
    const folder = join(built, 'graders', 'runtimes', 'node', 'inspect');
    await mkdir(folder, { recursive: true });
    await mkdir(join(folder, '..', 'language'));
    await symlink(
      join(import.meta.dirname, '..', '..', '..', '..', 'node_modules'),
      join(built, 'node_modules'),
      'dir',
    );
    await writeFile(join(built, 'package.json'), '{ "type": "module" }');
    const sources = await readdir(import.meta.dirname);
    for (const name of [
      '../../../stopped.ts',
      '../../../own-module.ts',
      '../language/program-files.ts',
      '../language/nearest-name.ts',
      '../language/meant-file.ts',
      ...sources.filter((source) => !source.endsWith('.test.ts')),
    ]) {
      const { code } = await transform(await readFile(join(import.meta.dirname, name), 'utf8'), { loader: 'ts' });
      const rewritten = code.replace(/(from "\.[^"]*)\.ts"/g, '$1.js"');
      await writeFile(join(folder, name.replace(/ts$/, 'js')), rewritten);
    }
    const url = pathToFileURL(join(folder, 'inspector.js')).href;
    const fromBuild = (
      (await import(/* @vite-ignore */ url)) as { createInspector: typeof createInspector }
    ).createInspector();
    expect((await inspect({ 'q1.ts': 'export const a: number = 1;' }, { by: fromBuild })).modules[0]!.code).toContain(
      'const a = 1',
    );
    fromBuild.close();
  } finally {
    await rm(built, { recursive: true });
  }
});
