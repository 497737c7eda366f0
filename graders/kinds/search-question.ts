/**
 * A search for a minimum by gradient descent: a function that takes start, step size and number of steps (and the decay, where
 * it has one) and returns `{ x, y, value, xHist, yHist }`. Asked for here is its last point.
 */
import type { Finding } from '../model/finding.ts';
import type { Arg, Guest, Value } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../values.ts';

/** One search: where it begins, and its step sizes stepSize · decayᵗ for t = 0, 1, … */
export interface Search {
  start: readonly [x: number, y: number];
  stepSize: number;
  steps: number;
  decay: number;
}

const fields = ['x', 'y', 'value', 'xHist', 'yHist'] as const;
type Field = (typeof fields)[number];

interface SearchQuestion extends Pick<Question<Search>, 'id' | 'title' | 'describe'> {
  unit: string;
  name: string;
  /** Whether the function takes the decay as fifth argument. */
  decays?: boolean;
}

/** The last point of a search by the student's function, in plain numbers. */
export const searchQuestion = ({ unit, name, decays, ...question }: SearchQuestion): Question<Search> => ({
  ...question,
  precision: 'double',
  // A point shows the steps that led to it, and a step the product of its factors.
  seenAs: 'the step: step size × gradient',
  ask: (guest, search) => askSearch(guest, { unit, name }, search, decays ? search.decay : undefined),
  read: readEnd,
  write: (answer) => ({ kind: 'record', entries: { x: answer['x'], y: answer['y'] } }),
});

/** What the function of this unit returns for a search; the decay is sent only when asked for. */
export async function askSearch(
  guest: Guest,
  { unit, name }: { unit: string; name: string },
  { start, stepSize, steps }: Search,
  decay?: number,
): Promise<Answered> {
  const args: Arg[] = [...start, stepSize, steps, ...(decay === undefined ? [] : [decay])];
  return { value: (await guest.call({ module: unit, name }, args)).value };
}

/** A field of the result; a list in the order x, y, value, xHist, yHist is read as well. */
function searchField(value: Value, name: Field): Value {
  const items = itemsOf(value);
  return items?.length === fields.length ? items[fields.indexOf(name)] : fieldOf(value, name);
}

/** The last point. */
export function readEnd({ value }: Answered): Reading {
  const [x, y] = [numberOf(searchField(value, 'x')), numberOf(searchField(value, 'y'))];
  if (x === undefined || y === undefined) {
    return { misread: { says: 'optimizeF should return { x, y, value, xHist, yHist }.', yours: inWords(value) } };
  }
  const notes = itemsOf(value) === undefined ? [] : ['the result is a list, read as x, y, value, xHist, yHist'];
  return { answer: { x: arrayOf(x), y: arrayOf(y) }, notes };
}

export interface SearchHistory {
  end: [number, number];
  value: number;
  xs: number[];
  ys: number[];
}

/** The histories and the value, or what is wrong with them. */
export function readHistory(value: Value): SearchHistory | { misread: Finding } {
  const [x, y, height] = (['x', 'y', 'value'] as const).map((name) => numberOf(searchField(value, name)));
  const [xs, ys] = (['xHist', 'yHist'] as const).map((name) => arrayFrom(searchField(value, name)));
  if (x === undefined || y === undefined || height === undefined) {
    return { misread: { says: 'x, y and value should be one number each.', yours: inWords(value) } };
  }
  if (xs === undefined || ys === undefined) {
    return { misread: { says: 'xHist and yHist should be arrays of numbers.', yours: inWords(value) } };
  }
  return { end: [x, y], value: height, xs: [...xs.data], ys: [...ys.data] };
}
