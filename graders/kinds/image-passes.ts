/** Batches of images gone through once: which image of the set stands where, however its pixels were changed. */
import type { Value } from '../model/guest.ts';
import { fieldOf, inWords, isArray, itemsOf } from '../values.ts';
import type { ImageSet } from './image-set.ts';
import { pixels, side } from './image-set.ts';

export interface Pass {
  sizes: number[];
  /** Pixels and label of every image, in the order of the batches. */
  images: Float64Array[];
  labels: number[];
}

/** The pass in these batches, or what is no batch among them. */
export function passOf(value: Value): Pass | { says: string; yours: string } {
  const pass: Pass = { sizes: [], images: [], labels: [] };
  for (const batch of itemsOf(value) ?? []) {
    const [xs, ys] = [fieldOf(batch, 'xs'), fieldOf(batch, 'ys')];
    const count = isArray(ys) ? ys.data.length : 0;
    // The only image of a batch may have lost the axis of the batch.
    const inRows = isArray(xs) && (xs.shape[0] === count || count === 1);
    if (!isArray(xs) || !isArray(ys) || xs.data.length !== count * pixels || !inRows) {
      const says = `A batch is { xs, ys }: b images of ${side}×${side} and b labels.`;
      return { says, yours: isArray(xs) ? `xs is ${inWords(xs)}, ys is ${inWords(ys)}` : inWords(batch) };
    }
    pass.sizes.push(count);
    for (let i = 0; i < count; i++) pass.images.push(xs.data.subarray(i * pixels, (i + 1) * pixels));
    pass.labels.push(...ys.data);
  }
  return pass;
}

/** An image without its brightness and contrast, so that it is known again however its pixels are scaled; in `values`, if given. */
function pattern(image: ArrayLike<number>, values = new Float64Array(pixels)): Float64Array {
  values.set(image);
  let [total, squares] = [0, 0];
  for (let p = 0; p < values.length; p++) total += values[p]!;
  const mean = total / values.length;
  for (let p = 0; p < values.length; p++) squares += (values[p]! - mean) ** 2;
  const norm = Math.sqrt(squares) || 1;
  for (let p = 0; p < values.length; p++) values[p] = (values[p]! - mean) / norm;
  return values;
}

/** Of an image whose pixels only moved, the right one correlates less than this, and so does every other one. */
const alike = 0.9;

/**
 * Images of which no two correlate more than this: who is `alike` one of them is less than 0.9 · 0.5 + √0.19 · √0.75 = 0.83
 * like any other, so that the first one found is the one.
 */
const apart = 0.5;

/** Pixels by which an image is looked for. */
const few = 32;

/** Says which image of the set each image of a pass is, −1 for what is none of them. */
export type Recogniser = (pass: Pass) => number[];

/** An image whose grey values were made coarse is less like itself, and still like no other one by so much. */
const ahead = 0.25;

/** Images that have the same grey values at other places correlate so, once both are sorted. */
const sameGreys = 0.9999;

/**
 * Which image of this set each image of a pass is: the one it correlates with most, black and white exchanged or not. Where
 * it is like none, its pixels have moved, e.g. rows and columns are exchanged: then the one that has the same grey values.
 * What is made of the pixels of several images is none of them: −1.
 */
export function recogniserOf(set: ImageSet): Recogniser {
  const known = Array.from(set.labels, (_, i) => pattern(set.images.subarray(i * pixels, (i + 1) * pixels)));
  const areApart = known.every((one, i) => known.slice(0, i).every((other) => Math.abs(product(one, other)) < apart));
  // Only asked for where pixels have moved.
  let inOrder: Float64Array[] | undefined;
  const placeOf = (image: Float64Array): number => {
    const guess = likest(known, image);
    if (areApart && Math.abs(product(known[guess]!, image)) >= alike) return guess;
    if (!image.every(Number.isFinite)) return -1;
    const likeness = known.map((one) => Math.abs(product(one, image)));
    const [largest, next] = likeness.toSorted((a, b) => b - a);
    if (largest! >= alike || largest! - (next ?? 0) >= ahead) return likeness.indexOf(largest!);
    const sorted = image.toSorted();
    inOrder ??= known.map((one) => one.toSorted());
    const sameValues = inOrder.map((one) => product(one, sorted));
    const most = Math.max(...sameValues);
    return most >= sameGreys ? sameValues.indexOf(most) : -1;
  };
  // One for all images: each would have V8 look for garbage the sooner.
  const seen = new Float64Array(pixels);
  return ({ images }) => images.map((image) => placeOf(pattern(image, seen)));
}

/**
 * The same, where what is none of the set stands for an image that does not come, if it bears the label of that: then its pixels
 * are wrong, and neither its label nor how many come.
 */
export function placedByLabels(places: readonly number[], labels: readonly number[], set: ImageSet): number[] {
  const open = new Set(set.labels.keys());
  for (const place of places) open.delete(place);
  return places.map((place, i) => {
    if (place >= 0) return place;
    const found = [...open].find((one) => set.labels[one] === labels[i]) ?? -1;
    open.delete(found);
    return found;
  });
}

/** The place of the image that is most like this one in a few pixels: these single it out, and take a tenth of the time. */
function likest(known: readonly Float64Array[], image: Float64Array): number {
  let [place, most] = [0, -1];
  for (let at = 0; at < known.length; at++) {
    const likeness = Math.abs(product(known[at]!, image, few));
    if (likeness > most) [place, most] = [at, likeness];
  }
  return place;
}

/** Which image stands where in one pass through the batches; undefined where the batches cannot be read. */
export function orderOf(value: Value, recognise: Recogniser): number[] | undefined {
  const pass = passOf(value);
  return 'says' in pass ? undefined : recognise(pass);
}

function product(a: Float64Array, b: Float64Array, count = pixels): number {
  let sum = 0;
  for (let p = 0; p < count; p++) sum += a[p]! * b[p]!;
  return sum;
}
