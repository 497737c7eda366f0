/** Question 2.5: what a new network is made of. 3 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { randomRows } from '../../kinds/drawn-rows.ts';
import { forwardNames, make } from '../../kinds/layer-objects.ts';
import { wrongParts } from '../../kinds/own-parts.ts';
import { layoutsOf } from '../../kinds/stored-layer.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { layersAt } from '../../kinds/taped-net-question.ts';
import { arrayOf, rowsOf } from '../../numerics/arrays.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { softmaxCall } from './softmax.ts';

export const checks: Check[] = [
  {
    id: '2.5.layers',
    task: '2.5',
    title: 'layers holds one layer for each step from size to size',
    asks: 'Networks with one to four layers: how many there are, and their shapes.',
    points: 2,
    run: judgeLayers,
  },
  {
    id: '2.5.rows',
    task: '2.5',
    title: 'A new network turns 64 inputs into ten probabilities for each example',
    asks: 'A new network [64, 32, 10] with random inputs.',
    points: 1,
    run: judgeRows,
  },
];

async function judgeLayers(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  for (const sizes of [
    [6, 4],
    [64, 32, 10],
    [9, 7, 5, 3],
    [8, 11, 6, 4, 5],
  ]) {
    const mlp = await make(guest, 'MLP', [arrayOf(sizes), { kind: 'rng', seed: 4 }]);
    const asked = `new MLP([${sizes.join(', ')}], rng)`;
    const count = await guest.get(mlp.id, 'layers.length');
    if (count !== sizes.length - 1) {
      return fail({
        says: 'The network does not have one layer for each step from size to size.',
        asked,
        yours: typeof count === 'number' ? `${count} layers` : `layers.length is ${inWords(count)}`,
        expected: `${sizes.length - 1}`,
        hint: 'The first size is the number of inputs: it has no layer of its own.',
      });
    }
    await layoutsOf(guest, mlp.id, layersAt(sizes));
  }
  return pass();
}

async function judgeRows(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const mlp = await make(guest, 'MLP', [arrayOf([64, 32, 10]), { kind: 'rng', seed: 5 }]);
  const x = arrayOf(randomRows(context.random('2.5.rows'), 6, 64));
  const p = arrayFrom(await callAny(guest, mlp, forwardNames, [x]));
  if (p?.shape.join() !== '6,10') {
    return fail({
      says: 'Six examples should give six rows of ten numbers.',
      yours: p === undefined ? 'no array of numbers' : inWords(p),
    });
  }
  const bad = rowsOf(p).find(
    (row) => row.some((v) => !(v >= 0 && v <= 1)) || !(Math.abs(row.reduce((sum, v) => sum + v, 0) - 1) < 1e-4),
  );
  if (bad === undefined) return pass();
  const culprits = await wrongParts(context, [{ task: '2.3', problem: softmaxCall }]);
  if (culprits.length > 0)
    return pass({
      followThrough: 'The rows are no distributions because of your Softmax, which lost its marks in 2.3.',
    });
  return fail({
    says: 'A row of predictions is not a distribution over the ten classes.',
    yours: `the sum of a row is ${Number(bad.reduce((sum, v) => sum + v, 0).toPrecision(6))}`,
    expected: 'numbers from 0 to 1 with the sum 1',
    hint: 'The last layer has a Softmax.',
  });
}
