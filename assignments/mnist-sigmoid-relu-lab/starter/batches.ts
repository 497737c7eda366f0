/** Given. Images and labels in the form in which the network takes them. */
import type { Mat, Vec } from './arrays.ts';

export interface Images {
  /** One row of 784 grey values between 0 and 1 for each image. */
  images: Mat;
  /** The digit that each of them shows. */
  labels: Vec;
}

export interface Data {
  train: Images;
  test: Images;
}

/** Equal places belong together: data[i] is a batch, labels[i] its labels. */
export interface Batches {
  data: Mat[];
  labels: Mat[];
}

/** One row of `nbits` numbers for each label: 1 at the place of the label, 0 elsewhere. */
export function labelToBitVector(labels: Vec, nbits: number): Mat {
  return labels.map((label) => Array.from({ length: nbits }, (_, k) => (k === label ? 1 : 0)));
}

/** Batches of `batchSize` images in their order, with bit vectors of `nbits` as labels. A last incomplete batch is left out. */
export function createBatches(data: Mat, labels: Vec, batchSize: number, nbits = 10): Batches {
  const starts = Array.from({ length: Math.floor(data.length / batchSize) }, (_, i) => i * batchSize);
  return {
    data: starts.map((start) => data.slice(start, start + batchSize)),
    labels: starts.map((start) => labelToBitVector(labels.slice(start, start + batchSize), nbits)),
  };
}
