/** No text keeps the grader busy, and long honest ones are read. */
import { cpuMsOf } from '../../../cpu-time.testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Inspector } from './inspector.ts';
import { createInspector } from './inspector.ts';

let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

const inspect = (text: string, files: Record<string, string> = {}) =>
  inspector.inspect({
    files: Object.entries({ 'q1.ts': text, ...files }).map(([path, text]) => ({ path, text })),
    module: 'q1.ts',
    policy: 'no-autodiff',
    imports: ['@tensorflow/tfjs'],
    given: [],
  });

/** Processor time of one inspection in ms: the 2.5 s that a worker may take, another one's start, and the rubbish collected. */
const most = 8000;

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

test.each([
  ['150 000 commas', `export const x = (1${',1'.repeat(150_000)});`],
  ['150 000 commas over lines', `let a = 1; a${',\na'.repeat(150_000)};`],
  ['many long sequences', `(1${',1'.repeat(1900)});\n`.repeat(240)],
  ['100 000 parentheses', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['200 000 texts put together', `export const s = ''${"+'a'".repeat(200_000)};`],
  [
    'constants made of each other',
    lines(20_000, (i) => `const a${i} = 'x' + ${i > 0 ? `a${i - 1}` : "''"};`) + 'x[a19999];',
  ],
  ['one key again and again', `export const o = {${'a:{b:1},'.repeat(100_000)}};`],
  ['one method again and again', `export class A {${'a(){}'.repeat(100_000)}}`],
  ['texts of an enum that double', `export enum E { a0 = 'x', ${lines(40, (i) => `a${i + 1} = a${i} + a${i},`)} }`],
  [
    'texts that double from enum to enum',
    lines(
      40,
      (i) => `enum E${i} { a${i} = ${i ? `\`\${E${i - 1}.a${i - 1}}\${E${i - 1}['a' + '${i - 1}']}\`` : "'x'"} }`,
    ),
  ],
  ['one long text in many places', `enum E { a = '${'x'.repeat(200_000)}' }\nf(${'E.a,'.repeat(50_000)});`],
  ['a tower of conditions', `x=${'a?b:'.repeat(100_000)}c`],
])('%s are refused soon, in words', async (_, text) => {
  const cpuMs = await cpuMsOf(() =>
    expect(inspect(text)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/^q1\.ts .*: write/) as string,
    }),
  );
  expect(cpuMs).toBeLessThan(most);
  expect((await inspect('export const a = 1;')).modules).toHaveLength(1);
});

test.each([
  [
    'half a megabyte of functions',
    lines(6500, (i) => `export function f${i}(x: number[], y = ${i}) {\n  return x.map((v) => v * y + ${i});\n}`),
  ],
  ['a table of 100 000 numbers', `export const table = [${'0.125,'.repeat(100_000)}];`],
  ['half a megabyte of text', `export const text = \`${'words and words\n'.repeat(32_000)}\`;`],
  ['20 000 exports with a comment each', lines(20_000, (i) => `/** Doubles it. */\nexport const a${i} = ${i};`)],
  ['60 000 things left to do', `${'// TODO more\n'.repeat(60_000)}export const a = 1;`],
  [
    'an enum of 1000 sums and a long text',
    `export enum E { a = 1, t = '${'x'.repeat(1000)}', ${lines(1000, (i) => `a${i} = ${i ? `a${i - 1}` : 'a'} + 1,`)} }\nexport const all = [${'E.a + E["t"].length,'.repeat(500)}];`,
  ],
  ['an object of 20 000 keys', `export const words = {${lines(20_000, (i) => `w${i}: ${i},`)}};`],
])('%s are read', async (_, text) => {
  const cpuMs = await cpuMsOf(async () => {
    const { breaches, syntax, modules, outlines } = await inspect(text);
    expect([breaches, syntax, modules.length]).toEqual([[], undefined, 1]);
    expect(outlines[0]!.leftovers.length).toBeLessThanOrEqual(100);
  });
  expect(cpuMs).toBeLessThan(most);
});

test('data that nests without end is read or refused like any other', async () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const cpuMs = await cpuMsOf(() =>
    inspect(`import data from './data.json';\nexport { data };`, { 'data.json': deep }).catch((error: unknown) =>
      expect(error).toMatchObject({ name: 'ProgramStopped' }),
    ),
  );
  expect(cpuMs).toBeLessThan(most);
});

/** Each keeps the compiler busy for minutes, which tries one reading of a text after the other. */
const slow = (i: number) =>
  `declare const a: any, b: any, c: any, x: any;\nexport const h${i} = ${'a ? (b) : c => '.repeat(24)}x;`;

test('a text that keeps the compiler busy costs its author, and who has used up the time of a whole submission is read no more', async () => {
  // The compiler of another inspector lives on, and is not mistaken for that of this one.
  await inspect('export const a = 1;');
  const fresh = createInspector();
  // Another such text is more than is left of the 10 s.
  const [author, neighbour] = [{ cpuMs: 8000 }, { cpuMs: 0 }];
  const told: string[] = [];
  const ask = (name: string, account: { cpuMs: number }, text: string) =>
    fresh
      .inspect({ files: [{ path: 'q1.ts', text }], module: 'q1.ts', policy: 'free', imports: [], given: [] }, account)
      .then(
        () => told.push(`${name} read`),
        (error: Error) => told.push(`${name} ${error.message}`),
      );
  await Promise.all([
    ask('author', author, slow(1)),
    ask('author', author, slow(2)),
    ask('neighbour', neighbour, 'export const a = 1;'),
  ]);
  expect(told).toEqual([
    'author q1.ts could not be compiled within 2.5 s: write it in smaller, simpler steps.',
    // Whoever has used least is read first.
    'neighbour read',
    'author Reading the files took more than the 10 s for a whole submission: write them in smaller, simpler steps.',
  ]);
  expect(author.cpuMs).toBeGreaterThan(10_000);
  expect(neighbour.cpuMs).toBeLessThan((author.cpuMs - 8000) / 5);
  await fresh.close();
});

test('a text that fills the memory costs its author what was computed until then', async () => {
  const fresh = createInspector({ memoryMb: 192 });
  const account = { cpuMs: 0 };
  const files = [{ path: 'q1.ts', text: ';'.repeat(950_000) }];
  const asked = { files, module: 'q1.ts', policy: 'free', imports: [], given: [] } as const;
  await expect(fresh.inspect(asked, account)).rejects.toThrow('q1.ts could not be read within 192 MB');
  expect(account.cpuMs).toBeGreaterThan(100);
  fresh.close();
});
