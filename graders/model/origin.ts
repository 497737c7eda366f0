/**
 * Whose a submission is and when it was handed in, as far as the platform or the roster says so.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Origin } from 'gradmark/model/origin';
 *
 * const origin: Origin = { platform: 'moodle', handedInAs: 'Ada Lovelace_1203_assignsubmission_file', person: '1203' };
 * assert.equal(origin.late, undefined);
 * ```
 */

export type Platform = 'folder' | 'git' | 'moodle' | 'canvas' | 'brightspace' | 'blackboard' | 'gradescope';

/** A person as a platform or the roster knows them. */
export interface Person {
  /** The platform's own number of the person (in blind marking of the participant): who has the same is the same student. */
  person?: string;
  /** The full name, as people write it. */
  name?: string;
  /** The number by which the university knows the person. */
  number?: string;
  email?: string;
  /** The name with which the person logs in. */
  username?: string;
  section?: string;
  group?: string;
}

export interface Origin extends Person {
  platform: Platform;
  /** The name of the folder, archive or row as it lay there, in its own script (NFC). */
  handedInAs: string;
  /** All who handed in together, where that is known of a group. */
  members?: readonly Person[];
  /** 1 for the first time that the person handed in. */
  attempt?: number;
  /** When it was handed in, ISO 8601; without a zone where the platform writes the time of its own place. */
  at?: string;
  /** Set where the platform itself says that it came late. */
  late?: boolean;
}
