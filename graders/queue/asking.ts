/** Whoever has work to be done: puts it into the queue, and hears what became of it. */
import { nameOfJob } from './job-name.ts';
import type { Job, Lane, Outcome, Queue, Shelf } from './port.ts';

interface Asking {
  /** Asks for a job, does `then` once it is in the queue, and waits for what becomes of it; rejects when nobody waits any more. */
  ask(lane: Lane, job: Job, then?: () => Promise<void>): Promise<Outcome>;
  /** Looks once for what has come of all that is waited for. */
  hear(): Promise<void>;
  /** Who waits is told so. */
  stop(reason: Error): void;
}

interface Waiting {
  done(outcome: Outcome): void;
  failed(error: unknown): void;
}

/** `most` are looked for at once. */
export function asking(queue: Queue & Shelf, most = 500): Asking {
  const waiting = new Map<string, Waiting[]>();
  /** What is asked for in the same moment is put in together. */
  const together = new Map<string, { lane: Lane; jobs: Job[] }>();
  let sent: Promise<void> | undefined;

  const send = async () => {
    await new Promise<void>((soon) => setImmediate(soon));
    sent = undefined;
    const groups = [...together.values()];
    together.clear();
    for (const { lane, jobs } of groups) {
      await queue.enqueue(lane, jobs).catch((error: unknown) => {
        for (const job of jobs) end(nameOfJob(job), ({ failed }) => failed(error));
      });
    }
  };
  const end = (name: string, how: (one: Waiting) => void) => {
    const all = waiting.get(name) ?? [];
    waiting.delete(name);
    all.forEach(how);
  };

  return {
    async ask(lane, job, then) {
      const name = nameOfJob(job);
      const outcome = new Promise<Outcome>((done, failed) => {
        waiting.set(name, [...(waiting.get(name) ?? []), { done, failed }]);
      });
      // Who does not look at it yet will.
      outcome.catch(() => undefined);
      const group = together.get(lane.name) ?? { lane, jobs: [] };
      group.jobs.push(job);
      together.set(lane.name, group);
      await (sent ??= send());
      await then?.();
      return outcome;
    },
    async hear() {
      const names = [...waiting.keys()];
      for (let i = 0; i < names.length; i += most) {
        const found = await queue.outcomes(names.slice(i, i + most));
        for (const [name, outcome] of found) end(name, ({ done }) => done(outcome));
        await queue.forget([...found.keys()]);
      }
    },
    stop(reason) {
      for (const name of [...waiting.keys()]) end(name, ({ failed }) => failed(reason));
    },
  };
}
