/** Scales of grey values, 0 to `white`: the one that a task asks for, and those that are taken instead. */

/** What becomes of the grey values of an image, one of all these. */
export type Scale = (image: ArrayLike<number>, images: ArrayLike<number>, white: number) => (value: number) => number;

const list = (values: ArrayLike<number>) => Array.from(values);
/** Of all images of a set, asked for every single one: nothing is copied. */
function extreme(values: ArrayLike<number>, pick: (a: number, b: number) => number): number {
  let found = values[0]!;
  for (let i = 1; i < values.length; i++) found = pick(found, values[i]!);
  return found;
}
const spreadOf = (values: ArrayLike<number>) => {
  const mean = list(values).reduce((sum, v) => sum + v, 0) / values.length;
  const variance = list(values).reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return { mean, sd: Math.sqrt(variance) };
};
const standardisedBy = (values: ArrayLike<number>) => {
  const { mean, sd } = spreadOf(values);
  return (value: number) => (value - mean) / sd;
};
const dividedBy = (divisor: number) => (value: number) => value / divisor;

/** Scales by what they do; every coursework has its own words for them. */
export const scales = {
  right: (_image, _images, white) => dividedBy(white),
  unscaled: () => (v) => v,
  oneTooMany: (_image, _images, white) => dividedBy(white + 1),
  oneTooFew: (_image, _images, white) => dividedBy(white - 1),
  symmetric: (_image, _images, white) => (v) => v / (white / 2) - 1,
  inverted: (_image, _images, white) => (v) => 1 - v / white,
  byOwnMaximum: (image) => dividedBy(extreme(image, Math.max)),
  byLargest: (_image, images) => dividedBy(extreme(images, Math.max)),
  whereAboveOne: (_image, images, white) => dividedBy(extreme(images, Math.max) > 1 ? white : 1),
  stretched: (_image, images) => {
    const [least, most] = [extreme(images, Math.min), extreme(images, Math.max)];
    return (v) => (v - least) / (most - least);
  },
  standardised: (image) => standardisedBy(image),
  standardisedTogether: (_image, images) => standardisedBy(images),
  binary: () => (v) => (v > 0 ? 1 : 0),
} satisfies Record<string, Scale>;
