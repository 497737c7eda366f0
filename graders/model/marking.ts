/**
 * What people add to the verdicts of checks: marks by rubric, adjustments with a reason, and what lateness costs.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Mark } from 'gradmark/model/marking';
 *
 * const mark: Mark = { items: ['states-the-rule'], points: 2, comment: 'Clear.', by: 'kim', at: '2026-11-02T10:00:00Z' };
 * assert.equal(mark.points, 2);
 * ```
 */

/** The marks that a person gave for the part of a task that people mark. */
export interface Mark {
  /** Ids of the rubric's items that apply. */
  items: readonly string[];
  /** What the items come to, floor and cap applied, or what was given beside them. */
  points: number;
  /** For the student. */
  comment?: string;
  /** For staff only. */
  note?: string;
  by: string;
  /** ISO 8601. */
  at: string;
}

/** The marks of a task as a person set them, whatever checks and rubric say. */
export interface Adjustment {
  points: number;
  why: string;
  by: string;
  /** ISO 8601. */
  at: string;
  /** It was set for other work than what counts now: staff keep it or drop it. */
  forOther?: true;
}

/** What coming late costs, with the arithmetic as a reader can follow it. */
export interface Lateness {
  /** How long after the time that held for this person, its extension and grace included. */
  lateBySeconds: number;
  /** Marks taken off the total. */
  penalty: number;
  /** One sentence: when it was due, when it came, what that costs and how that is counted. */
  because: string;
}

/** What a student asks of a grade, and what was answered. */
export interface RegradeRequest {
  /** By which staff answer it. */
  number: number;
  task?: string;
  text: string;
  /** ISO 8601. */
  at: string;
  answer?: { text: string; upheld: boolean; by: string; at: string };
}
