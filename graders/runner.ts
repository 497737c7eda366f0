/** Runs the checks of one submission, in order, each exactly once, and turns whatever happens into one verdict a check. */
import type { Check, CheckContext, Judgement } from './check.ts';
import type { Finding } from './model/finding.ts';
import type { OutcomeKind, Verdict } from './model/verdict.ts';
import { ProgramStopped } from './stopped.ts';

/** Where checks run: each at its own task, so that the program that it asks runs among that task's policy alone. */
export interface Workplace {
  during<T>(task: string, work: (context: CheckContext) => Promise<T>): Promise<T>;
}

/**
 * One verdict per check, whatever happens, until `enough`, which hears of each with all so far, says that no more are wanted;
 * `known` ones are not found again. Only ProgramStopped counts against the student; every other exception is ours and makes the
 * check `broken`.
 */
export async function runChecks(
  checks: readonly Check[],
  place: Workplace,
  clock: () => number,
  enough: (verdict: Verdict, soFar: readonly Verdict[]) => boolean = () => false,
  known: ReadonlyMap<string, Verdict> = new Map(),
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const found = new Map(known);
  for (const check of checks) {
    const before = known.get(check.id);
    if (before !== undefined) {
      verdicts.push(before);
      continue;
    }
    const startedAt = clock();
    const failed = (check.needs ?? []).find((id) => found.get(id)?.outcome !== 'pass');
    const verdict =
      failed === undefined
        ? await runCheck(check, place)
        : skip(check, `Not run: it builds on "${titleOf(checks, failed)}", which did not pass.`);
    verdict.ms = Math.round(clock() - startedAt);
    verdicts.push(verdict);
    found.set(check.id, verdict);
    if (enough(verdict, verdicts)) break;
  }
  return verdicts;
}

async function runCheck(check: Check, place: Workplace): Promise<Verdict> {
  try {
    return judged(check, await place.during(check.task, (context) => check.run(context)));
  } catch (error) {
    return error instanceof ProgramStopped ? stopped(check, error) : broken(check, error);
  }
}

function judged(check: Check, judgement: Judgement): Verdict {
  const { earned, manual, skipped, ...rest } = judgement;
  if (skipped !== undefined) return skip(check, skipped);
  if (manual !== undefined) return { ...blank(check, 'manual'), ...rest, manual };
  if (!(earned >= 0 && earned <= 1)) {
    return broken(check, new Error(`The check earned ${earned}, which is not a share between 0 and 1.`));
  }
  if (earned < 1 && rest.finding === undefined) {
    return broken(check, new Error('The check took points without saying why.'));
  }
  return { ...blank(check, earned === 1 ? 'pass' : 'fail'), ...rest, points: roundPoints(earned * check.points) };
}

/** Marks are kept to 1/1000, so that thirds and sevenths add up on every machine. */
const roundPoints = (points: number) => Math.round(points * 1000) / 1000;

function stopped(check: Check, stop: ProgramStopped): Verdict {
  const finding: Finding = { says: stop.message, asked: check.asks };
  if (stop.place !== undefined) finding.places = [stop.place];
  return { ...blank(check, stop.kind), because: stop.message, finding };
}

function skip(check: Check, because: string): Verdict {
  return { ...blank(check, 'skipped'), because };
}

function broken(check: Check, error: unknown): Verdict {
  return {
    ...blank(check, 'broken'),
    because: 'The grader itself failed here. No marks are lost; staff will look at it.',
    staff: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

const blank = (check: Check, outcome: OutcomeKind): Verdict => ({
  id: check.id,
  title: check.title,
  task: check.task,
  outcome,
  points: 0,
  max: check.points,
  ms: 0,
});

const titleOf = (checks: readonly Check[], id: string) => checks.find((check) => check.id === id)?.title ?? id;
