import { expect, test } from 'vitest';
import type { CorrectRow } from './correct-runs.ts';
import { figuresOf } from './figures.ts';
import type { PlantedRow } from './known-mistakes.ts';

const planted = (clearest: string, margin: number, more: Partial<PlantedRow> = {}): PlantedRow => ({
  problem: 'problem',
  mistake: 'mistake',
  title: 'a mistake',
  kind: 'single',
  sameAs: [],
  judged: [clearest],
  failed: [clearest],
  broken: [],
  clearest,
  margin,
  ...more,
});
const right = (margins: CorrectRow['margins']): CorrectRow => ({
  program: 'reference',
  backend: 'wasm',
  seed: 1,
  costly: false,
  failed: [],
  broken: [],
  margins,
});
const decades = (mistakes: PlantedRow[], programs: CorrectRow[]) =>
  figuresOf({ planted: mistakes, endings: [], correct: programs, mutants: [], reproducibility: [] }).marginDecades;

test('right and wrong are compared in the check that shows the mistake', () => {
  const mistakes = [planted('fine', -2), planted('coarse', -1), planted('coarse', -3)];
  expect(decades(mistakes, [right({ fine: 0.5, coarse: 2 }), right({ fine: 0.4, coarse: 3 })])).toBeCloseTo(2.4);
  expect(decades(mistakes, [right({ coarse: 1.2 })])).toBeCloseTo(2.2);
});

test('a mistake that may be faint sets no margin, and neither does a check that no right answer passed', () => {
  expect(decades([planted('fine', -0.1, { faint: 'differs in one batch' })], [right({ fine: 1 })])).toBeNull();
  expect(decades([planted('fine', -1)], [right({ other: 1 })])).toBeNull();
});
