/** Whether training images are mixed anew in every epoch, one by one: orders of many epochs, tested as random permutations. */
import type { Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { permutationFault } from '../../numerics/permutations.ts';
import type { Value } from '../../model.ts';
import { drawImages } from './fashion-net.ts';
import { callLoaders, passThrough } from './p4a-problem.ts';
import { orderOf } from './p4a-read.ts';

/** Batches that are only moved as a whole, rotations and buffers that hold a part of the images, of 64 as well, are seen. */
const design = { images: 128, batch: 16, epochs: 12 };

export async function judgeOrders(desk: Desk): Promise<Judgement> {
  const { images, batch, epochs } = design;
  const set = drawImages(desk.random('P4a/orders'), images);
  const guest = await desk.guest();
  await guest.seed(1);
  const loaded = await callLoaders(guest, { train: set, test: set, batch });
  const passes: Value[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) passes.push(await passThrough(guest, loaded, 'train'));
  const orders = passes.map((value) => orderOf(value, set));
  // Images that are missing or come twice are paid for with the sizes.
  if (!orders.every((order) => order !== undefined && new Set(order).size === images && !order.includes(-1))) {
    return pass();
  }
  const drawn = orders.filter((order) => order !== undefined);
  const fault = onlyBatchesMove(drawn)
    ? 'the same images make up a batch in every epoch, only the order of the batches changes'
    : permutationFault(drawn);
  return fault === undefined
    ? pass()
    : fail({
        asked: `${images} images in batches of ${batch}, gone through ${epochs} times`,
        says: `The order of the training images is not a random one: ${fault}.`,
        hint: 'Mix the images one by one, all of them, whenever the batches are gone through; cut them into batches afterwards.',
      });
}

/** Whether every epoch has the batches of the first one, as sets, in some order. */
function onlyBatchesMove(orders: readonly (readonly number[])[]): boolean {
  const batchesOf = (order: readonly number[]) =>
    Array.from({ length: design.images / design.batch }, (_, k) =>
      order
        .slice(k * design.batch, (k + 1) * design.batch)
        .toSorted((a, b) => a - b)
        .join(),
    )
      .toSorted()
      .join(';');
  return orders.every((order) => batchesOf(order) === batchesOf(orders[0]!));
}
