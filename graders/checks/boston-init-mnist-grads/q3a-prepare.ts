/** What `prepare` of Question 3a makes of raw images and labels. */
import { halfIfChanging } from '../../changed-arguments.ts';
import type { Desk, Judgement } from '../../check.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered } from '../../question.ts';
import type { Finding, Guest, NdArray, Reply } from '../../model.ts';
import { fieldOf, inWords, isArray } from '../../values.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { classes, pixels, side } from '../../kinds/pixel-net.ts';

/** Raw MNIST: row-major bytes, one label an image. */
export interface RawImages {
  images: Uint8Array;
  labels: Uint8Array;
}

const tensor = (shape: readonly number[], data: ArrayLike<number>): NdArray =>
  makeArray(shape, data, { container: 'tensor', dtype: 'float32' });

interface Steps {
  /** What becomes of the pixels of an image, one of all these. */
  scale: (image: Uint8Array, images: Uint8Array) => (value: number) => number;
  column: (label: number) => number;
  order: (n: number) => number[];
  labelOrder?: (n: number) => number[];
}

const right: Steps = {
  scale: () => (value) => value / 255,
  column: (label) => label,
  order: (n) => Array.from({ length: n }, (_, i) => i),
};

function prepare({ images, labels }: RawImages, steps: Steps): Answer {
  const n = labels.length;
  const order = steps.order(n);
  const x = order.flatMap((row) => {
    const image = images.subarray(row * pixels, (row + 1) * pixels);
    return Array.from(image, steps.scale(image, images));
  });
  const y = new Float64Array(n * classes);
  (steps.labelOrder ?? steps.order)(n).forEach((row, i) => {
    const column = steps.column(labels[row]!);
    if (column >= 0 && column < classes) y[i * classes + column] = 1;
  });
  return { xTrain: tensor([n, side, side], x), yTrain: tensor([n, classes], y) };
}

const mistake = (id: string, title: string, advice: string, changed: Partial<Steps>): Variant<RawImages> => ({
  id,
  title,
  advice,
  compute: (raw) => prepare(raw, { ...right, ...changed }),
});

const moments = (bytes: Uint8Array) => {
  const mean = bytes.reduce((sum, v) => sum + v, 0) / bytes.length;
  const variance = bytes.reduce((sum, v) => sum + (v - mean) ** 2, 0) / bytes.length;
  return { mean, sd: Math.sqrt(variance) };
};
const reversed = (n: number) => Array.from({ length: n }, (_, i) => n - 1 - i);

const areLabels = ({ data }: NdArray, { labels }: RawImages): boolean =>
  data.length === labels.length && data.every((value, row) => value === labels[row]);

const notOneHot = (misread: Finding): Finding => ({
  ...misread,
  says: 'yTrain holds the labels themselves, not one-hot rows.',
  hint: 'Turn every label into a row of ten numbers, one-hot: 1 in the column of its digit, 0 in the others.',
});

export const prepareProblem: Problem<RawImages> = {
  id: 'q3a.prepare',
  title: 'Training tensors from raw images and labels',
  precision: 'single',
  probes: (random) => [
    // The largest pixel of the first image is below 255, so that scaling by the image's own maximum shows.
    {
      images: Uint8Array.from({ length: 37 * pixels }, (_, i) => random.integer(i < pixels ? 200 : 256)),
      labels: Uint8Array.from({ length: 37 }, (_, i) =>
        i < classes ? (i * 7 + 3) % classes : random.integer(classes),
      ),
    },
    // Grey images of some digits: scale and classes belong to MNIST, not to the images that happen to come in.
    {
      images: Uint8Array.from({ length: 12 * pixels }, () => 20 + random.integer(180)),
      labels: Uint8Array.from({ length: 12 }, () => 1 + random.integer(classes - 2)),
    },
  ],
  visits: [
    { says: 'images with a white pixel', holds: (probes) => probes.some(({ images }) => images.includes(255)) },
    {
      says: 'images without black and white pixels',
      holds: (probes) => probes.some(({ images }) => !images.includes(0) && Math.max(...images) < 240),
    },
    {
      says: 'labels without the first and the last class',
      holds: (probes) => probes.some(({ labels }) => !labels.includes(0) && !labels.includes(classes - 1)),
    },
    {
      says: 'labels of all classes',
      holds: (probes) => probes.some(({ labels }) => new Set(labels).size === classes),
    },
  ],
  describe: (raw) => `${raw.labels.length} random images with their labels`,
  ask: async (guest, raw): Promise<Answered> => ({ value: (await callPrepare(guest, raw)).value }),
  read({ value }, raw) {
    const n = raw.labels.length;
    const answer: Record<string, NdArray> = {};
    const misreads: Record<string, Finding> = {};
    const notes: string[] = [];
    for (const [name, shape] of [
      ['xTrain', [n, side, side]],
      ['yTrain', [n, classes]],
    ] as const) {
      const given = fieldOf(value, name);
      if (!isArray(given)) {
        return {
          misread: { says: `prepare should return { xTrain, yTrain } as tensors; ${name} is ${inWords(given)}.` },
        };
      }
      const read = canonicalise(name, given, shape, { transposed: 'refuse' });
      if ('misread' in read) {
        misreads[name] = name === 'yTrain' && areLabels(given, raw) ? notOneHot(read.misread) : read.misread;
        continue;
      }
      answer[name] = read.array;
      if (read.note) notes.push(read.note);
    }
    return Object.keys(misreads).length > 0 ? { answer, notes, misreads } : { answer, notes };
  },
  write: (answer) => ({ kind: 'record', entries: { ...answer } }),
  oracle: (raw) => prepare(raw, right),
  faint: { 'by-256': '1/255 and 1/256 differ by 0.4 %, whatever the pixels are.' },
  mistakes: [
    mistake(
      'by-256',
      'divided by 256',
      'The largest pixel value is 255: divide by 255, so that white becomes exactly 1.',
      {
        scale: () => (value) => value / 256,
      },
    ),
    mistake('not-scaled', 'pixels left at 0 to 255', 'Divide the pixels by 255.', { scale: () => (value) => value }),
    mistake('by-127', 'scaled to [−1, 1]', 'The sheet asks for pixels in [0, 1]: divide by 255.', {
      scale: () => (value) => value / 127.5 - 1,
    }),
    mistake('standardised', 'every image standardised by itself', 'Divide by 255; do not subtract the mean.', {
      scale: (image) => {
        const { mean, sd } = moments(image);
        return (value) => (value - mean) / sd;
      },
    }),
    mistake(
      'standardised-together',
      'standardised with the statistics of all images',
      'Divide by 255 instead of standardising: the sheet asks for pixels between 0 and 1.',
      {
        scale: (_, images) => {
          const { mean, sd } = moments(images);
          return (value) => (value - mean) / sd;
        },
      },
    ),
    mistake('own-maximum', 'every image scaled by its own maximum', 'Divide all images by the same number, 255.', {
      scale: (image) => {
        const most = Math.max(...image);
        return (value) => value / most;
      },
    }),
    mistake('largest-pixel', 'divided by the largest pixel of the batch', 'Divide by 255, whatever the images hold.', {
      scale: (_, images) => {
        const most = Math.max(...images);
        return (value) => value / most;
      },
    }),
    mistake('min-max', 'the range of the batch stretched to [0, 1]', 'Divide by 255, whatever the images hold.', {
      scale: (_, images) => {
        const [least, most] = [images.reduce((a, b) => Math.min(a, b)), images.reduce((a, b) => Math.max(a, b))];
        return (value) => (value - least) / (most - least);
      },
    }),
    {
      id: 'classes-present',
      title: 'as many columns as the labels that came in need',
      advice: 'There are ten classes, also where the last ones do not occur: give oneHot the number 10.',
      compute: (raw) => {
        const answer = prepare(raw, right);
        const columns = Math.max(...raw.labels) + 1;
        const y = Array.from(raw.labels, (label) => Array.from({ length: columns }, (_, k) => Number(k === label)));
        return { ...answer, yTrain: tensor([raw.labels.length, columns], y.flat()) };
      },
    },
    mistake('inverted', 'black and white exchanged', 'Keep 0 as 0: divide by 255 and do not subtract from 1.', {
      scale: () => (value) => 1 - value / 255,
    }),
    mistake('column-late', 'one-hot column shifted by one', 'Label 0 belongs to column 0.', {
      column: (label) => (label + 1) % classes,
    }),
    mistake('columns-reversed', 'one-hot columns reversed', 'Label 0 belongs to column 0, label 9 to column 9.', {
      column: (label) => classes - 1 - label,
    }),
    mistake('shuffled', 'rows in another order', 'Keep the order of the data: the sheet says not to shuffle.', {
      order: reversed,
    }),
    mistake(
      'labels-shuffled',
      'labels in another order than the images',
      'Row i of yTrain belongs to row i of xTrain.',
      {
        labelOrder: reversed,
      },
    ),
  ],
};

function callPrepare(guest: Guest, { images, labels }: RawImages, options: { argsAfter?: true } = {}): Promise<Reply> {
  const sent = [images, labels].map((data) => ({ kind: 'bytes', data }) as const);
  return guest.call({ module: 'q3a.ts', name: 'prepare' }, sent, options);
}

/** Half of a right result where the bytes that came in are changed. */
export function halfIfBytesChange(desk: Desk, judgement: Judgement): Promise<Judgement> {
  const raw = desk.probes(prepareProblem)[0]!;
  return halfIfChanging(desk, judgement, {
    name: 'prepare',
    args: [raw.images, raw.labels].map((data) => makeArray([data.length], data)),
    call: (guest, options) => callPrepare(guest, raw, options),
  });
}
