/** A generator of mini-batches that draws its order with the `rng` it gets: epochs over planted examples, and their orders. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Arg, Guest } from '../model/guest.ts';
import { permutationFault } from '../numerics/permutations.ts';
import { ProgramStopped } from '../stopped.ts';
import { inWords, isHandle } from '../values.ts';
import type { Epoch } from './planted-examples.ts';
import { examplesOf, pairsOf } from './planted-examples.ts';
import { isWhole } from './shuffles.ts';

/** The function that gives a generator of mini-batches for pairs, a size and an rng. */
export interface Generator {
  unit: string;
  name: string;
}

/** Planted examples of an epoch. */
export const count = 24;

/** The mini-batches of one call; more than `n` of them are never asked for. */
export async function epochOf(guest: Guest, { unit, name }: Generator, n: number, size: number, rng: Arg) {
  const { value } = await guest.call({ module: unit, name }, [pairsOf(n), size, rng], { keep: 'handle' });
  if (isHandle(value)) return guest.take(value.id, n + 2);
  throw new ProgramStopped('crash', `${name} returned ${inWords(value)}, not a generator of mini-batches.`);
}

interface Size {
  count: number;
  size: number;
}

/** Epochs with the same source of random numbers, each from a call of its own. */
async function epochsOf(
  guest: Guest,
  generator: Generator,
  seed: number,
  epochs: number,
  { count: n, size }: Size,
): Promise<Epoch[]> {
  const rng = await guest.make({ kind: 'rng', seed });
  const found: Epoch[] = [];
  for (let i = 0; i < epochs; i++) found.push(examplesOf(await epochOf(guest, generator, n, size, rng), n));
  return found;
}

export const threeEpochs = (context: CheckContext, generator: Generator): Promise<Epoch[]> =>
  context.oncePerSubmission(`${generator.name}/epochs`, async () =>
    epochsOf(await context.guest(), generator, 20, 3, { count, size: 6 }),
  );

const ids = (epoch: Epoch) => epoch.examples.map(({ id }) => id);

/** Whether every epoch has a new order, as those of a shuffle, drawn with the random numbers that were handed in. */
export async function judgeOrder(context: CheckContext, generator: Generator): Promise<Judgement> {
  const orders = (await threeEpochs(context, generator)).map((epoch) => ids(epoch).join(' '));
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
  return judgeRandomness(context, generator);
}

/**
 * Enough that a rotation, or mini-batches that stay together, show beyond doubt, and what makes some orders a little likelier than
 * others in all but one of a hundred programs: every place exchanged with any other, a sort by chance.
 */
const many = { epochs: 60, count: 200, size: 25 };

async function judgeRandomness(context: CheckContext, generator: Generator): Promise<Judgement> {
  const guest = await context.guest();
  const ordersOf = async (seed: number, epochs: number) =>
    (await epochsOf(guest, generator, seed, epochs, many)).map(ids);
  const seed = 22;
  const [orders, again, others] = [await ordersOf(seed, many.epochs), await ordersOf(seed, 2), await ordersOf(23, 2)];
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
  const fault = orders.every((order) => isWhole(order, many.count)) ? permutationFault(orders) : undefined;
  if (fault === undefined) return pass();
  return fail({
    says: `The orders of ${many.epochs} epochs are not those of a shuffle: ${fault}.`,
    hint: 'Every order should be as likely as any other: rng.permutation(n), or exchange every place with a random one before it.',
  });
}
