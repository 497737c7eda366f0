/** A function `(model, batches)` that returns the accuracy of a model of the library, on batches of which the last is smaller. */
import type { ImageSet } from './image-set.ts';
import type { Net } from './listed-net.ts';
import { modelArg } from './relu-classifier.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import { readNumber } from './named-arrays.ts';
import type { OwnClassifier } from './own-classifier.ts';
import { asShares } from './percent.ts';
import { fixedBatches, ownOutput, withOwnLabels } from './own-classifier.ts';

/** Where the function stands, and the parts that it belongs to. */
export interface AskedAccuracy {
  task: string;
  unit: string;
  name: string;
  own: OwnClassifier;
}

export interface AccuracyProbe {
  net: Net;
  set: ImageSet;
  batch: number;
}

export const accuracyQuestion = traced('kinds/batch-accuracy-question#accuracyQuestion')(
  ({ task, unit, name, own }: AskedAccuracy): Question<AccuracyProbe> => ({
    id: `${task}.accuracy`,
    title: 'Accuracy on batches of unequal size',
    precision: 'single',
    describe: ({ set, batch }) => `${set.labels.length} images in batches of ${batch}, the last one smaller`,
    ask: (guest, { net, set, batch }) =>
      withOwnLabels(guest, own, async (labels) => {
        const model = await guest.make(modelArg(net, await ownOutput(guest, own)));
        const sent = [model, await fixedBatches(guest, own, set, batch, labels)];
        const { value, takenFrom } = await guest.call({ module: unit, name }, sent);
        return { value: takenFrom !== undefined && typeof value === 'number' ? asShares([value])[0]! : value };
      }),
    read: ({ value }) => readNumber('accuracy', value, name),
    write: (given) => given['accuracy']!.data[0]!,
  }),
);
