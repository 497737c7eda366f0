import { expect, test } from 'vitest';
import { codeLines } from './highlight.ts';

const textOf = (lines: ReturnType<typeof codeLines>) =>
  lines.map(({ pieces }) => pieces.map(({ text }) => text).join('')).join('\n');

test('lines are numbered from the first, and words, strings, numbers and comments have a colour', () => {
  const lines = codeLines('const x = "a"; // b\nreturn 1.5e-3', 41);
  expect(lines.map(({ n }) => n)).toEqual([41, 42]);
  const coloured = lines.flatMap(({ pieces }) => pieces.filter(({ kind }) => kind !== ''));
  expect(coloured.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'k const',
    's "a"',
    'c // b',
    'k return',
    'n 1.5e',
    'n 3',
  ]);
});

test.each([
  '`a\nb',
  '/* never\nclosed',
  "'",
  '"\\',
  '# p\n\tdef f(): pass',
  '<script>`${x}`</script>',
  '\u{1f600}#x €',
  '',
])('no letter of %j is lost, changed or doubled', (source) => {
  expect(textOf(codeLines(source))).toBe(source);
});

test('a text that no page can bear keeps all its letters, without colours and at last without numbers', () => {
  const long = `${'a + 1;\n'.repeat(4000)}const last = 1;\n`;
  const lines = codeLines(long);
  expect(lines).toHaveLength(3000);
  expect(textOf(lines)).toBe(long);
  const minified = 'a+1;'.repeat(50_000);
  expect(codeLines(minified)[0]!.pieces.length).toBeLessThanOrEqual(20_001);
  expect(textOf(codeLines(minified))).toBe(minified);
});

test('a long text costs steps in proportion to its length', () => {
  const pieces = (n: number) => codeLines('`\'"/*#'.repeat(n)).reduce((sum, line) => sum + line.pieces.length, 0);
  expect(pieces(20_000)).toBeLessThanOrEqual(pieces(10_000) * 2 + 10);
});
