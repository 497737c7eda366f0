import { expect, test } from 'vitest';
import type { ModuleOutline } from '../../../model/submission.ts';
import { inspectFiles } from './inspect-files.ts';

async function outlinesOf(files: Record<string, string>): Promise<Record<string, ModuleOutline>> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const [module] = Object.keys(files);
  const request = { files: sources, module: module!, policy: 'free', imports: [], given: ['given.ts'] } as const;
  const { outlines } = await inspectFiles(request);
  return Object.fromEntries(outlines.map((outline) => [outline.path, outline]));
}

test('a comment right above an export explains it, however it is exported', async () => {
  const text = `
/** Adds two numbers. */
export function add() {}
export function bare() {}

// Doubles a number.
export const twice = (x) => 2 * x;
export const limit = 3;
/** A layer of units. */
class Layer {}
export { Layer, limit as cap };
/** Only a type. */
export interface Shape {}
/** Far away. */
const other = 1;
export default function () {}
`;
  const { 'a.ts': outline } = await outlinesOf({ 'a.ts': text });
  expect(outline!.exports.map(({ name, what, documented }) => [name, what, documented])).toEqual([
    ['add', 'function', true],
    ['bare', 'function', false],
    ['twice', 'function', true],
    ['limit', 'value', false],
    ['Layer', 'class', true],
    ['cap', 'value', false],
    ['default', 'function', false],
  ]);
  expect(outline!.exports[1]!.place).toMatchObject({ path: 'a.ts', line: 4, excerpt: 'export function bare() {}' });
});

test.each([
  ['/** h1 to h5 */', true],
  ['/** x ~ N(0, 1/2) */', true],
  ['// ŷ − y', true],
  ['/** 最後の層の勾配 */', true],
  ['// Градиенты последнего слоя', true],
  ['/** تدرجات الطبقة الأخيرة */', true],
  ['/* ค่าเกรเดียนต์ของชั้นสุดท้าย */', true],
  ['// 마지막 층의 기울기', true],
  ['/** अंतिम परत */', true],
  ['/** 勾配 */', false],
  ['// 🚀🚀 ✨', false],
  ['/** क */', false],
  ['// The gradient of the loss\n// (mean)', true],
  ['// TODO', false],
  ['/** h */', false],
  ['// ---- weights ----', false],
  ['/** */', false],
])('whether %s explains a function: %s', async (comment, documented) => {
  const { 'a.ts': outline } = await outlinesOf({ 'a.ts': `${comment}\nexport function f() {}` });
  expect(outline!.exports[0]!.documented).toBe(documented);
});

test('a comment above the signatures of an overloaded function explains it', async () => {
  const signatures = 'export function f(x: number): number;\nexport function f(x: string): string;\n';
  const whole = 'export function f(x: unknown): unknown { return x; }';
  const outlines = await outlinesOf({
    'a.ts': `import './b';\n/** Gives back what it gets. */\n${signatures}${whole}`,
    'b.ts': `import './c';\n/** Of another function. */\nexport function g(): void;\n${signatures}${whole}`,
    'c.ts':
      '/** Gives back what it gets. */\nexport default function f(x: 1): 1;\nexport default function f(x: unknown) { return x; }',
  });
  const documented = (path: string) => outlines[path]!.exports.map((it) => [it.name, it.documented]);
  expect(documented('a.ts')).toEqual([['f', true]]);
  expect(documented('b.ts')).toEqual([['f', false]]);
  expect(documented('c.ts')).toEqual([['default', true]]);
});

test('leftovers are found in comments, and nowhere else', async () => {
  const text = "// TODO: scale\nconst s = 'TODO';\n/* fine\n * FIXME later */\nexport const todo = s;\n";
  const { 'a.ts': outline } = await outlinesOf({ 'a.ts': text });
  expect(outline!.leftovers.map((place) => place.line)).toEqual([1, 3]);
});

test('imports name the file that they reach; given modules and types have no part in it', async () => {
  const outlines = await outlinesOf({
    'q.ts':
      "import { f, type T } from './lib/a';\nimport * as b from './b.ts';\nimport { g } from './given.ts';\nf(b, g);",
    'lib/a.ts': 'export const f = (...x: unknown[]) => x;\nexport type T = 1;',
    'b.ts': 'export const x = 1;',
    'given.ts': 'export const g = 1;',
    'unreached.ts': 'export const y = 1;',
  });
  expect(Object.keys(outlines).sort()).toEqual(['b.ts', 'lib/a.ts', 'q.ts']);
  expect(outlines['q.ts']!.imports).toEqual([
    { path: 'lib/a.ts', names: ['f'] },
    { path: 'b.ts', names: ['*'] },
    { path: 'given.ts', names: ['g'] },
  ]);
});
