/** One claimed job is done: worked on while it is ours, and its result kept, or the reason why there is none. */
import type { Claim, Queue } from './port.ts';
import type { Wrapping } from './wrapping.ts';

/** What the work came to, in JSON. With `trouble`, the grader's own, it is no result yet: it is tried again. */
export interface Work {
  body: string;
  trouble?: string;
  /** Of the time that it took, what went into phases of its own. */
  ms?: Readonly<Record<string, number>>;
}

interface Doing {
  queue: Queue;
  /** As the result is signed. */
  worker: string;
  wrapping: Wrapping;
  clock: () => number;
  /** How long a claim holds; it is renewed three times as often. Undefined where nobody else could take it. */
  heartbeatMs?: number;
  /** Fires when whoever works has to go: the job is given back. */
  left?: AbortSignal;
}

export type Ended = 'first' | 'same' | 'differs' | 'given back' | 'lost';

/** The job is somebody else's by now: what is done for it is ended. */
class JobLost extends Error {
  override readonly name = 'JobLost';
}

/** Does the job; `work` ends at once when the signal says that the job is lost. */
export async function doJob(
  claim: Claim,
  work: (claim: Claim, signal: AbortSignal) => Promise<Work>,
  { queue, worker, wrapping, clock, heartbeatMs, left }: Doing,
): Promise<Ended> {
  const begun = clock();
  const kept = keepClaim(claim, queue, clock, heartbeatMs);
  let done: Work;
  try {
    done = await work(claim, kept.signal);
  } catch (error) {
    if (kept.signal.aborted) return 'lost';
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await queue.release(claim, left?.aborted === true ? undefined : { reason });
    return 'given back';
  } finally {
    kept.release();
  }
  const ended = clock();
  const { body, digest } = wrapping.close(claim.name, done.body);
  if (done.trouble !== undefined) {
    const reason = done.trouble;
    await queue.release(claim, { reason, body });
    return 'given back';
  }
  const phases = done.ms ?? {};
  const within = Object.values(phases).reduce((sum, one) => sum + one, 0);
  const ms = { waited: Math.round(claim.waitedMs), ...phases, graded: Math.round(ended - begun - within) };
  // Though the job may be lost by now: what is found is right, whoever found it.
  return queue.settle(claim, { body, digest, worker, ms });
}

/** Says every now and then that the job is worked on, and notices when that is not heard any more. */
function keepClaim(claim: Claim, queue: Queue, clock: () => number, heartbeatMs?: number) {
  const lost = new AbortController();
  if (heartbeatMs === undefined) return { signal: lost.signal, release: () => undefined };
  let heard = clock();
  let asking = false;
  const beat = async () => {
    const asked = clock();
    // Paused, or cut off, for so long that somebody else has it.
    if (asked - heard > heartbeatMs) return lost.abort(new JobLost('Not heard of for too long.'));
    if (asking) return;
    asking = true;
    try {
      if (await queue.renew(claim)) heard = asked;
      else lost.abort(new JobLost('Given to somebody else.'));
    } catch {
      // The next one may get through; and if none does, time tells.
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(() => void beat(), heartbeatMs / 3);
  return { signal: lost.signal, release: () => clearInterval(timer) };
}
