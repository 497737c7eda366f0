/** Question 3a: what the model predicts when the grader sets its weights, and training tensors from raw images and labels. */
import type { NetProbe } from '../../kinds/pixel-net.ts';
import { classes, imagesOf, weightTensors } from '../../kinds/pixel-net.ts';
import { predictionsQuestion } from '../../kinds/predictions-question.ts';
import type { RecordTable } from '../../kinds/record-question.ts';
import type { Finding } from '../../model/finding.ts';
import type { NdArray } from '../../model/numbers.ts';
import { inWords, isArray } from '../../values.ts';

export const modelQuestion = predictionsQuestion<NetProbe>({
  id: 'q3a.model',
  title: 'Predictions of the MNIST model',
  unit: 'q3a',
  name: 'buildMnistModel',
  tensor: 'probabilities',
  shape: ({ X }) => [X.length, classes],
  weights: (net) => weightTensors(net).flat(),
  inputs: imagesOf,
  describe: (net) => `your model with weights set by the grader, ${net.X.length} random images`,
});

/** Raw MNIST: row-major bytes, one label an image. */
export interface RawImages {
  images: Uint8Array;
  labels: Uint8Array;
}

const areLabels = ({ data }: NdArray, { labels }: RawImages): boolean =>
  data.length === labels.length && data.every((value, row) => value === labels[row]);

const notOneHot = (misread: Finding): Finding => ({
  ...misread,
  says: 'yTrain holds the labels themselves, not one-hot rows.',
  hint: 'Turn every label into a row of ten numbers, one-hot: 1 in the column of its digit, 0 in the others.',
});

/** As many columns as the digits that happen to occur ask for. */
const isTooNarrow = ({ shape }: NdArray, { labels }: RawImages): boolean =>
  shape.length === 2 && shape[0] === labels.length && shape[1]! < 10;

const tooNarrow = (misread: Finding, { shape }: NdArray): Finding => ({
  ...misread,
  says: `yTrain has ${shape[1]} columns, not ten.`,
  hint: 'There are ten classes, whichever digits occur among the labels: give the number of classes to the function that makes the rows.',
});

export const prepareTable: RecordTable<RawImages> = {
  id: 'q3a.prepare',
  title: 'Training tensors from raw images and labels',
  unit: 'q3a',
  name: 'prepare',
  sends: ({ images, labels }) => [images, labels].map((data) => ({ kind: 'bytes', data }) as const),
  fields: {
    xTrain: { shape: ({ labels }) => [labels.length, 28, 28] },
    yTrain: { shape: ({ labels }) => [labels.length, 10] },
  },
  array: (value) => (isArray(value) ? value : undefined),
  missing: (field, given) => ({
    says: `prepare should return { xTrain, yTrain } as tensors; ${field} is ${inWords(given)}.`,
  }),
  misshapen(misread, name, given, raw) {
    if (name !== 'yTrain') return misread;
    if (areLabels(given, raw)) return notOneHot(misread);
    return isTooNarrow(given, raw) ? tooNarrow(misread, given) : misread;
  },
  options: { transposed: 'refuse' },
  describe: (raw) => `${raw.labels.length} random images with their labels`,
};
