/** Small trainings that the student's own run functions are asked for, on images that nobody has seen. */
import type { Desk } from '../../check.ts';
import type { Arg, Value } from '../../model.ts';
import { miniMnist } from '../../data/mini-mnist.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import { pixels } from './lab.ts';
import { ProgramStopped } from '../../stopped.ts';

const side = 14;
export const smallPixels = side * side;
/** 240 images in batches of 20, one hidden layer: 8 epochs are 96 steps. */
export const small = { layerConfig: [smallPixels, 16, 10], batchSize: 20, epochs: 8, initSd: 0.1 } as const;
const counts = { train: 240, test: 110 } as const;
/** 110 test images are five whole batches; the last ten may be left out. */
const wholeTest = 100;

export interface SmallImages {
  rows: Float64Array;
  labels: number[];
}

/** Every second pixel of the enlarged images. Test labels are one too high: a network that has learned is wrong about all of them. */
export function smallData(desk: Desk): { train: SmallImages; test: SmallImages } {
  return desk.shareWithAll('small-data', () => {
    const { images, labels } = miniMnist(desk.random('small-data'), counts.train + counts.test);
    const part = (from: number, to: number, shift: number): SmallImages => ({
      rows: Float64Array.from({ length: (to - from) * smallPixels }, (_, k) => {
        const [n, p] = [from + Math.floor(k / smallPixels), k % smallPixels];
        return images[n * pixels + 2 * Math.floor(p / side) * 28 + 2 * (p % side)]!;
      }),
      labels: [...labels.subarray(from, to)].map((label) => (label + shift) % 10),
    });
    return { train: part(0, counts.train, 0), test: part(counts.train, counts.train + counts.test, 1) };
  });
}

export const sentImages = ({ rows, labels }: SmallImages): Arg => ({
  kind: 'record',
  entries: {
    images: makeArray([labels.length, smallPixels], rows),
    labels: makeArray([labels.length], labels),
  },
});

/** With `blank` every training image is the same one: nobody can tell their labels. */
export function sentData(desk: Desk, blank = false): Arg {
  const { train, test } = smallData(desk);
  const rows = train.rows.map((value, k) => (blank ? train.rows[k % smallPixels]! : value));
  return { kind: 'record', entries: { train: sentImages({ ...train, rows }), test: sentImages(test) } };
}

export const sentOptions = (options: Readonly<Record<string, number>> = {}): Arg => ({
  kind: 'record',
  entries: {
    layerConfig: makeArray([small.layerConfig.length], small.layerConfig),
    batchSize: small.batchSize,
    epochs: small.epochs,
    initSd: small.initSd,
    ...options,
  },
});

/** What training shows, one number for each epoch. */
export interface Log {
  trainAcc: number[];
  testAcc: number[];
  /** Present where the program gives errors too. */
  trainErr?: number[];
  testErr?: number[];
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
  return { trainAcc, testAcc, ...(trainErr && { trainErr }), ...(testErr && { testErr }) };
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

/** What is wrong with the form of a log, as a sentence. */
export function malformed({ trainAcc, testAcc, trainErr, testErr, percent }: Log, epochs: number): string | undefined {
  if (percent) return 'The log holds percentages: an accuracy lies between 0 and 1, divide by 100.';
  const sides = [
    ['train', trainAcc, trainErr, [counts.train]],
    ['test', testAcc, testErr, [counts.test, wholeTest]],
  ] as const;
  for (const [set, accuracy, error, sizes] of sides) {
    if (accuracy.length !== epochs)
      return `${set}Acc should have one number for each of ${epochs} epochs; it has ${accuracy.length}.`;
    const odd = accuracy.find((v) => !sizes.some((n) => Math.abs(v * n - Math.round(v * n)) < 1e-6) || v < 0 || v > 1);
    if (odd !== undefined) return `${set}Acc holds ${odd}, which is no share of ${sizes.join(' or ')} images.`;
    if (error === undefined) continue;
    const unequal = accuracy.findIndex((v, i) => !(Math.abs(v + error[i]! - 1) < 1e-9));
    if (unequal >= 0 || error.length !== epochs) {
      return `Error and accuracy of epoch ${Math.max(0, unequal) + 1} should make 1: ${set}Err ${error[unequal]}, ${set}Acc ${accuracy[unequal]}.`;
    }
  }
  return undefined;
}

export const inList = (values: readonly number[]): string =>
  values
    .slice(0, 8)
    .map((v) => v.toFixed(3))
    .join(', ') + (values.length > 8 ? ', …' : '');
