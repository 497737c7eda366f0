/** What a batch says to the gradebook, from what it was asked for and what it found. */
import { createHash } from 'node:crypto';
import type { Circumstances, Judged, Kept, Said } from '../gradebook/event.ts';
import { toJson } from '../gradebook/json.ts';
import type { Drawn } from '../gradebook/round.ts';
import type { Attempt } from '../gradebook/state.ts';
import { coveredBy, coverOf, latestRuns, sameCircumstances } from '../gradebook/state.ts';
import { hashOfWork } from '../gradebook/works.ts';
import type { Check } from '../check.ts';
import type { Grade } from '../model/grade.ts';
import type { Refusal, Submission } from '../model/submission.ts';
import type { Verdict } from '../model/verdict.ts';
import type { BatchOptions } from './options.ts';

/** Verdicts by check that need not be found again. */
export type Known = ReadonlyMap<string, Verdict>;

/** For each check all that its verdict depends on besides submission and circumstances. */
export type Keys = ReadonlyMap<string, string>;

/** With what this batch finds its verdicts. */
export const circumstancesOf = (options: BatchOptions, probes: Drawn['origin']): Circumstances => ({
  graderVersion: options.graderVersion,
  ...probes,
  backend: options.backend,
  level: options.level,
  ...(options.containedBy !== undefined && { containedBy: options.containedBy }),
  full: options.full,
  data: options.dataFolder !== undefined,
});

/** What a folder remembers for the next batch. */
export const configOf = ({ coursework, feedback, backend, full, dataFolder, late }: BatchOptions): Said => ({
  ...{ kind: 'configured', assignment: coursework.assignment, feedback },
  ...(late !== undefined && { late }),
  defaults: { backend, full, ...(dataFolder !== undefined && { data: dataFolder }) },
});

/** What was handed in, file by file. */
export function handedInOf(item: Submission | Refusal): Extract<Said, { kind: 'handed-in' }> {
  const files = ('files' in item ? item.files : []).map(({ path, text }) => [path, sha256Of(text)] as const);
  return {
    ...{
      kind: 'handed-in',
      student: item.id,
      sha256: 'files' in item ? item.sha256 : '',
      files: Object.fromEntries(files),
    },
    ...(item.origin !== undefined && { origin: item.origin }),
    ...('files' in item && { kept: keptOf(item) }),
  };
}

const keptOf = ({ files, notes, language }: Submission): Kept => ({
  ...{ work: hashOfWork(files), notes },
  ...(language !== undefined && { language }),
});

type HandedIn = ReturnType<typeof handedInOf>;

/**
 * What the gradebook does not know of somebody's attempts: nothing where these are the last of them, in this order, otherwise all.
 * Whose they are may be known better than before.
 * `isWhole` says that all tasks are graded.
 */
export function newlyHandedIn(before: readonly Attempt[], now: readonly HandedIn[], isWhole: boolean): HandedIn[] {
  // Who hands in the same work twice has it where it came last; of the time before the gradebook knows as well.
  const isLast = ({ sha256 }: HandedIn, i: number) => now.findLastIndex((other) => other.sha256 === sha256) === i;
  const latest = now.filter(isLast);
  const last = before.slice(-latest.length);
  const isKnown =
    last.length === latest.length &&
    latest.every((one, i) => isSameWork(last[i]!, one) && isKept(last[i]!, one, isWhole)) &&
    now.every((one, i) => isLast(one, i) || last.some((attempt) => hasTime(attempt, one)));
  return isKnown ? [] : [...now];
}

const hasTime = ({ sha256, before }: Attempt, { sha256: other, origin }: HandedIn): boolean =>
  sha256 === other && (origin?.at === undefined || before.some(({ at }) => at === origin.at));

const isSameWork = (before: Attempt, { sha256, files, origin }: HandedIn): boolean =>
  toJson([before.sha256, before.files, before.origin]) === toJson([sha256, files, origin]);

/** Of some tasks alone it is not said what is missing for the others: what was said of all holds. */
const isKept = ({ kept }: Attempt, now: HandedIn, isWhole: boolean): boolean =>
  isWhole ? toJson(kept ?? null) === toJson(now.kept ?? null) : kept?.work === now.kept?.work;

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

/** What of a grade was found now. */
export function judgedOf(grade: Grade, known: Known, under: Circumstances, keys: Keys): Judged {
  const verdicts = grade.tasks.flatMap(({ checks }) => checks).filter(({ id }) => !known.has(id));
  const drawings = grade.tasks.flatMap((task) =>
    task.drawings === undefined ? [] : [[task.id, task.drawings] as const],
  );
  return {
    ...{ kind: 'judged', student: grade.id, sha256: grade.sha256, under, verdicts, notes: grade.notes },
    covers: coverOf(grade.tasks),
    keys: Object.fromEntries(verdicts.flatMap(({ id }) => (keys.has(id) ? [[id, keys.get(id)!]] : []))),
    ...(drawings.length > 0 && { drawings: Object.fromEntries(drawings) }),
    ...(grade.stdout !== undefined && { stdout: grade.stdout }),
    ...(grade.notebooks !== undefined && { notebooks: grade.notebooks }),
    ...(grade.refused !== undefined && { refused: grade.refused }),
  };
}

/** Whether the tasks that were graded have the checks that they had. */
export const asksTheSame = (before: Attempt, { covers }: Judged): boolean =>
  Object.entries(covers).every(([task, ids]) => coveredBy(before).get(task)?.join() === ids.join());

/** Whether the same was said of work that could not be taken in. */
export const sameRefusal = (before: Judged | undefined, { refused, verdicts }: Judged): boolean =>
  refused !== undefined &&
  before?.refused === refused &&
  verdicts.every(({ id }) => before.verdicts.some((verdict) => verdict.id === id));

/** What is known of an attempt under these circumstances; a broken check is our trouble, and is tried again with all that need it. */
export function knownOf(attempt: Attempt, checks: readonly Check[], under: Circumstances, keys: Keys): Known {
  const known = new Map<string, Verdict>();
  const latest = latestRuns(attempt);
  for (const { id, needs = [] } of checks) {
    const { run, verdict } = latest.get(id) ?? {};
    if (run === undefined || verdict === undefined || verdict.outcome === 'broken') continue;
    const isSame = run.keys?.[id] !== undefined && run.keys[id] === keys.get(id) && sameCircumstances(run.under, under);
    if (isSame && needs.every((need) => known.has(need))) known.set(id, verdict);
  }
  return known;
}
