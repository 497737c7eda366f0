import { expect, it } from 'vitest';
import { sheetLastLayer } from './p5q1-sheet.ts';

it('the last layer of the sheet has the known first row, sum and sum of squares', () => {
  expect(sheetLastLayer).toHaveLength(320);
  const first = [0.06667852, -0.12305605, 0.1886475, 0.00129612, -0.01248619, 0.06938735, 0.0006548, -0.09539658];
  first.forEach((value, i) => expect(sheetLastLayer[i]).toBeCloseTo(value, 7));
  expect(sheetLastLayer.reduce((sum, v) => sum + v, 0)).toBeCloseTo(6.614127868, 8);
  expect(sheetLastLayer.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(9.603909061, 8);
});
