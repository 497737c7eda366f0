/**
 * A function that returns an object of arrays, such as `{ edges, density }`: asked by its name, read field by field.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { recordQuestion } from 'gradmark/kinds/record-question';
 * import { inWords, record } from 'gradmark/values';
 *
 * const histogram = recordQuestion<number[]>({
 *   ...{ id: 'histogram', title: 'Histogram', describe: (xs) => `${xs.length} values`, unit: 'q1', name: 'histogram' },
 *   sends: (xs) => [arrayOf(xs), 4],
 *   fields: { edges: { shape: () => [5] }, density: { shape: () => [4] } },
 *   missing: (field, given) => ({ says: `histogram should return ${field}.`, yours: inWords(given) }),
 * });
 * const value = record({ edges: arrayOf([0, 1, 2, 3, 4]), density: arrayOf([0.25, 0.25, 0.25, 0.25]) });
 * assert.ok('answer' in histogram.read({ value }, [1, 2, 3]));
 * assert.ok('misread' in histogram.read({ value: record({}) }, [1, 2, 3]));
 * ```
 */
import type { Finding } from '../model/finding.ts';
import type { Arg, Guest, Reply, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { CanonicalOptions } from '../numerics/canonical.ts';
import { canonicalise } from '../numerics/canonical.ts';
import type { Answer, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayFrom, fieldOf } from '../values.ts';

export interface RecordTable<Probe> extends Pick<Question<Probe>, 'id' | 'title' | 'describe'> {
  unit: string;
  name: string;
  sends(probe: Probe): Arg[];
  /** Name in the answer → the field of the object, where it is called otherwise, and its shape. */
  fields: Readonly<Record<string, { field?: string; shape(probe: Probe): readonly number[] }>>;
  /** What is wrong with an object that has no array under a field. */
  missing(field: string, given: Value, whole: Value): Finding;
  /** What counts as an array, where a plain number does not. */
  array?(value: Value): NdArray | undefined;
  options?: CanonicalOptions;
  /** Set where a field of a wrong shape leaves the others to be judged, and conventions are noted; it may find better words. */
  misshapen?(misread: Finding, name: string, given: NdArray, probe: Probe): Finding;
}

export const callFor = <Probe>(
  { unit, name, sends }: RecordTable<Probe>,
  guest: Guest,
  probe: Probe,
  options: { argsAfter?: true } = {},
): Promise<Reply> => guest.call({ module: unit, name }, sends(probe), options);

export const recordQuestion = traced('kinds/record-question#recordQuestion')(
  <Probe>(table: RecordTable<Probe>): Question<Probe> => ({
    id: table.id,
    title: table.title,
    precision: 'single',
    describe: table.describe,
    ask: async (guest, probe) => ({ value: (await callFor(table, guest, probe)).value }),
    read: ({ value }, probe) => readFields(table, value, probe),
    write: (answer) => ({
      kind: 'record',
      entries: Object.fromEntries(
        Object.entries(table.fields).map(([name, { field }]) => [field ?? name, answer[name]]),
      ),
    }),
  }),
);

function readFields<Probe>(table: RecordTable<Probe>, whole: Value, probe: Probe): Reading {
  const found = Object.entries(table.fields).map(([name, { field = name, shape }]) => {
    const value = fieldOf(whole, field);
    return { name, field, value, given: (table.array ?? arrayFrom)(value), shape: shape(probe) };
  });
  const answer: Record<string, Answer[string]> = {};
  const misreads: Record<string, Finding> = {};
  const notes: string[] = [];
  for (const { field, value, given } of found) {
    if (given === undefined) return { misread: table.missing(field, value, whole) };
  }
  for (const { name, field, given, shape } of found) {
    const read = canonicalise(field, given!, shape, table.options);
    if ('array' in read) {
      answer[name] = read.array;
      if (read.note !== undefined && table.misshapen !== undefined) notes.push(read.note);
    } else {
      if (table.misshapen === undefined) return { misread: read.misread };
      misreads[name] = table.misshapen(read.misread, name, given!, probe);
    }
  }
  return Object.keys(misreads).length > 0 ? { answer, notes, misreads } : { answer, notes };
}
