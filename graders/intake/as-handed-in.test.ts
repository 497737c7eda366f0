import { expect, test } from 'vitest';
import type { Verdict } from '../model/verdict.ts';
import { asHandedIn } from './as-handed-in.ts';

const files = [
  { path: 't4.ts', text: '', handedInAs: 't4.js' },
  { path: 'own.ts', text: '' },
];
const verdict = (more: Partial<Verdict>): Verdict => ({
  id: 'a',
  title: 'A',
  task: '1',
  outcome: 'crash',
  points: 0,
  max: 1,
  ms: 0,
  ...more,
});
const place = (path: string) => ({ path, line: 13, column: 1 });

test('places and sentences name a file as it was handed in', () => {
  const says = 'f threw Error: no at t4.ts:13';
  const { because, finding } = asHandedIn(
    verdict({ because: says, finding: { says, places: [place('t4.ts'), place('own.ts')] } }),
    files,
  );
  expect(because).toBe('f threw Error: no at t4.js:13');
  expect(finding).toEqual({ says: because, places: [place('t4.js'), place('own.ts')] });
});

test.each([
  ['t4.ts cannot be read at line 2.', 't4.js cannot be read at line 2.'],
  ['The mistake is in t4.ts.', 'The mistake is in t4.js.'],
  ['at lib/t4.ts:3, own.ts:4, ./t4.ts and t4.tsx', 'at lib/t4.ts:3, own.ts:4, ./t4.ts and t4.tsx'],
])('%s', (because, named) => {
  expect(asHandedIn(verdict({ because }), files).because).toBe(named);
});
