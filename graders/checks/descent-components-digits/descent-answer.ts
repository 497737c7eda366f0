/** What `optimizeF` returns, as the checks see it. */
import type { Arg, Finding, Guest, Value } from '../../model.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../../values.ts';
import type { DescentProbe } from './descent.ts';

const fields = ['x', 'y', 'value', 'xHist', 'yHist'] as const;
type Field = (typeof fields)[number];

/** Calls `optimizeF` of a module; the decay is sent only when asked for. */
export async function askDescent(
  guest: Guest,
  module: string,
  { start, stepSize, steps }: DescentProbe,
  decay?: number,
): Promise<Answered> {
  const args: Arg[] = [...start, stepSize, steps, ...(decay === undefined ? [] : [decay])];
  return { value: (await guest.call({ module, name: 'optimizeF' }, args)).value };
}

/** A field of the result; a list in the order x, y, value, xHist, yHist is read as well. */
export function descentField(value: Value, name: Field): Value {
  const items = itemsOf(value);
  return items?.length === fields.length ? items[fields.indexOf(name)] : fieldOf(value, name);
}

/** The last point. */
export function readEnd({ value }: Answered): Reading {
  const [x, y] = [numberOf(descentField(value, 'x')), numberOf(descentField(value, 'y'))];
  if (x === undefined || y === undefined) {
    return { misread: { says: 'optimizeF should return { x, y, value, xHist, yHist }.', yours: inWords(value) } };
  }
  const notes = itemsOf(value) === undefined ? [] : ['the result is a list, read as x, y, value, xHist, yHist'];
  return { answer: { x: arrayOf(x), y: arrayOf(y) }, notes };
}

/** The histories and the value, or what is wrong with them. */
export function readHistory(
  value: Value,
): { end: [number, number]; value: number; xs: number[]; ys: number[] } | { misread: Finding } {
  const [x, y, height] = (['x', 'y', 'value'] as const).map((name) => numberOf(descentField(value, name)));
  const [xs, ys] = (['xHist', 'yHist'] as const).map((name) => arrayFrom(descentField(value, name)));
  if (x === undefined || y === undefined || height === undefined) {
    return { misread: { says: 'x, y and value should be one number each.', yours: inWords(value) } };
  }
  if (xs === undefined || ys === undefined) {
    return { misread: { says: 'xHist and yHist should be arrays of numbers.', yours: inWords(value) } };
  }
  return { end: [x, y], value: height, xs: [...xs.data], ys: [...ys.data] };
}

/** The inverse of `readEnd`. */
export const writeEnd = (answer: Answer): Value => ({ kind: 'record', entries: { x: answer['x'], y: answer['y'] } });
