import { expect, test } from 'vitest';
import { throwingAt } from './reach.ts';

const thrown = (text: string, place: string) => {
  const start = text.indexOf(place);
  return throwingAt({ path: 'f.ts', text }, { start, end: start + place.length }).text;
};
const stop = `throw new Error('reached');`;

test('the exception stands before the innermost statement that holds the place', () => {
  expect(thrown('function f(x) { if (x) { g(); } return 2; }', 'g()')).toBe(
    `function f(x) { if (x) { ${stop}g(); } return 2; }`,
  );
  expect(thrown('function f(x) { if (x) { g(); } return 2; }', '2')).toBe(
    `function f(x) { if (x) { g(); } ${stop}return 2; }`,
  );
});

test('a function that is one expression throws when it is called, not when it is made', () => {
  expect(thrown('const f = (x: number) => x + 1;', '1')).toBe(`const f = (x: number) => (() => { ${stop} })();`);
});

test('what runs when the module is loaded is always reached', () => {
  expect(thrown('export const rate = 0.1;', '0.1')).toBe(`${stop}export const rate = 0.1;`);
});
