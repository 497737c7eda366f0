/**
 * Reading what comes back as arrays under the names of the answer; each that does not fit is a misreading of its own.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { readNamed } from 'gradmark/kinds/named-arrays';
 * import { record } from 'gradmark/values';
 *
 * const value = record({ W: arrayOf([[1, 2]]), b: arrayOf([1, 2, 3]) });
 * const read = readNamed(value, { W: [1, 2], b: [2] }, 'after the step');
 * assert.ok('answer' in read && read.misreads?.['b'] !== undefined && read.answer['W'] !== undefined);
 * ```
 */
import type { Finding } from '../model/finding.ts';
import type { Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer, Reading } from '../question.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { canonicalise } from '../numerics/canonical.ts';
import { arrayFrom, fieldOf, inWords, numberOf } from '../values.ts';

/** What an array is called where its shape does not fit, and the sentence for what is no array at all. */
interface ArrayWords {
  label: string;
  says: string;
  hint?: string;
}

/** One array as the tensor of this name; other shapes are explained. */
export function readArray(name: string, value: Value, shape: readonly number[], words: ArrayWords): Reading {
  const { label, ...misread } = words;
  const given = arrayFrom(value);
  if (given === undefined) return { misread: { ...misread, yours: inWords(value) } };
  const read = canonicalise(label, given, shape, { transposed: 'refuse' });
  return 'misread' in read ? read : { answer: { [name]: read.array }, notes: read.note ? [read.note] : [] };
}

/** The number that the function of this name returns, as the tensor. */
export function readNumber(tensor: string, value: Value, name: string): Reading {
  const number = numberOf(value);
  return number === undefined
    ? { misread: { says: `${name} should return one number.`, yours: inWords(value) } }
    : { answer: { [tensor]: arrayOf(number) }, notes: [] };
}

/** One array that this call of the sheet returns, rows of numbers or a row. */
export const readOne = (name: string, value: Value, shape: readonly number[], call: string): Reading =>
  readArray(name, value, shape, {
    label: `the result of ${call}`,
    says: `${call} should return rows of numbers of equal length.`,
  });

/** Arrays of these shapes out of a record with fields of these names; `when` says where they were looked for. */
export const readNamed = (value: Value, shapes: Readonly<Record<string, readonly number[]>>, when: string): Reading =>
  joined(
    Object.entries(shapes).map(([name, shape]) => {
      const words = { label: name, says: `${when}: ${name} should be an array of numbers.` };
      return { name, read: readArray(name, fieldOf(value, name), shape, words) };
    }),
  );

/** Several readings as one: what could be read, and what could not. */
export function joined(readings: readonly { name: string; read: Reading }[]): Reading {
  const answer: Record<string, NdArray> = {};
  const misreads: Record<string, Finding> = {};
  const notes = new Set<string>();
  for (const { name, read } of readings) {
    if ('misread' in read) misreads[name] = read.misread;
    else {
      Object.assign(answer, read.answer);
      Object.assign(misreads, read.misreads);
      for (const note of read.notes) notes.add(note);
    }
  }
  return Object.keys(misreads).length === 0 ? { answer, notes: [...notes] } : { answer, notes: [...notes], misreads };
}

/** A matrix as the answer under this name. */
export const matAnswer = (name: string, rows: number[][]): Answer => ({ [name]: arrayOf(rows) });
