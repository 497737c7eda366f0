/** What 1.1a and 1.1g ask: the last point of a search on the surface of the sheet. */
import { short } from '../../numerics/digits.ts';
import type { Search } from '../../kinds/search-question.ts';
import { searchQuestion } from '../../kinds/search-question.ts';

const from = ({ start, steps }: Search) => [steps, `(${start.map(short).join(', ')})`] as const;

/** What optimizeF returns. */
const fields = { x: 'x', y: 'y', value: 'value', xs: 'xHist', ys: 'yHist' };
export const constant = { unit: 'q1-1a', name: 'optimizeF', fields };
export const decaying = { unit: 'q1-1g', name: 'optimizeF', fields };

export const constantQuestion = searchQuestion({
  ...constant,
  id: '1.1a.steps',
  title: 'Gradient descent on the surface',
  describe: (search) => `${from(search)[0]} steps of size ${short(search.stepSize)} from ${from(search)[1]}`,
});

export const decayQuestion = searchQuestion({
  ...decaying,
  id: '1.1g.decay',
  title: 'Gradient descent with decaying steps',
  decays: true,
  describe: (search) =>
    `${from(search)[0]} steps from ${from(search)[1]}, step size ${short(search.stepSize)}, decay ${short(search.decay)}`,
});
