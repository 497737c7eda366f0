/**
 * Makes an empty object ready for a thousand properties. V8 begins with what suits a few, and copies what describes the object with
 * each property that is added; once one was taken away that was not the last, it keeps a table, which grows in place.
 */
export function roomy<T extends object>(empty: T): T {
  for (const key of ['first', 'last']) Reflect.set(empty, key, 0);
  for (const key of ['first', 'last']) Reflect.deleteProperty(empty, key);
  return empty;
}
