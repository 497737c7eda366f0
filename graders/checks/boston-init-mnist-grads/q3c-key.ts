/** Question 3c: on which networks, and what is right there. */
import { lastLayerKey, lastLayerProgram } from '../../mistakes/mlp/last-layer.ts';
import type { Problem } from '../../problem.ts';
import { drawNet } from './mnist-net.ts';
import type { NetDesign, NetProbe } from './mnist-net.ts';
import { gradsQuestion } from './q3c-question.ts';

/**
 * Different widths, so that a diagnosis can be certain; B = 1, where sum and mean agree; and the shapes of the first one last, which
 * is then asked again: who keeps something for each shape answers with another network's.
 */
const designs: readonly NetDesign[] = [
  { hidden: [7, 5], batch: 6, scale: 1, layout: 'separate', labels: 'hard' },
  { hidden: [11, 13], batch: 5, scale: 2, layout: 'fused', labels: 'soft' },
  { hidden: [64, 64], batch: 16, scale: 4, layout: 'separate', labels: 'hard' },
  { hidden: [6, 9], batch: 1, scale: 1, layout: 'fused', labels: 'soft' },
  { hidden: [7, 5], batch: 6, scale: 2, layout: 'separate', labels: 'hard' },
];

/** The sheet says "gradients of the loss"; whether that is the mean or the sum over the batch it leaves open. */
export const summedNote = 'The gradients are summed over the batch. Most texts take the mean; here both are accepted.';

export const gradsProblem: Problem<NetProbe> = {
  ...gradsQuestion,
  ...lastLayerKey,
  probes: (random) => designs.map((design, i) => drawNet(random.fork(`design ${i}`), design)),
  accepts: [
    {
      id: 'sum',
      title: summedNote,
      compute: (net) => lastLayerProgram.run({ ...net, reduction: 'sum' }, lastLayerProgram.right),
    },
  ],
};
