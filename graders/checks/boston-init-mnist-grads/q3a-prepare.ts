/** Question 3a: images and labels of all kinds, and of some kinds only, to be prepared for training. */
import { recordQuestion } from '../../kinds/record-question.ts';
import { imageTensorMistakes, tensorsOf } from '../../mistakes/data/image-tensors.ts';
import type { Problem } from '../../problem.ts';
import { classes, pixels } from '../../kinds/pixel-net.ts';
import type { RawImages } from './q3a-question.ts';
import { prepareTable } from './q3a-question.ts';

export const prepareProblem: Problem<RawImages> = {
  ...recordQuestion(prepareTable),
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
  oracle: tensorsOf,
  faint: { 'by-256': '1/255 and 1/256 differ by 0.4 %, whatever the pixels are.' },
  mistakes: imageTensorMistakes,
};
