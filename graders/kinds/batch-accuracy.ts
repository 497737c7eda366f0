/** What is right for the accuracy of a model on batches: the share of all images, whatever batch they are in. */
import { argmax } from '../../reference/oracles/accuracy.ts';
import { forward } from '../../reference/oracles/mlp.ts';
import { adapt, variantsOf } from '../mistakes/program.ts';
import { accuracyOfBatches, batchAccuracyMistakes } from '../mistakes/training/accuracy-of-batches.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { AccuracyProbe, AskedAccuracy } from './batch-accuracy-question.ts';
import { accuracyQuestion } from './batch-accuracy-question.ts';
import type { ImageSet } from './image-set.ts';
import { drawImages, rowsOf } from './image-set.ts';
import type { Net } from './listed-net.ts';
import { drawReluNet, reluMlp } from './relu-classifier.ts';

interface AccuracyDesign {
  /** Names the random numbers of this probe. */
  draw: string;
  images: number;
  /** Size of a batch: the last one should be smaller. */
  batch: number;
}

export const batchAccuracy = (asked: AskedAccuracy, designs: readonly AccuracyDesign[]): Problem<AccuracyProbe> => ({
  ...accuracyQuestion(asked),
  faint: { 'mean-of-batches': 'Only the last, smaller batch weighs differently in a mean over batches.' },
  probes: (random) => designs.map(({ draw, images, batch }) => drawProbe(random.fork(draw), images, batch)),
  oracle: (probe) => accuracy.run(probe, accuracy.right),
  mistakes: variantsOf(accuracy, batchAccuracyMistakes),
});

/** Labels that the network gets right two times out of three, but not equally often in all batches. */
function drawProbe(random: Random, count: number, batch: number): AccuracyProbe {
  const net = drawReluNet(random.fork('net'), [9, 7]);
  const set = drawImages(random.fork('images'), count);
  const last = count - (count % batch);
  logitsOf(net, set).forEach((row, i) => {
    const best = argmax(row);
    set.labels[i] = i % 3 !== (i < last ? 0 : 1) ? best : (best + 1 + (i % 5)) % 10;
  });
  return { net, set, batch };
}

const logitsOf = (net: Net, set: ImageSet) => forward(reluMlp(net), rowsOf(set)).z.at(-1)!;

const accuracy = adapt(accuracyOfBatches, ({ net, set, batch }: AccuracyProbe) => ({
  scores: logitsOf(net, set),
  labels: Array.from(set.labels),
  batchSize: batch,
}));
