/** A function and its backward pass, as a student of a test writes them. */
import type { NdArray } from './model/numbers.ts';
import { makeArray } from './numerics/arrays.ts';
import type { Problem } from './problem.ts';
import { isArray } from './values.ts';

export interface Probe {
  x: NdArray;
  upstream: NdArray;
}
export type Elementwise = (x: number) => number;
export type Backwards = (x: number, upstream: number) => number;

export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
export const slope = (x: number) => sigmoid(x) * sigmoid(-x);
export const relu = (x: number) => Math.max(0, x);

/** A problem that a "student" in this very process answers; no guest is needed. */
export function problem(
  id: string,
  tensor: string,
  right: (probe: Probe) => NdArray,
  yours: typeof right,
): Problem<Probe> {
  return {
    id,
    title: id,
    precision: 'double',
    probes: (random) =>
      [5, 7].map((n) => ({
        x: makeArray(
          [n],
          Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1 : 1) * random.uniform(0.3, 3)),
        ),
        upstream: makeArray(
          [n],
          Array.from({ length: n }, () => random.uniform(0.3, 1.5)),
        ),
      })),
    describe: () => id,
    ask: (_, probe) => Promise.resolve({ value: yours(probe) }),
    read: ({ value }) =>
      isArray(value) ? { answer: { [tensor]: value }, notes: [] } : { misread: { says: 'nothing' } },
    write: (answer) => answer[tensor],
    oracle: (probe) => ({ [tensor]: right(probe) }),
    mistakes: [],
  };
}

export const wrong = { earned: 0, finding: { says: 'The gradient is wrong.' } };
