/** The word `await` is put aside for the compiler and put back, whatever stands around it. */
import { expect, test } from 'vitest';
import { inspectFiles } from './inspect-files.ts';

async function codeOf(text: string): Promise<string> {
  const files = [{ path: 'q1.ts', text }];
  const { syntax, modules } = await inspectFiles({ files, module: 'q1.ts', policy: 'free', imports: [], given: [] });
  expect(syntax).toBeUndefined();
  const { code } = modules[0]!;
  expect(() => new Function('require', 'module', code)).not.toThrow();
  return code;
}

test.each([
  ['const a = await 1;\nexport const g = () => \\u0077000w();', 'g = () => w000w()'],
  ['const a = await 1;\nexport const g = () => \\u{77}000w(2);', 'g = () => w000w(2)'],
  ['const a = await 1;\n\\u0077000w: for (const x of [1]) continue \\u0077000w;', 'w000w:'],
])('a name of the student that is written with escapes is never taken for an await: %s', async (text, stays) => {
  const code = await codeOf(text);
  expect(code).toContain(stays);
  expect(code).toContain('a = (await (1))');
});

test('names that the compiler makes up are never taken for an await', async () => {
  const names = ['w0000', 'w0001', 'w000'].map((name) => `export const ${name} = await 1;`).join('\n');
  const code = await codeOf(`${names}\nexport const g = (w000: any) => w000();`);
  expect(code.match(/await/g)).toHaveLength(3);
});

test.each(['await\n  value(\n    10,\n  );', 'await (\n  // why\n  5\n);', 'await [\n  1\n];'])(
  'lines after %j keep their place in the map',
  async (awaited) => {
    const files = [
      { path: 'q1.ts', text: `const value = (x: number) => x; const ten = ${awaited}\nthrow new Error('x');` },
    ];
    const { modules } = await inspectFiles({ files, module: 'q1.ts', policy: 'free', imports: [], given: [] });
    const { code, map } = modules[0]!;
    const { mappings } = JSON.parse(map) as { mappings: string };
    const last = code.split('\n').findIndex((text) => text.startsWith('throw'));
    // Lines of the map are parted by `;`: the last that says anything is that of the error.
    expect(mappings.replace(/;+$/, '').split(';')).toHaveLength(last + 1);
  },
);

test('a loop that awaits may be left and continued by the labels of the student', async () => {
  const code = await codeOf(
    `outer: inner: for /* await */ await (const x of [1]) { for (;;) { if (x) continue inner; else break outer; } }`,
  );
  expect(code).toContain('outer: inner: for await (const x of [1])');
});

test('what a class is made of may be awaited', async () => {
  const code = await codeOf(
    `const k = { [await 'm']() { return 1; } };\nexport class A extends (await Promise.resolve(Object)) { static [await 'k'] = 1; [await 'f']() { return k; } }`,
  );
  expect(code.match(/await/g)).toHaveLength(4);
});

test.each(['namespace N { export const a = await 1; }\nexport { N };', 'export enum E { a = await 1 }'])(
  'an await where none can be is no fault of the grader: %s',
  async (text) => {
    const files = [{ path: 'q1.ts', text }];
    const { syntax } = await inspectFiles({ files, module: 'q1.ts', policy: 'free', imports: [], given: [] });
    expect(syntax?.message).toContain('await');
  },
);

test('an await that the compiler moves into a function is refused in words', async () => {
  const text = `export const a = import(await Promise.resolve('./b'));`;
  await expect(codeOf(text)).rejects.toMatchObject({ name: 'ProgramStopped', kind: 'refused' });
});
