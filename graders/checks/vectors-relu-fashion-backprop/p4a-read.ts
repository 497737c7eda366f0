/** Batches of images read back: which image stands where, and what became of its pixels and its label. */
import type { NdArray, Value } from '../../model.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Answer, Answered, Reading } from '../../problem.ts';
import { fieldOf, inWords, isArray, itemsOf } from '../../values.ts';
import { pixels, side } from './fashion-net.ts';
import type { ImageSet } from './fashion-net.ts';

export interface LoadersProbe {
  train: ImageSet;
  test: ImageSet;
  /** Undefined: the default, 64. */
  batch: number | undefined;
}

/** Longer lists of batches are not looked at. */
export const mostBatches = 8;

/** Sizes of the batches, as a list of one length. */
export const padded = (sizes: readonly number[]) =>
  arrayOf(Array.from({ length: mostBatches }, (_, i) => sizes[i] ?? 0));

/** What stands for the images of a set that do not all come once: nothing can be said of them one by one. */
export const lost = (name: 'train' | 'test', { labels }: ImageSet): Answer => ({
  [name]: makeArray([labels.length, pixels], new Float64Array(labels.length * pixels).fill(-1)),
  [`${name}Labels`]: arrayOf(Array.from(labels, () => -1)),
});
/** For sets whose images do not all come once. */
export const unknownOrder = arrayOf([-1, -1, -1]);

interface Pass {
  sizes: number[];
  /** Pixels and label of every image, in the order of the batches. */
  images: Float64Array[];
  labels: number[];
}

function passOf(value: Value): Pass | { says: string; yours: string } {
  const pass: Pass = { sizes: [], images: [], labels: [] };
  for (const batch of itemsOf(value) ?? []) {
    const [xs, ys] = [fieldOf(batch, 'xs'), fieldOf(batch, 'ys')];
    const count = isArray(ys) ? ys.data.length : 0;
    if (!isArray(xs) || !isArray(ys) || xs.data.length !== count * pixels || xs.shape[0] !== count) {
      const says = `A batch is { xs, ys }: b images of ${side}×${side} and b labels.`;
      return { says, yours: isArray(xs) ? `xs is ${inWords(xs)}, ys is ${inWords(ys)}` : inWords(batch) };
    }
    pass.sizes.push(count);
    for (let i = 0; i < count; i++) pass.images.push(xs.data.slice(i * pixels, (i + 1) * pixels));
    pass.labels.push(...ys.data);
  }
  return pass;
}

/** The places of the images in the order of their numbers. */
function ranked(pass: Pass, falling: boolean): number[] {
  const sign = falling ? -1 : 1;
  const order = pass.images.map((_, i) => i);
  return order.sort((a, b) => {
    const [x, y] = [pass.images[a]!, pass.images[b]!];
    return sign * (x[0]! - y[0]! || x[1]! - y[1]!);
  });
}

/** Batches as named arrays, every set in its own order. */
export function readBatches({ value }: Answered, { train, test }: LoadersProbe): Reading {
  const passes = (['first', 'second', 'test'] as const).map((name) => passOf(fieldOf(value, name)));
  const unreadable = passes.find((pass) => 'says' in pass);
  if (unreadable !== undefined && 'says' in unreadable) return { misread: unreadable };
  const [first, second, tested] = passes as [Pass, Pass, Pass];
  const answer: Record<string, NdArray> = { trainSizes: padded(first.sizes), testSizes: padded(tested.sizes) };
  const orders = [first, second, tested].map((pass, i) => placesOf(pass, i < 2 ? train : test));
  for (const [name, pass, set, places] of [
    ['train', first, train, orders[0]],
    ['test', tested, test, orders[2]],
  ] as const) {
    if (places === undefined) {
      Object.assign(answer, lost(name, set));
      continue;
    }
    const rows = places.flatMap((place) => Array.from(pass.images[place]!));
    answer[name] = makeArray([set.labels.length, pixels], rows);
    answer[`${name}Labels`] = arrayOf(places.map((place) => pass.labels[place]!));
  }
  const [a, b, c] = orders;
  const moved = (order: readonly number[]) => Number(order.some((place, i) => place !== i));
  answer['shuffled'] =
    a && b && c ? arrayOf([moved(a), Number(a.some((place, i) => place !== b[i])), moved(c)]) : unknownOrder;
  return { answer, notes: [] };
}

/** Where each image of the set stands in the pass; undefined when not every image comes once. */
function placesOf(pass: Pass, set: ImageSet): number[] | undefined {
  if (pass.images.length !== set.labels.length) return undefined;
  const rising = ranked(pass, false);
  return isFalling(pass, rising) ? ranked(pass, true) : rising;
}

/** Whether brighter pixels became smaller numbers, as most pixels are dark: then the numbers of the images run the other way. */
function isFalling(pass: Pass, rising: readonly number[]): boolean {
  const image = pass.images[rising[0]!]!;
  return image.reduce((sum, v) => sum + v, 0) / image.length > image[0]!;
}
