/**
 * What a submission has used up.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { openAccount } from 'gradmark/model/account';
 *
 * assert.deepEqual(openAccount(), { usedMs: 0, numbers: 0 });
 * ```
 */

/** What one submission has used up so far, in whatever process: its limits are those of the whole of it. */
export interface Account {
  /** Time that its calls were charged. */
  usedMs: number;
  /** Numbers that its answers have brought to the grader. */
  numbers: number;
}

/** Of a submission that was asked nothing yet. */
export const openAccount = (): Account => ({ usedMs: 0, numbers: 0 });
