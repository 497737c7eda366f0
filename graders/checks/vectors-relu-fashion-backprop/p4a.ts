/** Problem 4 (a): the data in batches. 2 marks. */
import type { Check } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { imageLoaders, judgeOrders, ordersAsked } from '../../kinds/image-loaders.ts';
import { fashion } from './fashion.ts';

const loading = imageLoaders({
  task: 'P4a',
  loaders: fashion.loaders,
  sets: [
    { train: 150, test: 70 },
    // A last batch of one image.
    { train: 49, test: 33, batch: 16, brightest: 230 },
  ],
});

const asks =
  'loaders on 150 and 70 random images with batches of 64 (the default), and on 49 and 33 with batches of 16.';

const part = (id: string, title: string, words: Readonly<Record<string, string>>): Check => ({
  id: `p4a.${id}`,
  costly: true,
  task: 'P4a',
  title,
  asks,
  points: 0.5,
  problems: [loading.problem],
  run: async (context) => firstWrong(await evaluate(context, loading.problem), words),
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
    asks: `${asks.slice(0, -1)}; and for the order ${ordersAsked}.`,
    async run(context) {
      const judgement = await order.run(context);
      // An order that is random by pieces may be that of the data once: many passes say more than these few.
      if (judgement.earned < 1 && judgement.diagnosis?.certainty !== 'unknown') return judgement;
      const orders = await judgeOrders(context, loading);
      return orders.earned < 1 ? orders : judgement;
    },
  },
];
