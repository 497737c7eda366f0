import { expect, test } from 'vitest';
import { relu, reluPrime, sigmoid, sigmoidPrime, softmaxRows } from '../../reference/oracles/activations.ts';
import { maxAbs, arrayOf, rowsOf, zipArrays } from '../numerics/arrays.ts';
import { createRandom } from '../numerics/random.ts';
import * as rectifiers from './activations/rectifier.ts';
import * as sigmoids from './activations/sigmoid.ts';
import * as slopes from './activations/sigmoid-slopes.ts';
import * as softmaxes from './activations/softmax.ts';
import { applied, everywhere, madeOf, ofRows, together, wrongFunction } from './wrong-function.ts';
import type { WrongFunction } from './wrong-function.ts';

const random = createRandom(1);
const z = arrayOf([0, 1, 2].map(() => [random.normal(0, 2), random.normal(0, 2), -1.5, 1.5, 7.5]));

const of = (f: (x: number) => number) => applied([z], f);
test.each([
  ['σ', sigmoids.sigmoids, of(sigmoid)],
  ['σ of matrices', sigmoids.sigmoidsOfMatrices, of(sigmoid)],
  ['σ of objects', sigmoids.sigmoidsOfObjects, of(sigmoid)],
  ["σ'", slopes.sigmoidSlopes, of(sigmoidPrime)],
  ["σ' of matrices", slopes.sigmoidSlopesOfMatrices, of(sigmoidPrime)],
  ['relu', rectifiers.rectifiers, of(relu)],
  ['relu of matrices', rectifiers.rectifiersOfMatrices, of(relu)],
  ["relu'", rectifiers.rectifierSlopes, of(reluPrime)],
  ["relu' of matrices", rectifiers.rectifierSlopesOfMatrices, of(reluPrime)],
  ['softmax', softmaxes.softmaxes, arrayOf(softmaxRows(rowsOf(z)))],
  ['softmax of objects', softmaxes.softmaxesOfObjects, arrayOf(softmaxRows(rowsOf(z)))],
])('what is computed in place of %s is something else, each under a name of its own', (_, mistakes, right) => {
  expect(new Set(mistakes.map(({ id }) => id)).size).toBe(mistakes.length);
  for (const { id, compute } of mistakes) {
    const wrong = compute(z);
    expect(wrong.shape, id).toEqual(right.shape);
    expect(maxAbs(zipArrays(wrong, right, (a, b) => a - b)), id).not.toBeLessThan(1e-3);
  }
});

test('a wrong function of numbers, of rows or of all places is a mistake of any problem that holds such arrays', () => {
  const wrong: WrongFunction[] = [
    wrongFunction(
      'sum',
      'a sum',
      'Subtract.',
      everywhere((y, p) => y! + p!),
    ),
    wrongFunction(
      'first',
      'the first row',
      'Take all.',
      ofRows((y) => y[0]!),
    ),
    wrongFunction(
      'mean',
      'a mean',
      'Leave out the mean.',
      together((y) => y.data.map(() => y.data[0]!)),
    ),
  ];
  const bound = madeOf<{ y: number[][]; p: number[][] }, WrongFunction>(
    wrong,
    ({ y, p }) => [arrayOf(y), arrayOf(p)],
    (loss) => ({ loss }),
  );
  const probe = { y: [[1, 2]], p: [[10, 20]] };
  expect(bound.map(({ id, advice }) => [id, advice])).toEqual([
    ['sum', 'Subtract.'],
    ['first', 'Take all.'],
    ['mean', 'Leave out the mean.'],
  ]);
  expect(bound.map(({ compute }) => compute(probe)['loss'])).toEqual([
    arrayOf([[11, 22]]),
    arrayOf([1, 2]),
    arrayOf([[1, 1]]),
  ]);
});
