/** Difference quotients that a script computes in its cells, asked for as functions of points and step; in the real box. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Contract } from '../../model/contract.ts';
import { packageRoot } from '../../package-root.ts';
import { array } from '../../sandbox/session/session.testing.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const contract = JSON.parse(
  await readFile(join(packageRoot, 'assignments/descent-components-digits/contract.python.json'), 'utf8'),
) as Contract;

const functions = `
import numpy as np

def sigmoid(x):
    return x ** 3

def relu(x):
    return x ** 2

def bce_loss(y, y_hat):
    return y * y_hat ** 3
`;
const notebook = (...cells: string[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [functions, ...cells].map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source })),
  });

describe.skipIf(withoutPython !== undefined)('a difference quotient in a cell', () => {
  const session = sharedPython(
    {
      'named.ipynb': notebook(
        'points = np.array([1.0, 5.0])\nstep = 1e-6',
        'print((sigmoid(points + step) - sigmoid(points - step)) / (2 * step))',
        'y, p = np.ones(2), np.ones(2)\nslope = (bce_loss(y, p + step / 2) - bce_loss(y, p - step / 2)) / step',
      ),
      'by-parts.ipynb': notebook(
        'x = np.array([1.0])\nh = 1e-6\nupper = sigmoid(x + h)\nlower = sigmoid(x)\nforward = (upper - lower) / h',
        'print((relu(x + 1e-4) - relu(x - 1e-4)) / 2e-4)',
      ),
      'none.ipynb': notebook(
        'x = np.array([1.0])\nratio = sigmoid(x) / 2\nboth = (sigmoid(x) + sigmoid(2 * x)) / sigmoid(x)',
      ),
    },
    contract,
    Object.values(contract.names).flatMap(({ called = [] }) => called),
  );
  const at = array([1, 2], [2], 'nested', 'float64');
  const asked = async (module: string, name: string, loss = false) =>
    (await session().call({ module, name }, [...(loss ? [array([2, 1], [2], 'nested', 'float64')] : []), at, 0.5]))
      .value;

  test('is that of the points and the step that are asked for, whatever they are called', async () => {
    // Of x³ a central quotient is 3x² + ε², with ε / 2 to each side 3x² + ε² / 4.
    expect(await asked('named.ipynb', 'sigmoidGradNumerical')).toMatchObject({ data: Float64Array.of(3.25, 12.25) });
    const loss = await asked('named.ipynb', 'bceLossGradNumerical', true);
    expect(loss).toMatchObject({ data: Float64Array.of(2 * 3.0625, 12.0625) });
  });

  test('may be computed of parts with names, or with a step that is written as a number', async () => {
    // Forwards it is 3x² + 3xε + ε².
    expect(await asked('by-parts.ipynb', 'sigmoidGradNumerical')).toMatchObject({ data: Float64Array.of(4.75, 15.25) });
    expect(await asked('by-parts.ipynb', 'reluGradNumerical')).toMatchObject({ data: Float64Array.of(2, 4) });
  });

  test('is no other quotient of the function', async () => {
    await expect(asked('none.ipynb', 'sigmoidGradNumerical')).rejects.toThrow('does not define sigmoid_grad_numerical');
  });
});
