import { expect, test } from 'vitest';
import { whatIsPlotted } from './python-plots.ts';

test('cells whose plots are taken are told once each, in their order, and one of them plots', () => {
  expect(whatIsPlotted([5])).toBe('what cell 5 plots');
  expect(whatIsPlotted([7, 7])).toBe('what cell 7 plots');
  expect(whatIsPlotted([21, 5, 5])).toBe('what cells 5 and 21 plot');
  expect(whatIsPlotted([3, 1, 2])).toBe('what cells 1, 2 and 3 plot');
});
