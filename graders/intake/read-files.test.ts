import { expect, test } from 'vitest';
import type { Chosen } from './choose.ts';
import { defaultLimits } from './limits.ts';
import { readFiles } from './read-files.ts';

/** A chosen file whose listing says `bytes`, and whose content is this text. */
const file = (path: string, text = '', more: Partial<Chosen['entry']> = {}): Chosen => ({
  path,
  entry: { path, bytes: text.length, read: () => Promise.resolve(Buffer.from(text)), ...more },
});
const files = (n: number, each: string) => Array.from({ length: n }, (_, i) => file(`f${i}.ts`, each));

async function read(chosen: Chosen[], limits = {}, apart: Chosen[] = []) {
  const notes: string[] = [];
  const read = await readFiles({ chosen, apart, notes: [] }, 'node', { ...defaultLimits, ...limits }, notes);
  return { paths: read.map(({ path }) => path), read, notes };
}

test('as many files as the limit are read, one more is refused, and what is never read does not count', async () => {
  expect((await read(files(3, 'x'), { files: 3 })).paths).toEqual(['f0.ts', 'f1.ts', 'f2.ts']);
  expect((await read([...files(3, 'x'), file('plot.png')], { files: 3 })).paths).toHaveLength(3);
  await expect(read(files(4, 'x'), { files: 3 })).rejects.toThrow(
    'It holds 4 program and text files (at most 3): hand in your own files only.',
  );
});

test('a file of the largest size is read, one that is a byte larger is left out and said', async () => {
  const { paths, notes } = await read([file('a.ts', 'xxxx'), file('b.ts', 'xxxxx')], { fileBytes: 4 });
  expect([paths, notes]).toEqual([['a.ts'], ['b.ts was not read: it is 5 bytes (at most 4 bytes).']]);
});

test('a file is read up to the limit of one file', async () => {
  const asked: number[] = [];
  const grows = file('a.ts', 'x', { read: (most) => (asked.push(most), Promise.resolve(Buffer.from('x'))) });
  await read([grows], { fileBytes: 4 });
  expect(asked).toEqual([4]);
});

test('text of the largest total is read, a byte more is refused; what is left out does not count', async () => {
  const limits = { fileBytes: 4, totalBytes: 8 };
  expect((await read(files(2, 'xxxx'), limits)).paths).toHaveLength(2);
  expect((await read([...files(2, 'xxxx'), file('big.ts', 'xxxxx')], limits)).paths).toHaveLength(2);
  await expect(read([...files(2, 'xxxx'), file('z.ts', 'x')], limits)).rejects.toThrow(
    'Its program and text files come to more than 8 bytes: leave out data.',
  );
});

test('what was set aside when it was listed is said and not opened', async () => {
  const never = file('a.ts', 'x', { aside: 'is a link', read: () => Promise.reject(new Error('opened')) });
  expect(await read([never])).toEqual({ paths: [], read: [], notes: ['a.ts was not read: it is a link.'] });
});

test('files come back in the order of their paths, under all their names', async () => {
  const renamed: Chosen = { ...file('a.ts', 'x'), handedInAs: 'A.ts' };
  expect((await read([file('b.ts', 'y'), renamed])).read).toEqual([
    { path: 'a.ts', text: 'x', handedInAs: 'A.ts' },
    { path: 'b.ts', text: 'y' },
  ]);
});

test('a path by which imports still find the file need not be kept; another one is', async () => {
  const known = async (knownAs: string) => (await read([{ ...file('q1.ts', ''), knownAs }])).read[0]!.knownAs;
  expect([await known('q1.js'), await known('lib/q1.ts')]).toEqual([undefined, 'lib/q1.ts']);
});

test('data and built files are read as far as a program imports them, directly or not; the rest is said once', async () => {
  const apart = [
    file('dist/a.js', "require('./b.js')"),
    file('dist/b.js', ''),
    file('dist/c.js', ''),
    file('data/rows.json', '[]'),
    file('data/plot.png', ''),
    file('out/x.js', ''),
  ];
  const program = "import a from './dist/a.js';\nimport rows from './data/rows.json';\nimport tf from 'dist/c.js';";
  const { paths, notes } = await read([file('q1.ts', program)], {}, apart);
  expect(paths).toEqual(['data/rows.json', 'dist/a.js', 'dist/b.js', 'q1.ts']);
  expect(notes).toEqual(['Not read, because no program imports it: dist/, data/, out/.']);
});

test.each([
  ['import', "import { x } from './dist/x.js'", true],
  ['re-export', 'export * from "./dist/x"', true],
  ['bare import', "import './dist/x'", true],
  ['dynamic import', "await import( './dist/x' )", true],
  ['template', 'require(`./dist/x`)', true],
  ['package of that name', "import x from 'dist/x.js'", false],
  ['string', "const path = './dist/x.js'", false],
  ['broken quote', 'import x from \'./dist/x.js"', false],
])('an import is seen in a program (%s)', async (_, program, seen) => {
  const { paths } = await read([file('q1.ts', program)], {}, [file('dist/x.js', '')]);
  expect(paths).toEqual(seen ? ['dist/x.js', 'q1.ts'] : ['q1.ts']);
});

test('what is imported counts against the limits, and once', async () => {
  const program = "import './dist/a'; import './dist/a.js';";
  const apart = () => [file('dist/a.js', program)];
  const { paths, notes } = await read([file('q1.ts', program)], { files: 2 }, apart());
  // Where all of a folder is imported nothing of it is left to tell.
  expect([paths, notes]).toEqual([['dist/a.js', 'q1.ts'], []]);
  await expect(read([file('q1.ts', program)], { files: 1 }, apart())).rejects.toThrow('It holds 2 program');
});

test('what is not text, and what is not UTF-8, is said', async () => {
  const bytes = (path: string, ...content: number[]) =>
    file(path, '', { read: () => Promise.resolve(Buffer.from(content)) });
  const { paths, notes } = await read([
    bytes('a.ts', 97, 0),
    bytes('b.ts', 0xe9, 97, 98),
    file('c.png'),
    file('d.csv'),
  ]);
  expect(paths).toEqual(['b.ts']);
  expect(notes).toEqual([
    'a.ts was not read: it is not text (a zero byte stands in it).',
    'b.ts: it is not saved as UTF-8 (line 1) and was read as code page 1252: save it as UTF-8.',
    'Not read, because only programs and plain text are: c.png, d.csv.',
  ]);
});

test('an import means the file beside the program before one of a folder of that name', async () => {
  const { paths } = await read([file('q1.ts', "import './dist'"), file('dist.ts')], {}, [file('dist/index.js', '')]);
  expect(paths).toEqual(['dist.ts', 'q1.ts']);
});
