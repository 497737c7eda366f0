/** Problem 4 (a): the data in batches. 2 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { orderOf } from '../../kinds/image-passes.ts';
import { drawImages } from '../../kinds/image-set.ts';
import type { LoadersProbe } from '../../kinds/loaders-question.ts';
import { callLoaders, loadersQuestion, mostBatches, passThrough } from '../../kinds/loaders-question.ts';
import { inBatchesOf, isWhole, onlyBatchesMove } from '../../kinds/shuffles.ts';
import { imageBatches, imageBatchMistakes, testsShuffled } from '../../mistakes/data/image-batches.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import type { Value } from '../../model/guest.ts';
import { permutationFault } from '../../numerics/permutations.ts';
import type { Problem } from '../../problem.ts';

const unit = 'p4a';
const loading = adapt(imageBatches, ({ train, test, batch = 64 }: LoadersProbe) => ({
  train,
  test,
  batch,
  mostBatches,
}));

const loadersProblem: Problem<LoadersProbe> = {
  ...loadersQuestion(unit, 'P4a.loaders', 'Batches of images'),
  faint: { 'by-256': '1/255 and 1/256 differ by 0.4 %, whatever the pixels are.' },
  clues: {
    reordered: (moved) =>
      moved.every((name) => name.endsWith('Labels'))
        ? 'images and labels no longer match. Move both in the same way when you shuffle, so that every image keeps its label.'
        : undefined,
  },
  coarse: true,
  probes: (random) => [
    { train: drawImages(random, 150), test: drawImages(random, 70), batch: undefined },
    { train: drawImages(random, 50), test: drawImages(random, 30), batch: 16 },
  ],
  oracle: (probe) => loading.run(probe, loading.right),
  accepts: [
    {
      id: 'shuffled-tests',
      title: 'test images in a random order: it changes nothing, and is accepted',
      compute: (probe) => loading.run(probe, { ...loading.right, ...testsShuffled }),
    },
  ],
  mistakes: variantsOf(loading, imageBatchMistakes),
};

const asks =
  'loaders on 150 and 70 random images with batches of 64 (the default), and on 50 and 30 with batches of 16.';

const part = (id: string, title: string, words: Readonly<Record<string, string>>): Check => ({
  id: `p4a.${id}`,
  costly: true,
  task: 'P4a',
  title,
  asks,
  points: 0.5,
  problems: [loadersProblem],
  run: async (context) => firstWrong(await evaluate(context, loadersProblem), words),
});

const inWords = {
  sizes: 'The number of images in the batches',
  pixels: 'The table of pixels',
  labels: 'The list of labels',
};
const order = part('order', 'Training images are shuffled anew for every epoch', {
  shuffled: 'The order of the images',
});

export const checks: Check[] = [
  part('sizes', 'Every image comes once, in batches of the size asked for', {
    trainSizes: inWords.sizes,
    testSizes: inWords.sizes,
    missing: inWords.sizes,
  }),
  part('pixels', 'Pixels are divided by 255', { train: inWords.pixels, test: inWords.pixels }),
  part('labels', 'Every image keeps its label', { trainLabels: inWords.labels, testLabels: inWords.labels }),
  {
    ...order,
    asks: `${asks.slice(0, -1)}; sixteen epochs of 20 images in batches of 4.`,
    async run(context) {
      const judgement = await order.run(context);
      if (judgement.earned < 1) return judgement;
      const orders = await judgeOrders(context);
      return orders.earned < 1 ? orders : judgement;
    },
  },
];

/** Batches that are only moved as a whole, rotations and buffers that hold a part of the images, of 64 as well, are seen. */
const design = { images: 128, batch: 16, epochs: 12 };

/** Whether training images are mixed anew in every epoch, one by one. */
async function judgeOrders(context: CheckContext): Promise<Judgement> {
  const { images, batch, epochs } = design;
  const set = drawImages(context.random('P4a/orders'), images);
  const guest = await context.guest();
  await guest.seed(1);
  const loaded = await callLoaders(guest, unit, { train: set, test: set, batch });
  const passes: Value[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) passes.push(await passThrough(guest, loaded, 'train'));
  const orders = passes.flatMap((value) => {
    const found = orderOf(value, set);
    return found !== undefined && isWhole(found, images) ? [found] : [];
  });
  // Images that are missing or come twice are paid for with the sizes.
  if (orders.length < epochs) return pass();
  const fault = onlyBatchesMove(orders.map((one) => inBatchesOf(one, batch)))
    ? 'the same images make up a batch in every epoch, only the order of the batches changes'
    : permutationFault(orders);
  return fault === undefined
    ? pass()
    : fail({
        asked: `${images} images in batches of ${batch}, gone through ${epochs} times`,
        says: `The order of the training images is not a random one: ${fault}.`,
        hint: 'Mix the images one by one, all of them, whenever the batches are gone through; cut them into batches afterwards.',
      });
}
