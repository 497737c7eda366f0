/** Numbers as a reader sees them. */

/** A number for a reader, with so many significant digits. */
export const inDigits =
  (digits: number) =>
  (value: number): string =>
    String(Number(value.toPrecision(digits)));

/** Six significant digits are enough to see which number it is. */
export const short = inDigits(6);
