/** Sets of 28×28 images in ten classes, as bytes with their labels. */
import type { Arg } from '../model/guest.ts';
import type { Random } from '../numerics/random.ts';

export const side = 28;
export const pixels = side * side;
export const classes = 10;

export interface ImageSet {
  images: Uint8Array;
  labels: Uint8Array;
}

/** Dark images with some pixels up to the brightest: rows that differ from each other, so that a network tells them apart. */
export function drawImages(random: Random, count: number, brightest = 255): ImageSet {
  return {
    images: Uint8Array.from({ length: count * pixels }, () =>
      random.next() < 0.3 ? random.integer(brightest + 1) : 0,
    ),
    labels: Uint8Array.from({ length: count }, () => random.integer(classes)),
  };
}

/** Of every byte. */
const shades = Array.from({ length: 256 }, (_, v) => Math.fround(v / 255));

/** Pixels from 0 to 1, as single precision holds them. */
export const rowsOf = ({ images, labels }: ImageSet): number[][] =>
  Array.from(labels, (_, i) => {
    const row: number[] = [];
    for (let at = i * pixels; at < (i + 1) * pixels; at++) row.push(shades[images[at]!]!);
    return row;
  });

export const setArg = ({ images, labels }: ImageSet): Arg => ({
  kind: 'record',
  entries: { images: { kind: 'bytes', data: images }, labels: { kind: 'bytes', data: labels } },
});
