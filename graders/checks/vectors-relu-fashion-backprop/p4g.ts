/** Problem 4 (g): the accuracy of a model on the test batches. 2 marks. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { ImageSet } from '../../kinds/image-set.ts';
import { drawImages, rowsOf } from '../../kinds/image-set.ts';
import type { Net } from '../../kinds/listed-net.ts';
import { drawReluNet, reluMlp } from '../../kinds/relu-classifier.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import { accuracyOfBatches, batchAccuracyMistakes } from '../../mistakes/training/accuracy-of-batches.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { AccuracyProbe } from './p4g-question.ts';
import { accuracyQuestion } from './p4g-question.ts';

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

const accuracyProblem: Problem<AccuracyProbe> = {
  ...accuracyQuestion,
  faint: { 'mean-of-batches': 'Only the last, smaller batch weighs differently in a mean over batches.' },
  probes: (random) => [drawProbe(random.fork('a'), 23, 8), drawProbe(random.fork('b'), 31, 7)],
  oracle: (probe) => accuracy.run(probe, accuracy.right),
  mistakes: variantsOf(accuracy, batchAccuracyMistakes),
};

export const checks: Check[] = [
  {
    id: 'p4g.accuracy',
    costly: true,
    task: 'P4g',
    title: 'testAccuracy is the share of images that are classified rightly',
    asks: 'testAccuracy on 23 and 31 images, in batches of 8 and 7.',
    points: 2,
    problems: [accuracyProblem],
    run: async (context) => judgeTensor(await evaluate(context, accuracyProblem), 'accuracy', 'The accuracy'),
  },
];
