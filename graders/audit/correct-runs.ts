/** Grades correct programs again and again, on other probes and other backends: whoever is failed here was failed wrongly. */
import type { Grade } from '../model/grade.ts';
import type { Backend } from '../model/guest.ts';
import type { Submission } from '../model/submission.ts';
import type { Check } from '../check.ts';
import type { Coursework } from '../coursework.ts';
import type { BatchContext, OpenGuest } from '../check-context.ts';
import { openContext } from '../check-context.ts';
import { openAccount } from '../model/account.ts';
import { runChecks } from '../runner.ts';
import { settle } from '../settle.ts';
import type { GuestFactory } from '../guest-factory.ts';

/** A coursework, or the tasks of it that its programs answer. */
export interface Part {
  coursework: Coursework;
  /** Correct programs, the model solution first. */
  correct: readonly Submission[];
}

/** One correct program graded once. */
export interface CorrectRow {
  program: string;
  backend: Backend;
  seed: number;
  /** Automatic checks that did not pass, with what they said. */
  failed: string[];
  broken: string[];
  /** Whether the checks that take long ran, too. */
  costly: boolean;
  /** Of the passed checks that judge by a tolerance, by id: decades between the answer and the tolerance. */
  margins: Record<string, number>;
}

/** Where correct programs are graded, and on what. */
export interface CorrectRunOptions {
  coursework: Coursework;
  /** What all programs are asked at a seed. */
  batch: (seed: number) => BatchContext;
  /** Its owner closes it: the next program's processes are copies of what stands in it. */
  factory: GuestFactory;
  clock: () => number;
}

/** All seeds of one program on one backend, in one session that is replaced only when it dies or has printed much. */
export async function* gradeWithSeeds(
  submission: Submission,
  backend: Backend,
  seeds: readonly number[],
  { coursework, batch, factory, clock }: CorrectRunOptions,
): AsyncGenerator<CorrectRow> {
  const session = sharedSession(factory, submission);
  try {
    for (const seed of seeds) {
      const costly = seed % costlyEvery === 0;
      const { checks } = costly ? coursework : cheapPart(coursework);
      session.beginGrading();
      const context = openContext(submission, batch(seed), session.sources);
      const grade = settle(coursework.assignment, submission, await runChecks(checks, context, clock));
      await context.close();
      // The limit on what a program prints is meant for one grading.
      if (session.printed() > muchPrinted) await session.close();
      const run = { program: submission.id, backend, seed, costly };
      yield correctRow(run, grade, judgedByTolerance(coursework.checks));
    }
  } finally {
    await session.close();
  }
}

/** Characters, well below what is kept of a program's output. */
const muchPrinted = 10_000;

/** Costly checks are repeated on every so many seeds only; the rest of the grade is repeated on all. */
const costlyEvery = 30;

/** The coursework without its costly checks. */
export function cheapPart(coursework: Coursework): Coursework {
  const kept = coursework.checks.filter((check) => check.costly !== true);
  const ids = new Set(kept.map((check) => check.id));
  const checks = kept.map((check) => ({ ...check, needs: check.needs?.filter((id) => ids.has(id)) ?? [] }));
  return { ...coursework, checks };
}

/**
 * Batches by their seed, made once for all programs: probes and oracles are most of what the grader computes. The latest so
 * many are kept.
 */
export function batchesOf(coursework: Coursework, clock: () => number, kept: number): (seed: number) => BatchContext {
  const batches = new Map<number, BatchContext>();
  return (seed) => {
    const batch = batches.get(seed) ?? batchOf(coursework, seed, clock);
    batches.set(seed, batch);
    for (const old of batches.keys()) if (batches.size > kept) batches.delete(old);
    return batch;
  };
}

/** A batch of one, on these probes. */
export const batchOf = (coursework: Coursework, seed: number, clock: () => number): BatchContext => ({
  assignment: coursework.assignment,
  seed,
  shared: new Map(),
  dataFolder: undefined,
  full: false,
  clock,
});

/**
 * Sources whose guests outlive the check context: starting the sandbox a thousand times would measure the sandbox. What a
 * grading may use up is counted anew for each; after `close`, new guests are opened.
 */
function sharedSession(factory: GuestFactory, submission: Submission) {
  const sources = factory.sourcesFor(submission);
  const guests = new Map<string, OpenGuest>();
  const account = openAccount();
  return {
    beginGrading: () => void Object.assign(account, openAccount()),
    sources: {
      ...sources,
      open: async (options: Parameters<typeof sources.open>[0]) => {
        // A process hosts one policy here as in a grading.
        const key = `${options.hosted ?? 'whole'}/${options.precision}`;
        const known = guests.get(key);
        const guest = known?.alive === true ? known : await sources.open({ ...options, account });
        guests.set(key, guest);
        return lent(guest);
      },
    },
    /** Characters that the open guests have printed. */
    printed: () => [...guests.values()].reduce((sum, guest) => sum + guest.output().length, 0),
    close: async () => {
      for (const guest of guests.values()) await guest.close();
      guests.clear();
    },
  };
}

const lent = (guest: OpenGuest): OpenGuest =>
  new Proxy(guest, {
    get(of, key: keyof OpenGuest) {
      if (key === 'close') return () => Promise.resolve();
      const value = of[key];
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });

/** Checks that judge problems by a tolerance; a margin of others, e.g. of an accuracy above a threshold, is no distance to a mistake. */
const judgedByTolerance = (checks: readonly Check[]) =>
  new Set(checks.filter((check) => check.problems !== undefined && check.costly !== true).map((check) => check.id));

function correctRow(
  run: Pick<CorrectRow, 'program' | 'backend' | 'seed' | 'costly'>,
  grade: Grade,
  byTolerance: ReadonlySet<string>,
): CorrectRow {
  const verdicts = grade.tasks.flatMap((task) => task.checks).filter((verdict) => verdict.outcome !== 'manual');
  const margins = verdicts.flatMap(({ id, outcome, margin }) =>
    outcome === 'pass' && margin !== undefined && byTolerance.has(id) ? [[id, margin] as const] : [],
  );
  return {
    ...run,
    failed: verdicts
      .filter(({ outcome }) => !['pass', 'broken'].includes(outcome))
      .map(({ id, because, finding }) => `${id}: ${because ?? finding?.says ?? ''}`),
    broken: verdicts.filter(({ outcome }) => outcome === 'broken').map(({ id, staff }) => `${id}: ${staff ?? ''}`),
    margins: Object.fromEntries(margins),
  };
}
