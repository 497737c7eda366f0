/** What a text in Python may import and use, by the policy of its task. */
import { expect, test } from 'vitest';
import { breachesOf } from './policy.ts';

const at = { line: 1, column: 1 };
const told = (
  imports: [name: string, ...taken: string[]][],
  names: (string | [string, of: string])[] = [],
  provided: string[] = [],
) =>
  breachesOf(
    { path: 'q.py', text: 'x' },
    {
      path: 'q.py',
      imports: imports.map(([name, ...taken]) => ({ name, taken, ...at })),
      names: names.map((one) => (typeof one === 'string' ? { name: one, ...at } : { name: one[0], of: one[1], ...at })),
    },
    'plain-numbers',
    { provided },
  ).map(({ message }) => message);

test('what differentiates or trains is told by name, under whatever path it is imported or used', () => {
  expect(told([['numpy'], ['scipy.special', 'expit'], ['sklearn.datasets', 'load_digits']], ['np.sum'])).toEqual([]);
  expect(told([['torch.nn', 'Linear']], [['Linear', 'torch.nn.Linear']])).toEqual([
    expect.stringMatching(/^torch is not allowed/),
  ]);
  expect(told([['sklearn.neural_network', 'MLPClassifier']])).toEqual([expect.stringMatching(/^MLPClassifier trains/)]);
  expect(told([], ['optimize.approx_fprime', 'sklearn.neural_network.MLPRegressor'])).toEqual([
    expect.stringMatching(/^approx_fprime differentiates/),
    expect.stringMatching(/^MLPRegressor trains/),
  ]);
});

test('a module that differentiates is told where something is taken from it, once; names of its functions are anybody’s', () => {
  expect(told([['scipy.differentiate', 'jacobian']], [['jacobian', 'scipy.differentiate.jacobian']])).toEqual([
    expect.stringMatching(/^jacobian differentiates/),
  ]);
  for (const name of ['scipy.differentiate.derivative', 'scipy.optimize._numdiff.approx'])
    expect(told([['scipy']], [[`s.${name}`, name]])).toEqual([
      expect.stringMatching(/ differentiates, which is yours/),
    ]);
  expect(told([['scipy.differentiate'], ['scipy', 'differentiate']], ['layer.jacobian', 'own.derivative'])).toEqual([]);
});

test('beside a tensor library without autodiff, what differentiates in packages that are there for data is told, too', () => {
  const file = { path: 'q3c.py', text: 'x' };
  const beside = (name: string, ...taken: string[]) =>
    breachesOf(file, { ...file, imports: [{ name, taken, ...at }] }, 'no-autodiff', { libraries: ['tensorflow'] });
  expect(beside('scipy.optimize', 'minimize')).toHaveLength(1);
  expect(beside('sklearn._loss', 'HalfMultinomialLoss')).toHaveLength(1);
  expect(beside('sklearn', '_loss')).toHaveLength(1);
  for (const [name, ...taken] of [['scipy.optimize'], ['scipy.optimize', 'linprog'], ['sklearn.metrics', 'log_loss']])
    expect(beside(name!, ...taken)).toEqual([]);
  const used = { ...file, names: [{ name: 'so.minimize', of: 'scipy.optimize.minimize', ...at }] };
  expect(breachesOf(file, used, 'no-autodiff', { libraries: ['tensorflow'] })).toHaveLength(1);
  // Where a search is no shortcut, it may be tried.
  expect(told([['scipy.optimize', 'minimize']])).toEqual([]);
});

test('data may be loaded by a library where the grader gives that module, and nothing else of it', () => {
  const provided = ['tensorflow.keras.datasets.mnist'];
  expect(told([['tensorflow.keras.datasets', 'mnist']], [], provided)).toEqual([]);
  expect(told([['tensorflow.keras.datasets.mnist']], [], provided)).toEqual([]);
  expect(
    told([['tensorflow.keras', 'layers']], [['layers.Dense', 'tensorflow.keras.layers.Dense']], provided),
  ).toHaveLength(1);
});

test('an import breaks no rule: what is used of a package that trains does, once, unless it loads a table or sets a seed', () => {
  const use = (name: string) => told([['tensorflow']], [[name, name.replace(/^tf/, 'tensorflow')]]);
  expect(told([['tensorflow'], ['torch.nn', 'Linear']])).toEqual([]);
  expect(told([['torch.nn', '*']])).toHaveLength(1);
  for (const name of ['tf.keras.datasets.mnist.load_data', 'tf.random.set_seed', 'tf.keras', 'tf.__version__'])
    expect(use(name)).toEqual([]);
  for (const name of ['tf.GradientTape', 'tf.keras.layers.Dense', 'tf.matmul', 'tf.nn.softmax'])
    expect(use(name)).toEqual([expect.stringMatching(/^tensorflow is not allowed/)]);
  expect(told([], [['tf.matmul', 'tensorflow.matmul'], ['tf.exp', 'tensorflow.exp'], 'torch.optim.SGD'])).toHaveLength(
    2,
  );
  expect(told([['sklearn', 'MLPClassifier']], [['MLPClassifier', 'sklearn.MLPClassifier']])).toHaveLength(1);
});
