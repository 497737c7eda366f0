/** A script that loads the digits by a library and makes pairs, vectors and rows of them in cells; in the real box. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import type { Contract } from '../../model/contract.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { packageRoot } from '../../package-root.ts';
import { sharedPython, withoutPython } from './python.testing.ts';

const contract = JSON.parse(
  await readFile(join(packageRoot, 'assignments/numpy-mlp-digits/contract.python.json'), 'utf8'),
) as Contract;

const notebook = (cells: readonly string[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source })),
  });

const asked = ['load_digits', 'to_pairs', 'to_vector', 'one_hot'];
const ink = 16;
/** Two images of the numbers 0 to 127, cut at full ink, with the digits 7 and 3. */
const images = makeArray(
  [2, 8, 8],
  Array.from({ length: 128 }, (_, i) => Math.min(i, ink)),
);
const image = makeArray(
  [8, 8],
  Array.from({ length: 64 }, (_, i) => Math.min(i, 13)),
);
const csv = [7, 3].map((digit, i) => [...images.data.slice(64 * i, 64 * (i + 1)), digit].join(',')).join('\n');

describe.skipIf(withoutPython)('what cells make of the digits', () => {
  const session = sharedPython(
    {
      'bunch.ipynb': notebook([
        'import numpy as np\nfrom sklearn.datasets import load_digits\ndigits = load_digits()',
        'pairs = list(zip(digits.images, digits.target))',
        'pairs = [(np.float32(x.reshape(64) / digits.data.max()), np.eye(10)[t]) for x, t in pairs]',
        'def train(pairs):\n    return pairs\ntrained = [(1 - x, 1 - t) for x, t in train(pairs)]',
      ]),
      'arrays.ipynb': notebook([
        'import numpy as np\nfrom sklearn import datasets\nx, y = datasets.load_digits(return_X_y=True)',
        'x = x.astype(np.float32)\nx /= 16\nhot = np.zeros((y.size, 10))\nhot[np.arange(y.size), y] = 1',
        'weights = np.ones((64, 10))\nguess = x @ weights\nbias = np.eye(11, 10)',
      ]),
      'untouched.ipynb': notebook(['from sklearn.datasets import load_digits\nx = 3']),
    },
    contract,
    asked,
  );
  const call = async (module: string, name: string, args: Arg[]) =>
    (await session().call({ module, name }, args)).value;

  test('what the loader gives is the table, its images as squares or as rows', async () => {
    const bunch = await call('bunch.ipynb', 'loadDigits', [csv]);
    expect(bunch).toMatchObject({
      entries: { images: { shape: [2, 8, 8] }, targets: { data: Float64Array.of(7, 3) } },
    });
    const rows = await call('arrays.ipynb', 'loadDigits', [csv]);
    expect(rows).toMatchObject({ held: true, entries: { images: { shape: [2, 64] } } });
  });

  test('pairs are those that were made first', async () => {
    expect(await call('bunch.ipynb', 'toPairs', [images, arrayOf([7, 3])])).toMatchObject({
      items: [{ items: [{ shape: [8, 8] }, 7] }, { items: [{ shape: [8, 8] }, 3] }],
    });
  });

  test('a vector and a row are those that were made last before the network, of the data set’s own largest number', async () => {
    for (const module of ['bunch.ipynb', 'arrays.ipynb']) {
      const vector = await call(module, 'toVector', [image]);
      expect(vector, module).toMatchObject({ shape: [64], dtype: 'float32' });
      expect(vector, module).toMatchObject({ data: Float64Array.from(image.data, (v) => Math.fround(v / ink)) });
      expect(await call(module, 'oneHot', [3]), module).toMatchObject({
        data: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
      });
    }
  });

  test('who only imports the loader has loaded nothing', async () => {
    await expect(call('untouched.ipynb', 'loadDigits', [csv])).rejects.toThrow('does not define load_digits');
    await expect(call('untouched.ipynb', 'toVector', [image])).rejects.toThrow('does not define');
  });
});
