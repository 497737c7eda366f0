/** Images in batches: what becomes of every image and its label, and whether training images are mixed anew for every epoch. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { imageBatches, imageBatchMistakes } from '../mistakes/data/image-batches.ts';
import { adapt, variantsOf } from '../mistakes/program.ts';
import { permutationFault } from '../numerics/permutations.ts';
import type { Problem } from '../problem.ts';
import { orderOf, recogniserOf } from './image-passes.ts';
import { drawImages } from './image-set.ts';
import type { LoadersProbe } from './loaders-question.ts';
import { callLoaders, loadersQuestion, mostBatches, passThrough } from './loaders-question.ts';
import type { OwnClassifier } from './own-classifier.ts';
import { inBatchesOf, isWhole, onlyBatchesMove } from './shuffles.ts';

/** The student's function, and what is right for it. */
export interface ImageLoaders {
  task: string;
  loaders: OwnClassifier['loaders'];
  problem: Problem<LoadersProbe>;
}

interface LoadersTable extends Pick<ImageLoaders, 'task' | 'loaders'> {
  /**
   * Images of both sets; where no size of a batch is given, the default of 64 is asked for. White is 255 whatever the brightest
   * pixel of a set is.
   */
  sets: readonly { train: number; test: number; batch?: number; brightest?: number }[];
}

/** Right are all images with their labels, pixels from 0 to 1; test images in any order, of which nothing is read where it is free. */
export const imageLoaders = ({ task, loaders, sets }: LoadersTable): ImageLoaders => ({
  task,
  loaders,
  problem: {
    ...loadersQuestion(task, loaders),
    faint: { 'by-256': '1/255 and 1/256 differ by 0.4 %, whatever the pixels are.' },
    clues: {
      reordered(moved) {
        if (moved.every((name) => name.endsWith('Labels')))
          return 'images and labels no longer match. Move both in the same way when you shuffle, so that every image keeps its label.';
        return moved.some((name) => name.endsWith('Labels'))
          ? undefined
          : 'pixel (row, column) of an image is its byte 28·row + column. Look at axes, turns and shifts.';
      },
    },
    coarse: true,
    probes: (random) =>
      sets.map(({ train, test, batch, brightest }) => ({
        train: drawImages(random, train, brightest),
        test: drawImages(random, test, brightest),
        batch,
      })),
    oracle: (probe) => loading.run(probe, loading.right),
    mistakes: variantsOf(loading, imageBatchMistakes),
  },
});

const loading = adapt(imageBatches, ({ train, test, batch = 64 }: LoadersProbe) => ({
  train,
  test,
  batch,
  mostBatches,
}));

/** Batches that are only moved as a whole, rotations and buffers that hold a part of the images, of 64 as well, are seen. */
const design = { images: 128, batch: 16, epochs: 12 };

/** What is gone through for the order, in words. */
export const ordersAsked = `${design.images} images in batches of ${design.batch}, gone through ${design.epochs} times`;

/** Whether training images are mixed anew in every epoch, one by one. */
export async function judgeOrders(context: CheckContext, { task, loaders }: ImageLoaders): Promise<Judgement> {
  const { images, batch, epochs } = design;
  const { set, recognise } = context.oncePerBatch(`${task}/orders`, () => {
    const drawn = drawImages(context.random(`${task}/orders`), images);
    return { set: drawn, recognise: recogniserOf(drawn) };
  });
  const guest = await context.guest();
  await guest.seed(1);
  const loaded = await callLoaders(guest, loaders, { train: set, test: set, batch });
  const orders: number[][] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const found = orderOf(await passThrough(guest, loaders, loaded, 'train'), recognise);
    if (found !== undefined && isWhole(found, images)) orders.push(found);
  }
  // Images that are missing or come twice are paid for with the sizes.
  if (orders.length < epochs) return pass();
  const fault = onlyBatchesMove(orders.map((one) => inBatchesOf(one, batch)))
    ? 'the same images make up a batch in every epoch, only the order of the batches changes'
    : permutationFault(orders);
  return fault === undefined
    ? pass()
    : fail({
        asked: ordersAsked,
        says: `The order of the training images is not a random one: ${fault}.`,
        hint: 'Mix the images one by one, all of them, whenever the batches are gone through; cut them into batches afterwards.',
      });
}
