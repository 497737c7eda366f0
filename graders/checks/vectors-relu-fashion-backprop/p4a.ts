/** Problem 4 (a): the data in batches. 2 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { judgeOrders } from './p4a-order.ts';
import { loadersProblem } from './p4a-problem.ts';

const asks =
  'loaders on 150 and 70 random images with batches of 64 (the default), and on 50 and 30 with batches of 16.';

const part = (id: string, title: string, tensors: readonly string[], what: string): Check => ({
  id: `p4a.${id}`,
  costly: true,
  task: 'P4a',
  title,
  asks,
  points: 0.5,
  problems: [loadersProblem],
  run: (desk) => worst(desk, tensors, what),
});

async function worst(desk: Desk, tensors: readonly string[], what: string): Promise<Judgement> {
  const evaluation = await evaluate(desk, loadersProblem);
  const judgements = tensors.map((name) => judgeTensor(evaluation, name, what));
  return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
}

export const checks: Check[] = [
  part(
    'sizes',
    'Every image comes once, in batches of the size asked for',
    ['trainSizes', 'testSizes', 'missing'],
    'The number of images in the batches',
  ),
  part('pixels', 'Pixels are divided by 255', ['train', 'test'], 'The table of pixels'),
  part('labels', 'Every image keeps its label', ['trainLabels', 'testLabels'], 'The list of labels'),
  {
    ...part('order', 'Training images are shuffled anew for every epoch', ['shuffled'], 'The order of the images'),
    asks: `${asks.slice(0, -1)}; sixteen epochs of 20 images in batches of 4.`,
    async run(desk) {
      const judgement = await worst(desk, ['shuffled'], 'The order of the images');
      if (judgement.earned < 1) return judgement;
      const orders = await judgeOrders(desk);
      return orders.earned < 1 ? orders : judgement;
    },
  },
];
