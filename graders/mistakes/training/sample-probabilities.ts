/** What is told of single images: the probabilities of their classes, the likeliest one, and the label. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mlp } from '../../../reference/oracles/mlp.ts';
import { forward } from '../../../reference/oracles/mlp.ts';
import { mistakeMaker } from '../../key.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake, replacing } from '../program.ts';

interface SamplesCase {
  net: Mlp;
  /** Pixels from 0 to 1. */
  rows: Mat;
  labels: Uint8Array;
}

interface Rules {
  /** The pixels that are sent. */
  pixels(rows: Mat): Mat;
  probabilities(logits: Mat): Mat;
  pred(row: number[]): number;
  label(labels: Uint8Array, i: number): number;
}

/** The answer is `{ probs, pred, label }`, a row or a number for each image. */
export const sampleProbabilities: Program<SamplesCase, Rules> = {
  right: { pixels: (rows) => rows, probabilities: softmaxRows, pred: argmax, label: (labels, i) => labels[i]! },
  run({ net, rows, labels }, rules) {
    const probs = rules.probabilities(forward(net, rules.pixels(rows)).z.at(-1)!);
    return {
      probs: arrayOf(probs),
      pred: arrayOf(probs.map(rules.pred)),
      label: arrayOf(Array.from(labels, (_, i) => rules.label(labels, i))),
    };
  },
};

const wrong = mistake<Rules>;
const told = mistakeMaker((probabilities: Rules['probabilities']) => replacing<Rules>({ probabilities }));

export const sampleProbabilityMistakes: readonly Mistake<Rules>[] = [
  told('logits', 'logits instead of probabilities', 'Apply softmax to the outputs of the model.', (z) => z),
  told('softmax-twice', 'softmax twice', 'Your model (or your code) has applied softmax already.', (z) =>
    softmaxRows(softmaxRows(z)),
  ),
  told('sigmoid', 'a sigmoid of every output', 'The ten classes exclude each other: softmax.', (z) =>
    z.map((row) => row.map((v) => 1 / (1 + Math.exp(-v)))),
  ),
  told('over-samples', 'softmax over the samples', 'Softmax runs over the ten classes of one image.', (z) => {
    const columns = softmaxRows(z[0]!.map((_, j) => z.map((row) => row[j]!)));
    return z.map((_, i) => columns.map((column) => column[i]!));
  }),
  told('shares', 'outputs divided by their sum', 'Take the exponential first: softmax.', (z) =>
    z.map((row) => row.map((v) => v / row.reduce((a, b) => a + b, 0))),
  ),
  wrong('not-scaled', 'pixels from 0 to 255', 'The model was trained on pixels from 0 to 1: divide by 255.', {
    pixels: (rows) => rows.map((row) => row.map((v) => v * 255)),
  }),
  wrong('least-likely', 'the least likely class', 'pred is the class with the largest probability.', {
    pred: (row) => argmax(row.map((v) => -v)),
  }),
  wrong('pred-from-one', 'classes counted from 1', 'The first class is 0.', { pred: (row) => argmax(row) + 1 }),
  wrong('next-label', 'the label of the next image', 'label belongs to the image at index.', {
    label: (labels, i) => labels[(i + 1) % labels.length]!,
  }),
];
