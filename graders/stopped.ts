/**
 * The one exception that is charged to the student, and the one way to go on without what it took away.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { ProgramStopped, unlessStopped } from 'gradmark/stopped';
 *
 * const stops = () => Promise.reject(new ProgramStopped('crash', 'grads threw'));
 * assert.equal(await unlessStopped(stops, 'none'), 'none');
 * await assert.rejects(unlessStopped(() => Promise.reject(new Error('ours')), 'none'), /ours/);
 * ```
 */
import type { StopKind } from './model/guest.ts';
import type { SourcePlace } from './model/submission.ts';

/** The student's program stopped, threw, or was not there. */
export class ProgramStopped extends Error {
  readonly kind: StopKind | 'missing';
  /** Where in the student's own source it happened, when known. */
  readonly place: SourcePlace | undefined;

  constructor(kind: StopKind | 'missing', detail: string, place?: SourcePlace) {
    super(detail);
    this.name = 'ProgramStopped';
    this.kind = kind;
    this.place = place;
  }
}

/** What the work gives, or `otherwise` when the student's program stops on the way; what is ours to blame goes on up. */
export async function unlessStopped<T>(work: () => T | Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProgramStopped) return otherwise;
    throw error;
  }
}
