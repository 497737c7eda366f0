import { expect, test } from 'vitest';
import { typeset, withMinus } from './typeset.ts';

test.each([
  ['-0.04', '−0.04'],
  ['between -1 and 2.5e-3', 'between −1 and 2.5e−3'],
  ['[-1, -.5]', '[−1, −.5]'],
  ['yours is -3×', 'yours is −3×'],
])('%s is set as %s', (written, set) => {
  expect(withMinus(written)).toBe(set);
});

test.each(['2026-03-03', 'x-1', '13-7-5-4', 'plots/2-1c.json', 's-1', 'f(x)-1', 'well-known', '--only', 'a - b'])(
  'in %s no hyphen is a minus',
  (written) => {
    expect(withMinus(written)).toBe(written);
  },
);

test('code and geometry stay as they are', () => {
  const view = { says: '-1', code: ['-1'], picture: { d: 'M0 -1', label: '-1' } };
  expect(typeset(view, ['code'])).toEqual({ says: '−1', code: ['-1'], picture: { d: 'M0 -1', label: '−1' } });
});
