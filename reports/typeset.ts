/** Numbers as they are set on a page. A terminal and a file keep the hyphen that programs can read. */

/** A hyphen that stands for minus: before a digit where no word, number or date can go on, and in an exponent. */
const MINUS = /(?<![\p{L}\p{N}_)\]–—-])-(?=\.?\d)|(?<=\d[eE])-(?=\d)/gu;

/** The text with true minus signs (U+2212) in its numbers. */
export const withMinus = (text: string): string => text.replace(MINUS, '\u2212');

/** Geometry of pictures: paths, whose numbers a browser reads. */
const GEOMETRY = ['d', 'marker'];

/** A copy of a view in which every text has true minus signs, those under the names in `asIs` excepted: code, words of the student. */
export function typeset<View>(view: View, asIs: readonly string[]): View {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return withMinus(value);
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        asIs.includes(name) || GEOMETRY.includes(name) ? item : walk(item),
      ]),
    );
  };
  return walk(view) as View;
}
