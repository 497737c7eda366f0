/** Reading the side-car files behind plots, of which nothing is certain. */

/** The fields of an object; none of anything else. */
export const fieldsOf = (x: unknown): Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x) ? (x as Record<string, unknown>) : {};

/** A list of finite numbers that is not empty. */
export const isNumbers = (x: unknown): x is number[] =>
  Array.isArray(x) && x.length > 0 && x.every((v) => Number.isFinite(v));

export const isText = (x: unknown): boolean => typeof x === 'string' && x.trim() !== '';
