/**
 * For tests in vitest (4 or 5): matchers on the grader's own comparison, and the practice checks of a coursework as tests.
 * Shapes and tolerances stand in every message; what was compared, its margin and what explains a miss in the test's `meta`.
 *
 * ```ts
 * import { expect, test } from 'vitest';
 * import 'gradmark/vitest';
 *
 * const square = (x: number[]) => x.map((v) => v * v);
 *
 * test('the square of every number', () => {
 *   expect(square([1, -2, 3])).toMatchTensor([1, 4, 9]);
 * });
 *
 * test('its derivative, by differences of one’s own function', () => {
 *   const x = [1, -2, 3];
 *   expect(x.map((v) => 2 * v)).toMatchGradient((at) => square(at).reduce((sum, v) => sum + v, 0), x);
 * });
 *
 * test('numbers between −1 and 1', async () => {
 *   const draw = () => Array.from({ length: 400 }, () => 2 * Math.random() - 1);
 *   await expect(draw).toBeDrawnFrom({ law: 'uniform', low: -1, high: 1 });
 * });
 * ```
 *
 * `checks('q3c')` in a test file makes a test of every practice check of that task, run by `gradmark check`. What was tried and
 * what was not is told at the end by the reporter of `gradmark/vitest-reporter`.
 */
import { expect } from 'vitest';
import type { Gradients, Places } from './vitest/gradient.ts';
import type { Law } from './vitest/law.ts';
import { matchers } from './vitest/matchers.ts';
import type { CheckMeta, MatchMeta } from './vitest/meta.ts';
import type { TensorLike } from './vitest/read-tensor.ts';

export { checks } from './vitest/checks.ts';
export type { CheckMeta, MatchMeta } from './vitest/meta.ts';
export type { Law } from './vitest/law.ts';

expect.extend(matchers);

declare module 'vitest' {
  interface TaskMeta {
    /** Of a practice check: how it ended. */
    gradmark?: CheckMeta;
    /** Of a test of one's own: every comparison by a matcher of gradmark, in order. */
    gradmarkMatches?: MatchMeta[];
  }
}

declare global {
  // Versions 4 and 5 of vitest give `Matchers` other parameters; both take what Chai's assertions have.
  // oxlint-disable-next-line typescript/no-namespace -- there is no other way to add to one
  namespace Chai {
    interface Assertion {
      /** Equal within the tolerance of its precision: numbers, rows, typed arrays, tensors. */
      toMatchTensor(expected: TensorLike, options?: { precision?: 'single' | 'double'; name?: string }): void;
      /** The gradient of `f` at this place, by finite differences of `f` itself; `f` takes and gives plain numbers. */
      toMatchGradient<At extends Places>(
        f: (at: At) => TensorLike,
        at: At,
        options?: { precision?: 'single' | 'double' },
      ): void;
      /** Drawn from this law: a sample, or a function that draws one (then a rejected draw is drawn again). */
      toBeDrawnFrom(law: Law): Promise<void>;
    }
  }
}

export type { Gradients, Places, TensorLike };
