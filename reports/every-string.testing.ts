/** Replaces the texts of a document, for tests of what becomes of hostile or secret ones. */

/** Fields whose values are ours to choose from a list, or dates: no text of anybody's. */
const FIXED = new Set([
  'schema',
  'kind',
  'outcome',
  'status',
  'state',
  // A picture, which is shown as one or not at all.
  'png',
  'certainty',
  'backend',
  'level',
  'feedback',
  'startedAt',
  'finishedAt',
  'platform',
  'at',
  'type',
  'op',
]);

/** A copy in which every free text became `make(path, text)`; the path is that of the field, indexes left out. */
export function everyString<T>(document: T, make: (path: string, text: string) => string): T {
  const walk = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') return FIXED.has(path.split('.').at(-1)!) ? value : make(path, value);
    if (Array.isArray(value)) return value.map((item) => walk(item, path));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, path === '' ? key : `${path}.${key}`)]),
    );
  };
  return walk(document, '') as T;
}
