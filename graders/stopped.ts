/**
 * The one exception that is charged to the student, the one upon which it is asked again, and the way to go on without what it took away.
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

/**
 * The program asked for a part of the tensor library that is absent from its process: nothing is said about the program yet,
 * it has to be asked again beside the whole library.
 */
export class LibraryIncomplete extends Error {
  /** What was asked for, as the student is told of it. */
  readonly used: string;
  /** Whether a function was called when it happened; else a module was being loaded. */
  readonly isOfCall: boolean;

  constructor(used: string, isOfCall: boolean) {
    super(`The program uses ${used}, which is not there.`);
    this.name = 'LibraryIncomplete';
    this.used = used;
    this.isOfCall = isOfCall;
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
