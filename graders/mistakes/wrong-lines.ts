/** Where a wrong tensor is wrong in one line alone: a unit, a class or an example that was forgotten, whatever the mistake is. */
import type { NdArray } from '../model/numbers.ts';
import { maxAbs, sameShape, unravel } from '../numerics/arrays.ts';

/** A wrong tensor and what it should be. */
interface Pair {
  yours: NdArray;
  right: NdArray;
}

/** A place along one axis that stays the same whatever the sizes are. */
type End = 'first' | 'last';

/**
 * "All of its columns but the last one are right." Undefined unless every wrong one of these tensors is wrong there alone, and
 * one of them has other lines. Entries count as wrong beyond `tolerance` of the largest one.
 */
export function wrongLine(pairs: readonly Pair[], tolerance: number): string | undefined {
  const wrong = pairs
    .map((pair) => ({ shape: pair.right.shape, places: wrongPlaces(pair, tolerance) }))
    .filter(({ places }) => places.length > 0);
  const rank = wrong[0]?.shape.length ?? 0;
  if (rank < 1 || rank > 2 || wrong.some(({ shape }) => shape.length !== rank)) return undefined;
  const lines = rank === 1 ? ['numbers'] : ['rows', 'columns'];
  const axes = [...lines.keys()].reverse();
  for (const axis of axes) {
    const ends = (['last', 'first'] as const).filter((end) => wrong.every((one) => isOnly(one, axis, end)));
    if (ends[0] !== undefined && wrong.some(({ shape }) => shape[axis]! > 1)) {
      return `All of its ${lines[axis]} but the ${ends[0]} one are right.`;
    }
  }
  return undefined;
}

const isOnly = (
  { shape, places }: { shape: readonly number[]; places: readonly (readonly number[])[] },
  axis: number,
  end: End,
): boolean => places.every((place) => place[axis] === (end === 'first' ? 0 : shape[axis]! - 1));

function wrongPlaces({ yours, right }: Pair, tolerance: number): number[][] {
  // Another shape has no entries at the same places.
  if (!sameShape(yours.shape, right.shape)) return [[]];
  const largest = maxAbs(right) || 1;
  return [...right.data.keys()]
    .filter((i) => !(Math.abs(yours.data[i]! - right.data[i]!) <= tolerance * largest))
    .map((i) => unravel(i, right.shape));
}
