import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../graders/package-root.ts';
import { isTest, sourcesIn } from './house/sources.ts';

type Exports = Record<string, { types: string } | string>;
const read = (path: string) => JSON.parse(readFileSync(join(packageRoot, path), 'utf8')) as Record<string, unknown>;
const exported = Object.entries(read('package.json')['exports'] as Exports).flatMap(([name, target]) =>
  typeof target === 'string' ? [] : [[name.slice(2), target.types.replace('./dist/', '').replace('.d.ts', '.ts')]],
) as [name: string, source: string][];

/** The source files that a lecturer's checks may import. */
const entries = sourcesIn('graders').filter(({ path }) =>
  exported.some(([, source]) => source === path || (source.endsWith('/*.ts') && path.startsWith(source.slice(0, -4)))),
);

/** The example in the comment on top of a file. */
function exampleIn(text: string): string | undefined {
  const comment = text.startsWith('/**') ? text.slice(0, text.indexOf('*/')) : '';
  return /^ \* ```ts\n([^]*?)^ \* ```$/m.exec(comment)?.[1]!.replace(/^ \* ?/gm, '');
}

// Inside the project, so that the examples find the types of Node.
const folder = join(packageRoot, 'out', `examples-${process.pid}`);
const examples = entries.flatMap(({ path, text }) => {
  const example = exampleIn(text);
  return example === undefined ? [] : [{ path, example, file: join(folder, path.replaceAll('/', '-')) }];
});

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { file, example } of examples) writeFileSync(file, example);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every public entry that is named has an example on top, and every one a test of its types', () => {
  const named = exported.filter(([, source]) => !source.includes('*')).map(([, source]) => source);
  const shown = examples.map(({ path }) => path);
  expect(named.filter((source) => !shown.includes(source))).toEqual([]);
  const types = sourcesIn('graders').filter(({ path }) => path.endsWith('.test-d.ts'));
  const untested = exported.filter(([name, source]) => {
    const imported = source.includes('*') ? `from 'gradmark/${name.slice(0, -1)}` : `from 'gradmark/${name}'`;
    return !types.some(({ text }) => text.includes(imported));
  });
  expect(untested).toEqual([]);
  // Nouns and numerics all have one; of the kinds of tasks those with which a lecturer begins.
  const whole = entries.filter(({ path }) => /^graders\/(model|numerics)\//.test(path) && !isTest({ path }));
  expect(whole.map(({ path }) => path).filter((path) => !shown.includes(path))).toEqual([]);
  expect(shown.filter((path) => path.startsWith('graders/kinds/')).length).toBeGreaterThan(3);
});

/** Tests run in vitest: graders/vitest.test.ts runs this one. */
const isTestFile = ({ example }: { example: string }) => example.includes(" from 'vitest'");

test('the examples run as they stand', async () => {
  const programs = examples.filter((one) => !isTestFile(one));
  const own = pathToFileURL(join(packageRoot, 'graders/self-import.ts')).href;
  const text = `import { provideOwnModules } from ${JSON.stringify(own)};
    provideOwnModules();
    for (const { path, url } of ${JSON.stringify(programs.map(({ path, file }) => ({ path, url: pathToFileURL(file).href })))})
      await import(url).then(() => console.log(path), (error) => console.log(path, error));`;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', text]);
  expect(stdout.split('\n')).toEqual(programs.map(({ path }) => path));
});

test('the examples have the types that they claim', async () => {
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = { incremental: false, tsBuildInfoFile: null, noUnusedLocals: true };
  const root = join(packageRoot, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ extends: root, compilerOptions, include: ['*.ts'], exclude: [] }));
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await execa(process.execPath, [tsc, '-p', config], { reject: false });
  expect(stdout).toBe('');
});

test('within the project, public names mean the sources of what they mean in the package', () => {
  const { compilerOptions } = read('tsconfig.json') as { compilerOptions: { paths: Record<string, string[]> } };
  const wanted = exported.map(([name, source]) => [`gradmark/${name}`, [`./${source}`]] as const);
  expect(compilerOptions.paths).toEqual(Object.fromEntries(wanted));
});
