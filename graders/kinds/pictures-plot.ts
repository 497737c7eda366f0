/** Pictures behind a plot: which image of a set each one shows, as it is or turned, in whichever of the usual scales. */
import type { Arrangement } from '../mistakes/data/arrangements.ts';
import { arranged, arrangements } from '../mistakes/data/arrangements.ts';
import { fieldsOf } from './side-car.ts';

interface Picture {
  label: unknown;
  pixels: number[][];
}

/** The pictures of a side-car file, or what is wrong with them. */
export function picturesOf(file: string, sidecar: unknown, side: number): Picture[] | string {
  const { images } = fieldsOf(sidecar);
  if (!Array.isArray(images) || images.length === 0) return `${file} lists no images.`;
  const pictures: Picture[] = [];
  for (const [i, image] of (images as unknown[]).entries()) {
    const { pixels, label } = fieldsOf(image);
    if (!isSquare(pixels, side)) return `Image ${i + 1} of ${file} does not have ${side} rows of ${side} numbers.`;
    if (new Set(pixels.flat()).size < 3) return `Image ${i + 1} of ${file} is blank: fewer than three grey values.`;
    pictures.push({ pixels, label });
  }
  return pictures;
}

const isSquare = (x: unknown, side: number): x is number[][] =>
  Array.isArray(x) &&
  x.length === side &&
  x.every((row) => Array.isArray(row) && row.length === side && row.every((v) => Number.isFinite(v)));

/** Ways to draw an image wrongly. */
const turns: readonly { says: string; from: Arrangement }[] = [
  { says: 'rows and columns exchanged (transposed)', from: arrangements.transposed },
  { says: 'left and right exchanged', from: arrangements.mirrored },
  { says: 'top and bottom exchanged', from: arrangements.upsideDown },
  { says: 'a quarter turn', from: arrangements.quarterTurn },
  { says: 'a quarter turn', from: arrangements.otherQuarterTurn },
  { says: 'a half turn', from: arrangements.halfTurn },
];

/** What this picture shows among the known ones (its grey values, joined → its label), as it is or turned; else undefined. */
export function shownIn(
  known: Pick<ReadonlyMap<string, number>, 'get'>,
  pixels: readonly (readonly number[])[],
  ink: number,
): { label: number; turn?: string } | undefined {
  const labelOf = (values: readonly number[]) =>
    scalesOf(values, ink)
      .map((row) => known.get(row.join()))
      .find((label) => label !== undefined);
  const label = labelOf(pixels.flat());
  if (label !== undefined) return { label };
  for (const { says, from } of turns) {
    const other = labelOf(arranged(pixels.flat(), pixels.length, from));
    if (other !== undefined) return { label: other, turn: says };
  }
  return undefined;
}

/** The image in grey values from 0 to full ink, whichever of the usual scales it is drawn in. */
const scalesOf = (values: readonly number[], ink: number): (readonly number[])[] => [
  values,
  values.map((v) => Math.round(v * ink)),
  values.map((v) => Math.round((v + 1) * (ink / 2))),
];
