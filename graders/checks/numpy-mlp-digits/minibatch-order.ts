/** Question 2.1g: the orders in which epochs go through the examples, as those of a shuffle. */
import type { Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Arg, Guest, Value } from '../../model.ts';
import { permutationFault } from '../../numerics/permutations.ts';
import { ProgramStopped } from '../../stopped.ts';
import { inWords, isHandle } from '../../values.ts';
import type { Epoch } from './epoch.ts';
import { examplesOf, pairsOf } from './epoch.ts';

/** Planted examples of an epoch. */
export const count = 24;
const generator = { module: 'data.ts', name: 'minibatches' } as const;

/** The mini-batches of one call; more than `n` of them are never asked for. */
export async function epochOf(guest: Guest, n: number, size: number, rng: Arg): Promise<Value[]> {
  const { value } = await guest.call(generator, [pairsOf(n), size, rng], { keep: 'handle' });
  if (isHandle(value)) return guest.take(value.id, n + 2);
  throw new ProgramStopped('crash', `minibatches returned ${inWords(value)}, not a generator of mini-batches.`);
}

/** Three epochs with the same source of random numbers, each from a call of its own. */
export const threeEpochs = (desk: Desk): Promise<Epoch[]> =>
  desk.share('2.1g/epochs', async () => {
    const guest = await desk.guest();
    const rng = await guest.make({ kind: 'rng', seed: 20 });
    const epochs: Epoch[] = [];
    for (let i = 0; i < 3; i++) epochs.push(examplesOf(await epochOf(guest, count, 6, rng), count));
    return epochs;
  });

export const ids = (epoch: Epoch) => epoch.examples.map(({ id }) => id);

export async function judgeOrder(desk: Desk): Promise<Judgement> {
  const orders = (await threeEpochs(desk)).map((epoch) => ids(epoch).join(' '));
  if (orders.some((order) => order.split(' ').length < count / 2)) {
    return fail({ says: 'An epoch holds too few examples to have an order.' });
  }
  // 24! orders: that a shuffle gives the order of the data, or the same order twice, never happens by chance.
  if (orders.includes(Array.from({ length: count }, (_, i) => i).join(' '))) {
    return fail({ says: 'The examples come in the order of the data: nothing is shuffled.' });
  }
  if (new Set(orders).size < orders.length) {
    return fail({
      says: 'Two epochs have the same order.',
      hint: 'Shuffle inside the generator, so that every call shuffles anew, with the random numbers of `rng`.',
    });
  }
  return judgeRandomness(desk);
}

/** Enough that a rotation, or mini-batches that stay together, show beyond doubt. */
const manyEpochs = 30;

/** Whether the orders are those of a shuffle, drawn with the random numbers that were handed in. */
async function judgeRandomness(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const ordersOf = async (seed: number, epochs: number) => {
    const rng = await guest.make({ kind: 'rng', seed });
    const orders: number[][] = [];
    for (let i = 0; i < epochs; i++) orders.push(ids(examplesOf(await epochOf(guest, count, 6, rng), count)));
    return orders;
  };
  const seed = 22;
  const [orders, again, others] = [await ordersOf(seed, manyEpochs), await ordersOf(seed, 2), await ordersOf(23, 2)];
  const same = (a: number[][], b: number[][]) => a[0]!.join() === b[0]!.join() && a[1]!.join() === b[1]!.join();
  if (!same(orders, again) || same(orders, others)) {
    return fail({
      says: 'The order is not drawn with `rng`.',
      yours: same(orders, again)
        ? 'generators with other seeds give the same orders'
        : 'two generators with the same seed give different orders',
      hint: 'Draw the order with the `rng` of the call, e.g. rng.permutation(n): then a run can be repeated.',
    });
  }
  // Examples that are missing or come twice have lost their mark above.
  const whole = orders.filter(
    (order) => new Set(order).size === count && order.length === count && !order.includes(-1),
  );
  const fault = whole.length === orders.length ? permutationFault(orders) : undefined;
  if (fault === undefined) return pass();
  return fail({
    says: `The orders of ${manyEpochs} epochs are not those of a shuffle: ${fault}.`,
    hint: 'Every order should be as likely as any other: rng.permutation(n), or exchange every place with a random one before it.',
  });
}
