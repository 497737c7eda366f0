/** Questions 2.1g and 2.1h: a generator that shuffles, and its mini-batches. 5 marks. */
import type { Check, CheckContext } from '../../check.ts';
import { judgeOrder } from '../../kinds/minibatch-order.ts';
import { judgeAll, judgePairs, judgeSizes } from '../../kinds/minibatches.ts';
import { unlessStopped } from '../../stopped.ts';

export const generator = { unit: 'data', name: 'minibatches' };
const sizes = [
  [23, 5],
  [23, 8],
  [23, 23],
  [4, 6],
  [3, 1],
] as const;

export const checks: Check[] = [
  {
    id: '2.1g.all',
    task: '2.1g',
    title: 'Every example comes once in an epoch',
    asks: 'Three epochs of minibatches over 24 planted examples, in mini-batches of 6.',
    points: 1,
    run: (context) => judgeAll(context, generator),
  },
  {
    id: '2.1g.pairs',
    task: '2.1g',
    title: 'Inputs and targets stay together',
    asks: 'Three epochs over 24 planted examples whose target can be read off the input.',
    points: 1,
    run: (context) => judgePairs(context, generator),
  },
  {
    id: '2.1g.order',
    task: '2.1g',
    title: 'Every epoch has a new order',
    asks: 'The orders of three epochs, whether the first is the order of the data; and 60 more, of 200 examples, as random orders drawn with `rng`.',
    points: 1,
    run: (context) => judgeOrder(context, generator),
  },
  {
    id: '2.1h.sizes',
    task: '2.1h',
    title: 'Mini-batches have the size that was asked for, as rows of 64 inputs and rows of 10 targets',
    asks: 'minibatches over 23 examples with sizes 5, 8 and 23, over 4 examples with size 6 and over 3 with size 1.',
    points: 2,
    run: (context) => judgeSizes(context, generator, sizes),
  },
];

/** Whether shuffling and mini-batches are right: what builds on them may have been misled otherwise. */
export const minibatchesRight = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => {
    const judgements = [
      await judgeAll(context, generator),
      await judgePairs(context, generator),
      await judgeSizes(context, generator, sizes),
    ];
    return judgements.every(({ earned }) => earned === 1);
  }, false);
