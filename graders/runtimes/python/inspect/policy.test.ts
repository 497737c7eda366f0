/** What a text in Python may import and use, by the policy of its task. */
import { expect, test } from 'vitest';
import { breachesOf } from './policy.ts';

const at = { line: 1, column: 1 };
const told = (imports: [name: string, ...taken: string[]][], names: string[] = [], provided: string[] = []) =>
  breachesOf(
    { path: 'q.py', text: 'x' },
    {
      path: 'q.py',
      imports: imports.map(([name, ...taken]) => ({ name, taken, ...at })),
      names: names.map((name) => ({ name, ...at })),
    },
    'plain-numbers',
    { provided },
  ).map(({ message }) => message);

test('what differentiates or trains is told by name, under whatever path it is imported or used', () => {
  expect(told([['numpy'], ['scipy.special', 'expit'], ['sklearn.datasets', 'load_digits']], ['np.sum'])).toEqual([]);
  expect(told([['torch.nn', 'Linear']])).toEqual([expect.stringMatching(/^torch is not allowed/)]);
  expect(told([['sklearn.neural_network', 'MLPClassifier']])).toEqual([expect.stringMatching(/^MLPClassifier trains/)]);
  expect(told([], ['optimize.approx_fprime', 'sklearn.neural_network.MLPRegressor'])).toEqual([
    expect.stringMatching(/^approx_fprime differentiates/),
    expect.stringMatching(/^MLPRegressor trains/),
  ]);
});

test('data may be loaded by a library where the grader gives that module, and nothing else of it', () => {
  const provided = ['tensorflow.keras.datasets.mnist'];
  expect(told([['tensorflow.keras.datasets', 'mnist']], [], provided)).toEqual([]);
  expect(told([['tensorflow.keras.datasets.mnist']], [], provided)).toEqual([]);
  expect(told([['tensorflow.keras', 'layers']], [], provided)).toHaveLength(1);
});
