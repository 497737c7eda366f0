import { expect, test } from 'vitest';
import { figuresOfTheHouse } from './house/figures.ts';
import { isMet } from './house/goals.ts';

const figures = await figuresOfTheHouse();

test.each(figures.map((figure) => [figure.says, figure] as const))('%s', (_, figure) => {
  expect(isMet(figure), figure.because?.join('\n')).toBe(true);
});
