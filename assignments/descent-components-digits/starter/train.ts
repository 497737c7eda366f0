/**
 * Given; not marked. Section 1.6 at home: `node train.ts` trains the net of 1.6b with the settings below and prints what
 * you need for answers.json. Change the settings, or the net for 1.6d, f and h.
 */
import { loadDigits } from './digits.ts';
import { fit } from './fit.ts';
import { Net } from './net.ts';
import { Linear } from './q1-4a.ts';
import { Sigmoid } from './q1-4b.ts';
import { ReLU } from './q1-4c.ts';
import { createRng } from './rng.ts';

const settings = { epochs: 25, learningRate: 0, mbSize: 10 };

const rng = createRng(12345);
const net = new Net([new Linear(64, 32, rng), new ReLU(), new Linear(32, 1, rng), new Sigmoid()]);
const { loss, accuracy } = fit(net, loadDigits(), settings);

for (const [epoch, train] of accuracy.train.entries()) {
  const test = accuracy.test[epoch]!;
  console.log(`epoch ${epoch + 1}: loss ${loss.train[epoch]!} and ${loss.test[epoch]!}, accuracy ${train} and ${test}`);
}
