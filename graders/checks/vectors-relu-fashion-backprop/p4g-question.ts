/** Problem 4 (g): testAccuracy on batches of which the last is smaller. */
import type { ImageSet } from '../../kinds/image-set.ts';
import type { Net } from '../../kinds/listed-net.ts';
import { modelArg } from '../../kinds/relu-classifier.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import { inWords, numberOf } from '../../values.ts';
import { fixedBatches, ownOutput, withOwnLabels } from './fashion-net.ts';

export interface AccuracyProbe {
  net: Net;
  set: ImageSet;
  batch: number;
}

export const accuracyQuestion: Question<AccuracyProbe> = {
  id: 'P4g.accuracy',
  title: 'Accuracy on batches of unequal size',
  precision: 'single',
  describe: ({ set, batch }) => `${set.labels.length} images in batches of ${batch}, the last one smaller`,
  ask: (guest, { net, set, batch }) =>
    withOwnLabels(guest, async (labels) => {
      const model = await guest.make(modelArg(net, await ownOutput(guest)));
      const sent = [model, await fixedBatches(guest, set, batch, labels)];
      return { value: (await guest.call({ module: 'p4g', name: 'testAccuracy' }, sent)).value };
    }),
  read({ value }) {
    const number = numberOf(value);
    return number === undefined
      ? { misread: { says: 'testAccuracy should return one number.', yours: inWords(value) } }
      : { answer: { accuracy: arrayOf(number) }, notes: [] };
  },
  write: (given) => given['accuracy']!.data[0]!,
};
