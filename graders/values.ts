/**
 * Reading what came back from the student's program: small questions about a Value, each answered without surprises.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayFrom, fieldOf, inWords, itemsOf, list, numberOf, record } from 'gradmark/values';
 *
 * const value = record({ loss: 0.5, rows: list([1, 2]) });
 * assert.equal(numberOf(fieldOf(value, 'loss')), 0.5);
 * assert.deepEqual(itemsOf(fieldOf(value, 'rows')), [1, 2]);
 * assert.equal(fieldOf(value, 'constructor'), undefined);
 * assert.equal(arrayFrom('text'), undefined);
 * assert.equal(inWords(undefined), 'undefined');
 * ```
 */
import type { Value } from './model/guest.ts';
import type { NdArray } from './model/numbers.ts';

type Handle = Extract<Value, { kind: 'handle' }>;

const kindOf = (value: Value): string | undefined =>
  typeof value === 'object' && value !== null ? value.kind : undefined;

export const isArray = (value: Value): value is NdArray => kindOf(value) === 'array';

export const isHandle = (value: Value): value is Handle => kindOf(value) === 'handle';

/** Whether it is what variables of a script hold, which promised nobody to be called, formed or measured as the sheet has it. */
export const isHeld = (value: Value | undefined): boolean =>
  typeof value === 'object' && value !== null && 'held' in value && value.held === true;

/** The items of a list. An array of numbers is a list of its rows' values only when it was nested; then it is one array. */
export function itemsOf(value: Value): Value[] | undefined {
  return typeof value === 'object' && value !== null && value.kind === 'list' ? value.items : undefined;
}

/** A field of a record, or undefined. */
export function fieldOf(value: Value, name: string): Value {
  return typeof value === 'object' && value !== null && value.kind === 'record' && Object.hasOwn(value.entries, name)
    ? value.entries[name]
    : undefined;
}

/** A number, a scalar tensor or an array with one entry as a number. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return isArray(value) && value.data.length === 1 ? value.data[0] : undefined;
}

/** An array of numbers; a plain number becomes an array of shape []. */
export function arrayFrom(value: Value): NdArray | undefined {
  if (typeof value === 'number') {
    return { kind: 'array', container: 'scalar', dtype: 'float64', shape: [], data: Float64Array.of(value) };
  }
  return isArray(value) ? value : undefined;
}

/** Lists in lists are told this far: a value of few objects can be read as millions of items. */
const levels = 3;
const wordsCap = 300;

/** What a value is, in a student's words: "a tensor of shape 64×10", "a function", "undefined". */
export function inWords(value: Value): string {
  const words = wordsOf(value, 0);
  return words.length > wordsCap ? `${words.slice(0, wordsCap).toWellFormed()}…` : words;
}

function wordsOf(value: Value, level: number): string {
  if (value === undefined) return 'undefined';
  if (value === null) return 'null';
  if (typeof value !== 'object') return `the ${typeof value} ${String(value).slice(0, 60)}`;
  switch (value.kind) {
    case 'array':
      return `${containers[value.container]} of shape ${value.shape.length === 0 ? '() (one number)' : `(${value.shape.join(', ')})`}`;
    case 'list':
      return value.items.length === 0
        ? 'an empty list'
        : `a list of ${value.items.length}${level < levels ? `: ${listInWords(value.items, level + 1)}` : ''}`;
    case 'record':
      return `an object with ${Object.keys(value.entries).slice(0, 8).join(', ') || 'no fields'}`;
    case 'handle':
      return value.type === 'function' ? 'a function' : `a ${value.className}`;
    case 'opaque':
      return value.what;
  }
}

const containers: Record<NdArray['container'], string> = {
  tensor: 'a tensor',
  variable: 'a variable',
  typed: 'a typed array',
  nested: 'an array',
  ndarray: 'an array',
  scalar: 'a number',
};

const listInWords = (items: readonly Value[], level: number): string =>
  items
    .slice(0, 3)
    .map((item) => wordsOf(item, level))
    .join(', ') + (items.length > 3 ? ', …' : '');

/** Named values as one. */
export const record = (entries: Readonly<Record<string, Value>>): Value => ({
  kind: 'record',
  entries: { ...entries },
});

/** Values in their order as one. */
export const list = (items: readonly Value[]): Value => ({ kind: 'list', items: [...items] });
