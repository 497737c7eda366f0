/** Problem 4 (g): the accuracy of a model on the test batches. 2 marks. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { inWords, numberOf } from '../../values.ts';
import { drawImages, drawReluNet, fixedBatches, modelArg, ownOutput, reluMlp, rowsOf } from './fashion-net.ts';
import type { ImageSet } from './fashion-net.ts';
import { withOwnLabels } from './own-labels.ts';
import { mistake } from './plain.ts';
import type { Net } from '../../kinds/listed-net.ts';

interface AccuracyProbe {
  net: Net;
  set: ImageSet;
  batch: number;
}

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

const logitsOf = (net: Net, set: ImageSet): Mat => forward(reluMlp(net), rowsOf(set)).z.at(-1)!;

/** Right or wrong, image by image. */
const hits = ({ net, set }: AccuracyProbe, pick: (row: number[]) => number = argmax): number[] =>
  logitsOf(net, set).map((row, i) => (pick(row) === set.labels[i] ? 1 : 0));
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const share = (values: readonly number[]) => sum(values) / values.length;
const inBatches = (values: readonly number[], size: number) =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
const answer = (value: number): Answer => ({ accuracy: arrayOf(value) });

const wrong = (id: string, title: string, advice: string, f: (probe: AccuracyProbe) => number) =>
  mistake<AccuracyProbe>(id, title, advice, (probe) => answer(f(probe)));

export const accuracyProblem: Problem<AccuracyProbe> = {
  id: 'P4g.accuracy',
  faint: { 'mean-of-batches': 'Only the last, smaller batch weighs differently in a mean over batches.' },
  title: 'Accuracy on batches of unequal size',
  precision: 'single',
  probes: (random) => [drawProbe(random.fork('a'), 23, 8), drawProbe(random.fork('b'), 31, 7)],
  describe: ({ set, batch }) => `${set.labels.length} images in batches of ${batch}, the last one smaller`,
  ask: (guest, { net, set, batch }) =>
    withOwnLabels(guest, async (labels) => {
      const model = await guest.make(modelArg(net, await ownOutput(guest)));
      const sent = [model, await fixedBatches(guest, set, batch, labels)];
      return { value: (await guest.call({ module: 'p4g.ts', name: 'testAccuracy' }, sent)).value };
    }),
  read({ value }) {
    const number = numberOf(value);
    return number === undefined
      ? { misread: { says: 'testAccuracy should return one number.', yours: inWords(value) } }
      : { answer: answer(number), notes: [] };
  },
  write: (given) => given['accuracy']!.data[0]!,
  oracle: (probe) => answer(share(hits(probe))),
  mistakes: [
    wrong('percent', 'percent', 'The accuracy is a share from 0 to 1.', (probe) => 100 * share(hits(probe))),
    wrong('count', 'the number of right predictions', 'Divide by the number of images.', (probe) => sum(hits(probe))),
    wrong('error-rate', 'the share of wrong predictions', 'Count what is right.', (probe) => 1 - share(hits(probe))),
    wrong(
      'mean-of-batches',
      'the mean of the accuracies of the batches',
      'The last batch is smaller and must not count as much as the others: add counts, then divide.',
      (probe) => share(inBatches(hits(probe), probe.batch).map(share)),
    ),
    wrong('full-batches', 'every batch counted as if it were full', 'Divide by the number of images.', (probe) => {
      const all = inBatches(hits(probe), probe.batch);
      return sum(hits(probe)) / (all.length * probe.batch);
    }),
    wrong('first-batch', 'the first batch only', 'Go through all batches.', (probe) =>
      share(inBatches(hits(probe), probe.batch)[0]!),
    ),
    wrong('last-batch', 'the last batch only', 'Go through all batches.', (probe) =>
      share(inBatches(hits(probe), probe.batch).at(-1)!),
    ),
    wrong('drops-last', 'without the last, smaller batch', 'Count the images that do not fill a batch.', (probe) =>
      share(hits(probe).slice(0, -(probe.set.labels.length % probe.batch))),
    ),
    wrong('least-likely', 'the least likely class', 'Predict the class with the largest output.', (probe) =>
      share(hits(probe, (row) => argmax(row.map((v) => -v)))),
    ),
    wrong(
      'number-of-batches',
      'divided by the number of batches',
      'Divide by the number of images.',
      (probe) => sum(hits(probe)) / inBatches(hits(probe), probe.batch).length,
    ),
  ],
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
    run: async (desk) => judgeTensor(await evaluate(desk, accuracyProblem), 'accuracy', 'The accuracy'),
  },
];
