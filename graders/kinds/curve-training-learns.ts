/** Whether a training learns what images show: on images that look like digits, measured on the model that it leaves. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { DigitImages } from '../data/digit-images.ts';
import { lossOf, shareOf } from '../mistakes/training/curves.ts';
import { createRandom } from '../numerics/random.ts';
import { arrayFrom, fieldOf } from '../values.ts';
import { netAfter, otherLayers, trained } from './curve-training-question.ts';
import type { CurveTraining } from './curve-training.ts';
import { rowsIn } from './curve-training.ts';
import { digitBytes } from './digit-samples.ts';
import type { ImageSet } from './image-set.ts';
import { classes, pixels } from './image-set.ts';
import type { Net } from './listed-net.ts';
import { freshNet } from './listed-net.ts';
import { reluMlp } from './relu-classifier.ts';

interface LongDesign {
  /** Images. */
  train: number;
  test: number;
  hidden: readonly number[];
  /** Of the training images; the test images are one batch. */
  batch: number;
  epochs: number;
  learningRate: number;
  /** By what share the loss has to fall, and what share of the test images has to be recognised. */
  needed: { fall: number; accuracy: number };
}

/** A network as it is before training: He's variance, biases 0. */
function untrained(task: string, hidden: readonly number[]): Net {
  const random = createRandom(4, `${task} weights`);
  return freshNet([pixels, ...hidden, classes], (inputs) => Math.fround(random.normal(0, Math.sqrt(2 / inputs))));
}

/** By the loss on the training images and the accuracy on the test images. */
export async function judgeLearning(
  context: CheckContext,
  { asked }: CurveTraining,
  { needed, ...design }: LongDesign,
): Promise<Judgement> {
  const { task } = asked;
  const data = context.oncePerBatch(`${task}/images`, () =>
    digitBytes(createRandom(2026, task), design.train, design.test),
  );
  const guest = await context.guest();
  await guest.seed(1);
  const set = ({ pixels: images, labels }: DigitImages): ImageSet => ({ images, labels });
  const before = context.oncePerBatch(`${task}/untrained`, () => untrained(task, design.hidden));
  const answered = await trained(guest, asked, {
    net: before,
    sets: { train: set(data.train), test: set(data.test) },
    batch: { train: design.batch, test: design.test },
    epochs: design.epochs,
    learningRate: design.learningRate,
  });
  const after = netAfter(answered, before);
  if (after === undefined) return fail(otherLayers);
  // Measured on the model itself: what the program reports of it is judged in the other parts.
  const { train, test } = context.oncePerBatch(`${task}/rows`, () => ({
    train: rowsIn(set(data.train)),
    test: rowsIn(set(data.test)),
  }));
  const lossBefore = context.oncePerBatch(`${task}/loss untrained`, () => lossOf(reluMlp(before), train));
  const fall = 1 - lossOf(reluMlp(after), train) / lossBefore;
  const accuracy = shareOf(reluMlp(after), test);
  const returned = fieldOf(answered.value, 'returned');
  const curve = (name: string) => Array.from(arrayFrom(fieldOf(returned, name))?.data ?? []);
  const [losses, shares] = [curve('trainLoss'), curve('testAcc')];
  if (fall >= needed.fall && accuracy >= needed.accuracy) {
    return pass({
      notes: [
        `the loss falls by ${Math.round(100 * fall)} %, ${accuracy.toFixed(2)} of the test images are recognised`,
      ],
    });
  }
  return fail({
    says: 'The network does not learn what the images show.',
    yours: `a loss that falls by ${Math.round(100 * fall)} %, an accuracy of ${accuracy.toFixed(3)}; you report losses ${losses.map((v) => v.toFixed(3)).join(', ') || 'none'}; accuracies ${shares.map((v) => v.toFixed(3)).join(', ') || 'none'}`,
    expected: `a loss that falls by ${100 * needed.fall} %, and an accuracy of at least ${needed.accuracy}`,
    hint: 'Cross-entropy from logits for a model without softmax, from probabilities for one with; one step for every batch.',
  });
}
