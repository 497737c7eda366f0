/**
 * Not handed in, not marked: `node run.ts` trains your network on the given digits and writes plots/3-6.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadDigits, oneHot, toPairs, toVector } from './data.ts';
import { digitsCsv } from './digits-csv.ts';
import { MLP } from './mlp.ts';
import { createRng } from './rng.ts';
import { train } from './train.ts';

const options = { epochs: 20, minibatchSize: 32, lr: 1 };

const rng = createRng(1);
const { images, targets } = loadDigits(digitsCsv());
const pairs = toPairs(images.map(toVector), targets.map(oneHot));
const mlp = new MLP([64, 32, 10], rng);
const history = train(mlp, pairs.slice(0, 1437), { ...options, rng });

const test = pairs.slice(1437);
const predicted = mlp.forward(test.map(([input]) => [...input]));
const place = (row: ArrayLike<number>) => Array.from(row).indexOf(Math.max(...Array.from(row)));
const right = predicted.filter((row, i) => place(row) === place(test[i]![1])).length;
console.log(`mean loss of the last epoch ${history.loss.at(-1)}, test accuracy ${right / test.length}`);

mkdirSync('plots', { recursive: true });
const plot = { title: 'Training', xLabel: 'epoch', yLabel: 'mean loss', series: history };
writeFileSync('plots/3-6.json', JSON.stringify(plot, undefined, 1));
