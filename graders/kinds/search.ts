/** Searches for a minimum by gradient descent: their key, and what is wrong with the histories that they return. */
import type { Finding } from '../model/finding.ts';
import type { Value } from '../model/guest.ts';
import type { Key } from '../key.ts';
import type { DescentRules, Search, Surface } from '../mistakes/training/descent.ts';
import { descentOn, walk } from '../mistakes/training/descent.ts';
import type { Mistake } from '../mistakes/program.ts';
import { variantsOf } from '../mistakes/program.ts';
import type { Band } from '../numerics/tolerance.ts';
import type { SearchFunction, SearchHistory } from './search-question.ts';
import { readHistory } from './search-question.ts';
import { short } from '../numerics/digits.ts';

/** Right is the last point of gradient descent on this surface. */
export function searchKey(
  surface: Surface,
  mistakes: readonly Mistake<DescentRules>[],
): Pick<Key<Search>, 'oracle' | 'mistakes' | 'clues'> {
  const program = descentOn(surface);
  return {
    oracle: (search) => program.run(search, program.right),
    mistakes: variantsOf(program, mistakes),
    clues: { quantities: ({ steps }) => [{ symbol: 'steps', value: steps, means: 'the number of steps' }] },
  };
}

/** What was asked in words, the names of what is returned, and how near is near. */
interface Told {
  asked: string;
  fields: SearchFunction['fields'];
  band: Band;
}

/**
 * What is wrong with the value or the histories, given the last point, which is judged elsewhere; undefined if nothing is.
 * Histories may be kept in single precision: `band` says how near is near.
 */
export function historyFault(
  surface: Surface,
  search: Search,
  value: Value,
  { asked, fields, band }: Told,
): Finding | undefined {
  const { f } = surface;
  const near = nearBy(band);
  const read = readHistory(value, fields);
  if ('misread' in read) return read.misread;
  const [x, y] = read.end;
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    const says = 'The last point is not finite, so value and histories cannot be compared with it.';
    return { says, asked, yours: `x = ${x}, y = ${y}` };
  }
  const way = walk(surface, search);
  const isRightEnd = endsAt(surface, search, read.end, near);
  // Who searches rightly and returns another point than the last has paid for that with the point.
  if (!isRightEnd && isWholeWay(surface, way, read, near)) return undefined;
  if (!near(read.value, f(x, y))) {
    return {
      says: `${fields.value} is not f(x, y) at the last point.`,
      asked,
      yours: short(read.value),
      expected: `f(${short(x)}, ${short(y)}) = ${short(f(x, y))}`,
      ...(isLowest(surface, read, near) ? { hint: lowest } : {}),
    };
  }
  for (const [name, history, axis, last] of [
    [fields.xs, read.xs, 0, x],
    [fields.ys, read.ys, 1, y],
  ] as const) {
    // A loop that runs once too often or too seldom is paid for with the last point.
    if (history.length !== search.steps + 1 && !tookOtherCount(surface, search, value, { fields, band })) {
      const says = `${name} should hold the start and the point after every step, ${search.steps + 1} numbers.`;
      return { says, asked, yours: `${history.length} numbers`, expected: `${search.steps + 1} numbers` };
    }
    const differs = (says: string, yours: number, expected: number) =>
      near(yours, expected)
        ? undefined
        : { says: `${name} ${says}`, asked, yours: short(yours), expected: short(expected) };
    const ends =
      differs('should begin with the start.', history[0]!, search.start[axis]) ??
      differs('should end with the last point.', history.at(-1)!, last);
    if (ends !== undefined) return ends;
    // What lies between is known where the last point is right.
    if (!isRightEnd) continue;
    for (const [t, point] of history.entries()) {
      const between = differs(`should hold the point after step ${t}.`, point, way[t]![axis]);
      if (between !== undefined) return between;
    }
  }
  return undefined;
}

/** Whether the search ends where a loop with one step more or less ends, and the histories say so. */
export function tookOtherCount(
  surface: Surface,
  search: Search,
  value: Value,
  { fields, band }: Omit<Told, 'asked'>,
): boolean {
  const read = readHistory(value, fields);
  if ('misread' in read) return false;
  return [read.xs, read.ys].every(({ length }) => {
    const steps = length - 1;
    return Math.abs(steps - search.steps) === 1 && endsAt(surface, { ...search, steps }, read.end, nearBy(band));
  });
}

type Near = (a: number, b: number) => boolean;
const nearBy =
  ({ accept }: Band): Near =>
  (a, b) =>
    Math.abs(a - b) <= accept * Math.max(1, Math.abs(b));

const endsAt = (surface: Surface, search: Search, [x, y]: readonly [number, number], near: Near): boolean => {
  const [ex, ey] = walk(surface, search).at(-1)!;
  return near(x, ex) && near(y, ey);
};

/** Whether the histories hold every point of the search, and the value belongs to the last one or to the one that is returned. */
const isWholeWay = (
  { f }: Surface,
  way: readonly (readonly [number, number])[],
  { value, end, xs, ys }: SearchHistory,
  near: Near,
): boolean =>
  xs.length === way.length &&
  ys.length === way.length &&
  way.every(([x, y], t) => near(xs[t]!, x) && near(ys[t]!, y)) &&
  [way.at(-1)!, end].some(([x, y]) => near(value, f(x, y)));

const isLowest = ({ f }: Surface, { value, xs, ys }: SearchHistory, near: Near): boolean =>
  xs.length === ys.length && near(value, Math.min(...xs.map((x, t) => f(x, ys[t]!))));

const lowest =
  'It is the lowest value on the way. A step that is too large leads uphill: return the value where the search ends, which may be higher.';
