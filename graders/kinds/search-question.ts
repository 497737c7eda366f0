/**
 * A search for a minimum by gradient descent: a function that takes start, step size and number of steps (and the decay, where
 * it has one) and returns its last point, the height there, and the points on the way. Asked for here is the last point.
 */
import type { Finding } from '../model/finding.ts';
import type { Arg, Guest, Value } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../values.ts';

/** One search: where it begins, and its step sizes stepSize · decayᵗ for t = 0, 1, … */
export interface Search {
  start: readonly [x: number, y: number];
  stepSize: number;
  steps: number;
  decay: number;
}

/** The student's function that searches, and the names of what it returns, in the order in which a list is read as well. */
export interface SearchFunction {
  unit: string;
  name: string;
  fields: { x: string; y: string; value: string; xs: string; ys: string };
}

type Fields = SearchFunction['fields'];

interface SearchQuestion extends SearchFunction, Pick<Question<Search>, 'id' | 'title' | 'describe'> {
  /** Whether the function takes the decay as fifth argument. */
  decays?: boolean;
}

/** The last point of a search by the student's function, in plain numbers. */
export const searchQuestion = traced('kinds/search-question#searchQuestion')(
  ({ unit, name, fields, decays, ...question }: SearchQuestion): Question<Search> => ({
    ...question,
    precision: 'double',
    // A point shows the steps that led to it, and a step the product of its factors.
    seenAs: 'the step: step size × gradient',
    ask: (guest, search) => askSearch(guest, { unit, name }, search, decays ? search.decay : undefined),
    read: (answered) => readEnd(answered, { unit, name, fields }),
    write: (answer) => ({ kind: 'record', entries: { [fields.x]: answer['x'], [fields.y]: answer['y'] } }),
  }),
);

/** What the function of this unit returns for a search; the decay is sent only when asked for. */
export async function askSearch(
  guest: Guest,
  { unit, name }: Pick<SearchFunction, 'unit' | 'name'>,
  { start, stepSize, steps }: Search,
  decay?: number,
): Promise<Answered> {
  const args: Arg[] = [...start, stepSize, steps, ...(decay === undefined ? [] : [decay])];
  return { value: (await guest.call({ module: unit, name }, args)).value };
}

/** A field of the result; a list in the order of the fields is read as well. */
function searchField(value: Value, fields: Fields, field: keyof Fields): Value {
  const names = Object.values(fields);
  const items = itemsOf(value);
  return items?.length === names.length ? items[names.indexOf(fields[field])] : fieldOf(value, fields[field]);
}

/** The last point. */
export function readEnd({ value }: Answered, { name, fields }: SearchFunction): Reading {
  const [x, y] = [numberOf(searchField(value, fields, 'x')), numberOf(searchField(value, fields, 'y'))];
  const all = Object.values(fields).join(', ');
  if (x === undefined || y === undefined) {
    return { misread: { says: `${name} should return { ${all} }.`, yours: inWords(value) } };
  }
  const notes = itemsOf(value) === undefined ? [] : [`the result is a list, read as ${all}`];
  return { answer: { x: arrayOf(x), y: arrayOf(y) }, notes };
}

export interface SearchHistory {
  end: [number, number];
  value: number;
  xs: number[];
  ys: number[];
}

/** The histories and the value, or what is wrong with them. */
export function readHistory(value: Value, fields: Fields): SearchHistory | { misread: Finding } {
  const [x, y, height] = (['x', 'y', 'value'] as const).map((name) => numberOf(searchField(value, fields, name)));
  const [xs, ys] = (['xs', 'ys'] as const).map((name) => arrayFrom(searchField(value, fields, name)));
  if (x === undefined || y === undefined || height === undefined) {
    const says = `${fields.x}, ${fields.y} and ${fields.value} should be one number each.`;
    return { misread: { says, yours: inWords(value) } };
  }
  if (xs === undefined || ys === undefined) {
    const says = `${fields.xs} and ${fields.ys} should be arrays of numbers.`;
    return { misread: { says, yours: inWords(value) } };
  }
  return { end: [x, y], value: height, xs: [...xs.data], ys: [...ys.data] };
}
