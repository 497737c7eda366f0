import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { fixedBatches } from '../../assignments/boston-init-mnist-grads/starter/fixed-batches.ts';
import { makePipeline, standardise } from './q1a.ts';
import type { Batch } from './q1a.ts';
import { buildModel, train } from './q1b.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const table = (n: number) => Array.from({ length: n }, (_, i) => [i, (i * 37) % 101, 5 + Math.sin(i)]);

/** Row numbers in the order of a pass: the targets are the numbers of the rows. */
async function targetsOf(dataset: tf.data.Dataset<Batch>): Promise<number[]> {
  const batches = await dataset.toArray();
  return batches.flatMap(({ ys }) => Array.from(ys.dataSync()));
}

test('training columns have mean 0 and deviation 1, validation rows the same transformation', () => {
  const rows = table(40);
  const { train: trained, val, mean, std } = standardise(rows.slice(0, 30), rows.slice(30));
  for (const j of [0, 1, 2]) {
    const column = trained.map((row) => row[j]!);
    expect(column.reduce((a, b) => a + b, 0) / 30).toBeCloseTo(0, 12);
    expect(column.reduce((a, b) => a + b * b, 0) / 30).toBeCloseTo(1, 12);
    expect(val[0]![j]! * std[j]! + mean[j]!).toBeCloseTo(rows[30]![j]!, 10);
  }
});

test('every row is in one part, and every pass over the training part has a new order', async () => {
  const n = 101;
  const options = { batchSize: 32, valFraction: 0.25, seed: 4 };
  const { train: data, val } = makePipeline(
    table(n),
    Array.from({ length: n }, (_, i) => i),
    options,
  );
  const [first, second, kept] = [await targetsOf(data), await targetsOf(data), await targetsOf(val)];
  expect(kept).toHaveLength(25);
  expect([...first, ...kept].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  expect(second).not.toEqual(first);
  expect([...second].sort((a, b) => a - b)).toEqual([...first].sort((a, b) => a - b));
});

test('training stops after its patience and leaves the weights that gave the best validation MAE', async () => {
  const x = Array.from({ length: 24 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
  const y = x.map(([a, b], i) => 3 * a! - b! + 4 * Math.sin(7 * i));
  const val = fixedBatches(x.slice(16), y.slice(16), 8);
  const model = buildModel(2);
  const result = await train(model, fixedBatches(x.slice(0, 16), y.slice(0, 16), 8), val, { epochs: 60, patience: 4 });
  const { bestEpoch, stoppedEpoch, best, history } = result;
  expect(history.valMae.indexOf(Math.min(...history.valMae))).toBe(bestEpoch);
  expect(stoppedEpoch).toBe(Math.min(59, bestEpoch + 4));
  const [mse, mae] = (await model.evaluateDataset(val, {})) as tf.Scalar[];
  expect(mae!.dataSync()[0]).toBeCloseTo(best.mae, 5);
  expect(mse!.dataSync()[0]).toBeCloseTo(best.mse, 4);
});

test('the network has 993 parameters for 13 features', () => {
  expect(buildModel(13).countParams()).toBe(993);
});
