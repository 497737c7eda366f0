/**
 * Plain values as bytes, and back, so that a copy serves in the place of what was computed: the same numbers to the last bit, and one
 * object where there was one. Rows of numbers lie beside each other, as they are quickest to read.
 */
import { deserialize, serialize } from 'node:v8';
import { packed, unpacked } from './numerics/packed-rows.ts';

type Holder = Record<string, unknown>;

/** Of fewer numbers nothing is gained. */
const fewest = 16;
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const plainKinds: readonly unknown[] = [Object.prototype, Array.prototype];

/** Undefined for what is not plain: a function, an object of a class or a list with holes would be another one when it is read. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  const met = new Map<object, number>();
  return countMeetings(value, met) ? serialize(withRowsPacked(value, met, new Map())) : undefined;
}

/** What `bytesOf` made bytes of. */
export const valueOf = (bytes: Uint8Array): unknown => withRowsUnpacked(deserialize(bytes), new Map());

/** Whether all of it is plain; how often each object is met is counted. */
function countMeetings(value: unknown, met: Map<object, number>): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return false;
  if (typeof value !== 'object' || value === null) return true;
  const before = met.get(value) ?? 0;
  met.set(value, before + 1);
  if (before > 0) return true;
  const kind: unknown = Object.getPrototypeOf(value);
  if (ArrayBuffer.isView(value))
    return !(value instanceof Buffer) && Object.getPrototypeOf(kind as object) === typedArray;
  if (!plainKinds.includes(kind) || Object.getOwnPropertySymbols(value).length > 0) return false;
  const keys = Object.keys(value);
  if (Array.isArray(value) && keys.length !== value.length) return false;
  return keys.every((key) => key !== '__proto__' && countMeetings((value as Holder)[key], met));
}

/** Whether an object is another one than all that were met, and so are those in it. */
export function isApart(value: unknown, other: unknown): boolean {
  const [met, there] = [new Map<object, number>(), new Map<object, number>()];
  countMeetings(value, met);
  countMeetings(other, there);
  return ![...met.keys()].some((one) => there.has(one));
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'number');

/** Rows of equal length, none of which is met elsewhere: there it would no longer be the same one. */
function isTable(value: unknown[], met: ReadonlyMap<object, number>): value is number[][] {
  const [first] = value;
  if (!isNumbers(first) || value.length * first.length < fewest) return false;
  return value.every((row) => isNumbers(row) && row.length === first.length && met.get(row) === 1);
}

/** A set stands for rows, since nothing plain is one: their numbers and how many there are in each; or of a single list the numbers alone. */
function withRowsPacked(value: unknown, met: ReadonlyMap<object, number>, made: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const known = made.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list = value as unknown[];
    const rows = isTable(list, met) ? list : isNumbers(list) && list.length >= fewest ? [list] : undefined;
    if (rows !== undefined) {
      const set = new Set<unknown>(rows === list ? [packed(rows), rows[0]!.length] : [packed(rows)]);
      made.set(value, set);
      return set;
    }
  }
  const copy = (Array.isArray(value) ? [] : {}) as Holder;
  made.set(value, copy);
  for (const [key, part] of Object.entries(value)) copy[key] = withRowsPacked(part, met, made);
  return copy;
}

/** In place: what was read is nobody else's. */
function withRowsUnpacked(value: unknown, made: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const known = made.get(value);
  if (known !== undefined) return known;
  if (value instanceof Set) {
    const [numbers, columns] = value as unknown as Iterable<unknown> & [Float64Array, number | undefined];
    const rows = columns === undefined ? unpacked(numbers, numbers.length)[0]! : unpacked(numbers, columns);
    made.set(value, rows);
    return rows;
  }
  made.set(value, value);
  const holder = value as Holder;
  for (const key of Object.keys(holder)) {
    const part = holder[key];
    if (typeof part === 'object' && part !== null) holder[key] = withRowsUnpacked(part, made);
  }
  return value;
}
