/** Trainings of the student's own run functions that have one right log: full batches, and batches in the order of the images. */
import type { CourseProbe } from '../../kinds/logged-epochs.ts';
import { loggedKey } from '../../kinds/logged-epochs.ts';
import type { CourseDesign } from '../../kinds/telling-course.ts';
import { batchMistakes, epochMistakes, imageMistakes } from '../../mistakes/training/log-mistakes.ts';
import type { Problem } from '../../problem.ts';
import { batchedQuestion, ratesQuestion, wholeQuestion } from './epoch-question.ts';

// Together they show all ten digits: whoever leaves one of them out shows it.
const wholeDesigns: readonly CourseDesign[] = [
  { digits: [2, 7], images: 24, pixels: 6, batchSize: 24, epochs: 6, eta: 0.04, falls: true },
  { digits: [0, 9], images: 30, pixels: 5, batchSize: 30, epochs: 5, eta: 0.05, falls: false },
  { digits: [4, 6], images: 20, pixels: 5, batchSize: 20, epochs: 6, eta: 0.06, falls: false },
];
const batchDesigns: readonly CourseDesign[] = [
  { digits: [1, 5], images: 24, pixels: 6, batchSize: 4, epochs: 5, eta: 0.04, falls: false },
  { digits: [8, 3], images: 30, pixels: 5, batchSize: 6, epochs: 4, eta: 0.04, falls: true },
];
const [first] = wholeDesigns;
const rateDesigns: readonly CourseDesign[] = [{ ...first!, otherEtas: [0.025, first!.eta] }];

/** One batch is the whole training set: its order does not matter, and every image has to take part. */
export const wholeEpochs: Problem<CourseProbe> = {
  ...wholeQuestion,
  ...loggedKey(wholeDesigns, [...epochMistakes, ...imageMistakes]),
};

/** Several batches in the order of the images, as `createBatches` cuts them. */
export const batchedEpochs: Problem<CourseProbe> = {
  ...batchedQuestion,
  ...loggedKey(batchDesigns, [...epochMistakes, ...batchMistakes]),
};

/** The same for several learning rates; the last is the first again. */
export const rateEpochs: Problem<CourseProbe> = {
  ...ratesQuestion,
  ...loggedKey(rateDesigns, [...epochMistakes, ...imageMistakes]),
};
