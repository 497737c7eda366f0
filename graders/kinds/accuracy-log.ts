/** Logs of training as programs return them: `{ trainAcc, testAcc, trainErr?, testErr? }`, one number for each epoch. */
import type { Finding } from '../model/finding.ts';
import type { Value } from '../model/guest.ts';
import { ProgramStopped } from '../stopped.ts';
import { arrayFrom, fieldOf, inWords } from '../values.ts';

/** What training shows, one number for each epoch. */
export interface Log {
  trainAcc: number[];
  testAcc: number[];
  /** Present where the program gives errors too. */
  trainErr?: number[];
  testErr?: number[];
  /** How many decimals were printed, where it was read from that. */
  printed?: number;
  /** Set when percentages came and were divided by 100, so that only their form is wrong. */
  percent?: true;
}

/** A log as the student's program returns it; ProgramStopped when it is none. */
export function logFrom(value: Value, name: string): Log {
  const list = (field: string) => {
    const given = arrayFrom(fieldOf(value, field));
    return given === undefined ? undefined : [...given.data];
  };
  const [trainAcc, testAcc] = [list('trainAcc'), list('testAcc')];
  if (trainAcc === undefined || testAcc === undefined) {
    throw new ProgramStopped(
      'crash',
      `${name} should return { trainAcc, testAcc, … }, lists of numbers; it returns ${inWords(value)}.`,
    );
  }
  const [trainErr, testErr] = [list('trainErr'), list('testErr')];
  const printed = typeof value === 'object' && value?.kind === 'record' ? value.printed : undefined;
  return {
    trainAcc,
    testAcc,
    ...(trainErr && { trainErr }),
    ...(testErr && { testErr }),
    ...(printed !== undefined && { printed }),
  };
}

/** Of how many images the accuracies of a log may be shares. */
export interface Counts {
  train: readonly number[];
  test: readonly number[];
}

/** A log whose numbers were rounded when they were printed, with the shares of so many images that they stand for. */
export function asCounted(log: Log, images: Counts): Log {
  const { printed } = log;
  if (printed === undefined) return log;
  const half = 0.5000001 * 10 ** -printed;
  const counted = (share: number, counts: readonly number[]): number =>
    counts.map((n) => Math.round(share * n) / n).find((exact) => Math.abs(exact - share) <= half) ?? share;
  return {
    ...log,
    trainAcc: log.trainAcc.map((share) => counted(share, images.train)),
    testAcc: log.testAcc.map((share) => counted(share, images.test)),
  };
}

/** A log of percentages as shares. */
export function asShares(log: Log): Log {
  const numbers = [log.trainAcc, log.testAcc, log.trainErr ?? [], log.testErr ?? []].flat();
  if (!numbers.some((value) => value > 1) || !numbers.every((value) => value >= 0 && value <= 100)) return log;
  const shares = (values: readonly number[]) => values.map((value) => value / 100);
  return {
    trainAcc: shares(log.trainAcc),
    testAcc: shares(log.testAcc),
    ...(log.trainErr && { trainErr: shares(log.trainErr) }),
    ...(log.testErr && { testErr: shares(log.testErr) }),
    percent: true,
  };
}

/** The finding on a log that shows learning where nothing can be learned. */
export const notFromImages = ({ trainAcc }: Log): Finding => ({
  says: 'Where all training images are the same one the training accuracy rises all the same: it is not that of a network trained with them.',
  yours: `training accuracy ${inList(trainAcc)}`,
  expected: 'the share of one label, about 0.1',
  hint: 'Train on the images that this call hands over, each beside its own label, and return what evaluate of the network gives.',
});

/** What is wrong with the form of a log, as a sentence; `images` says of how many images its numbers may be shares. */
export function malformed(
  { trainAcc, testAcc, trainErr, testErr, percent }: Log,
  epochs: number,
  images: Counts,
): string | undefined {
  if (percent) return 'The log holds percentages: an accuracy lies between 0 and 1, divide by 100.';
  const sides = [
    ['train', trainAcc, trainErr, images.train],
    ['test', testAcc, testErr, images.test],
  ] as const;
  for (const [set, accuracy, error, sizes] of sides) {
    if (accuracy.length !== epochs)
      return `${set}Acc should have one number for each of ${epochs} epochs; it has ${accuracy.length}.`;
    const odd = accuracy.find((v) => !sizes.some((n) => Math.abs(v * n - Math.round(v * n)) < 1e-6) || v < 0 || v > 1);
    if (odd !== undefined) return `${set}Acc holds ${odd}, which is no share of ${countsInWords(sizes)}.`;
    if (error === undefined) continue;
    const unequal = accuracy.findIndex((v, i) => !(Math.abs(v + error[i]! - 1) < 1e-9));
    if (unequal >= 0 || error.length !== epochs) {
      return `Error and accuracy of epoch ${Math.max(0, unequal) + 1} should make 1: ${set}Err ${error[unequal]}, ${set}Acc ${accuracy[unequal]}.`;
    }
  }
  return undefined;
}

const countsInWords = (sizes: readonly number[]): string =>
  sizes.length > 2 ? `${sizes[0]} images, or of fewer batches of them` : `${sizes.join(' or ')} images`;

export const inList = (values: readonly number[]): string =>
  values
    .slice(0, 8)
    .map((v) => v.toFixed(3))
    .join(', ') + (values.length > 8 ? ', …' : '');
