/**
 * Given; not marked. The runs of T2, T3 and T4 at home: `node train.ts` prints the entries for answers.json. Change the
 * settings of T4 as you like.
 */
import { createBatches } from './batches.ts';
import { loadMiniMnist } from './mnist.ts';
import type { Log } from './perceptron.ts';
import { createRng } from './rng.ts';
import { runBaseline } from './t2.ts';
import { runRates } from './t3.ts';
import { MultiLayerPerceptronRelu } from './t4.ts';

const data = loadMiniMnist();
const options = { layerConfig: [784, 30, 30, 10], batchSize: 100, epochs: 15, initSd: 0.1 };

const show = (key: string, eta: number, { trainAcc, testAcc }: Log) => {
  const round = (values: number[]) => values.map((value) => Number(value.toFixed(4)));
  const entry = { eta, trainAcc: round(trainAcc), testAcc: round(testAcc), testAccuracy: round(testAcc).at(-1) };
  console.log(`"${key}": ${JSON.stringify(entry)},`);
};

show('T2', 0.05, runBaseline(data, { ...options, eta: 0.05 }, createRng(1)));

const [low, high] = runRates(data, [0.005, 0.5], options, createRng(2));
show('T3.low', 0.005, low!);
show('T3.high', 0.5, high!);

const eta = 0.05;
const net = new MultiLayerPerceptronRelu(options.layerConfig, options.batchSize, createRng(3), 0.05);
const [train, test] = [data.train, data.test].map(({ images, labels }) => createBatches(images, labels, 100));
show('T4', eta, net.evaluate(train!, test!, { epochs: options.epochs, eta }));
