/** Question 3a: the right and the wrong predictions of the model, and training tensors from images and labels of all kinds, and of some kinds only. */
import { hidden, missingIn, output, predictionsAs } from '../../mistakes/mlp/other-activations.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { recordQuestion } from '../../kinds/record-question.ts';
import { imageTensorMistakes, tensorsOf } from '../../mistakes/data/image-tensors.ts';
import type { Problem } from '../../problem.ts';
import type { RawImages } from './q3a-question.ts';
import { modelQuestion, prepareTable } from './q3a-question.ts';
import type { NetProbe } from '../../kinds/pixel-net.ts';
import { classes, drawNet, pixels } from '../../kinds/pixel-net.ts';

const predictions = predictionsAs('probabilities');
const bothSigmoid = 'The sheet asks for sigmoid in both hidden layers.';
const needSigmoid = 'Both hidden layers need their sigmoid.';

export const modelProblem: Problem<NetProbe> = {
  ...modelQuestion,
  probes: (random) =>
    [1, 3].map((scale) =>
      drawNet(random.fork(`scale ${scale}`), { hidden: [64, 64], batch: 4, scale, layout: 'separate', labels: 'hard' }),
    ),
  oracle: (net) => predictions.run(net, predictions.right),
  mistakes: variantsOf<NetProbe, typeof predictions.right>(predictions, [
    {
      ...output('linear', 'Put a softmax activation behind the last dense layer.'),
      id: 'no-softmax',
      title: 'logits without softmax',
    },
    output('sigmoid', 'Ten classes exclude each other: use softmax at the output.'),
    hidden('relu', bothSigmoid),
    hidden('tanh', bothSigmoid),
    hidden('linear', 'Give both hidden layers a sigmoid activation.'),
    hidden('softmax', 'Softmax belongs to the output only.'),
    missingIn('first-only', 'activation missing on the second hidden layer', needSigmoid, 1),
    missingIn('second-only', 'activation missing on the first hidden layer', needSigmoid, 0),
  ]),
};

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
    // As dark as bytes can be without being black: they are bytes all the same.
    {
      images: Uint8Array.from({ length: 2 * pixels }, () => random.integer(2)),
      labels: Uint8Array.from({ length: 2 }, () => random.integer(classes)),
    },
  ],
  visits: [
    { says: 'images with a white pixel', holds: (probes) => probes.some(({ images }) => images.includes(255)) },
    {
      says: 'images without black and white pixels',
      holds: (probes) => probes.some(({ images }) => !images.includes(0) && Math.max(...images) < 240),
    },
    {
      says: 'images whose largest pixel is 1',
      holds: (probes) => probes.some(({ images }) => Math.max(...images) === 1),
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
