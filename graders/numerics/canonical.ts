/**
 * Shapes first: an answer is brought into the expected shape before any value is looked at, and every change is noted.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { canonicalise } from 'gradmark/canonical';
 *
 * const column = canonicalise('b', arrayOf([[1], [2]]), [2]);
 * assert.ok('array' in column && column.array.shape.length === 1);
 * const other = canonicalise('b', arrayOf([1, 2, 3]), [2]);
 * assert.ok('misread' in other);
 * ```
 */
import type { Finding } from '../model/finding.ts';
import type { NdArray } from '../model/numbers.ts';
import type { NamedArrays } from './arrays.ts';
import { maxAbs, reshape, sameShape, shapeText, sizeOf, transpose, zipArrays } from './arrays.ts';

/** An array in the expected shape, with the convention that was recognised; or the reason why that is impossible. */
export type Canonical = { array: NdArray; note?: string } | { misread: Finding };

export interface CanonicalOptions {
  /** Whether a matrix may be stored the other way round (out×in for in×out). */
  transposed?: 'accept' | 'refuse';
}

/** Tries in turn: the same shape, dropped axes of length 1 (so (n), (n,1) and (1,n) are one), the transpose of a matrix. */
export function canonicalise(
  name: string,
  yours: NdArray,
  shape: readonly number[],
  options: CanonicalOptions = {},
): Canonical {
  if (sameShape(yours.shape, shape)) return { array: yours };
  if (sameShape(squeeze(yours.shape), squeeze(shape)))
    return {
      array: reshape(yours, shape),
      note: `${name} has shape ${shapeText(yours.shape)}, read as ${shapeText(shape)}`,
    };
  const turned = shape.length === 2 && sameShape(yours.shape, [shape[1]!, shape[0]!]);
  if (turned && options.transposed !== 'refuse')
    return { array: transpose(yours), note: `${name} is stored transposed, as ${shapeText(yours.shape)}` };
  return { misread: shapeFinding(name, yours.shape, shape) };
}

const squeeze = (shape: readonly number[]): number[] => shape.filter((n) => n !== 1);

function shapeFinding(name: string, yours: readonly number[], expected: readonly number[]): Finding {
  return {
    says: `${name} has the wrong shape`,
    yours: shapeText(yours),
    expected: shapeText(expected),
    hint: broadcastTrap(yours, expected) ?? shapeHint(yours, expected),
  };
}

function shapeHint(yours: readonly number[], expected: readonly number[]): string {
  if (expected.length === 2 && sameShape(yours, [expected[1]!, expected[0]!]))
    return 'Rows and columns are exchanged: check the order of the factors, or transpose the result.';
  if (sizeOf(yours) === sizeOf(expected)) return 'The number of values is right, their arrangement is not.';
  if (yours.length < expected.length) return 'An axis was summed or averaged away that should have stayed.';
  if (yours.length > expected.length) return 'An axis is left over: was the sum over the batch forgotten?';
  return 'Write the shape of every factor beside the formula: inner sizes must meet, outer sizes remain.';
}

/**
 * Advice when n values became n×n: a column (n,1) met a row (n), and broadcasting paired every entry with every other.
 * Undefined when the shapes do not show it.
 */
export function broadcastTrap(yours: readonly number[], expected: readonly number[]): string | undefined {
  const core = squeeze(expected);
  const [n] = core;
  if (core.length !== 1 || n === undefined || !sameShape(squeeze(yours), [n, n])) return undefined;
  return `${n} values became ${n}×${n}: a column of shape (${n}, 1) met a row of shape (${n}), so every entry was combined with every other. Give both the same shape first.`;
}

/**
 * The transpose of a square matrix when only the transpose matches the expected values (within `accept` of their scale);
 * otherwise the matrix as it is. Shapes cannot decide here, values can.
 */
export function orientSquare(
  name: string,
  yours: NdArray,
  expected: NdArray,
  accept: number,
): Extract<Canonical, { array: NdArray }> {
  if (yours.shape.length !== 2 || !sameShape(yours.shape, expected.shape) || yours.shape[0] !== yours.shape[1])
    return { array: yours };
  const scale = maxAbs(expected);
  const turned = transpose(yours);
  const near = (a: NdArray): boolean => maxAbs(zipArrays(a, expected, (x, y) => x - y)) <= accept * scale;
  return !near(yours) && near(turned) ? { array: turned, note: `${name} is stored transposed` } : { array: yours };
}

/** All tensors of a network in the expected shapes, with one orientation for all its matrices; or the reason why not. */
export type CanonicalNetwork = { arrays: NamedArrays; notes: string[] } | { misread: Finding };

/**
 * Reads a network's tensors so that either every matrix is stored as expected or every matrix is stored transposed. Square
 * matrices follow the others. Mixed orientations and missing tensors are a misreading, not a convention.
 */
export function oneOrientation(
  yours: NamedArrays,
  shapes: Readonly<Record<string, readonly number[]>>,
  options: CanonicalOptions = {},
): CanonicalNetwork {
  const missing = Object.keys(shapes).filter((name) => !yours[name]);
  if (missing.length > 0)
    return {
      misread: { says: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing from the answer` },
    };

  const straight: string[] = [];
  const turned: string[] = [];
  const arrays: Record<string, NdArray> = {};
  const notes: string[] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    const given = yours[name]!;
    const read = canonicalise(name, given, shape, options);
    if ('misread' in read) return read;
    arrays[name] = read.array;
    const [rows, cols] = shape;
    const decides = shape.length === 2 && rows !== cols && rows !== 1 && cols !== 1;
    const isTurned = decides && !sameShape(given.shape, shape) && sameShape(given.shape, [cols!, rows!]);
    if (decides) (isTurned ? turned : straight).push(name);
    if (read.note && !isTurned) notes.push(read.note);
  }
  if (straight.length > 0 && turned.length > 0)
    return {
      misread: {
        says: 'the matrices of the network are not stored one way',
        yours: `${straight.join(', ')} as rows×columns, ${turned.join(', ')} transposed`,
        expected: 'all of them inputs×outputs, or all of them outputs×inputs',
        hint: 'Choose one orientation for every weight matrix and keep it in every formula.',
      },
    };
  if (turned.length > 0) {
    for (const [name, shape] of Object.entries(shapes))
      if (shape.length === 2 && shape[0] === shape[1] && shape[0] !== 1) arrays[name] = transpose(arrays[name]!);
    notes.push('weight matrices are stored transposed, as outputs×inputs');
  }
  return { arrays, notes };
}
