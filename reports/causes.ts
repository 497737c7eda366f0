/**
 * Which of a submission's failures have one cause: a file that was not handed in, a function that is still a stub, one known
 * mistake seen from several sides, one error that stops several checks. A reader mends causes, not checks. Where nothing tells
 * that two failures belong together, they do not.
 */
import type { Verdict } from '../graders/model/verdict.ts';

type CauseKind = 'missing' | 'stub' | 'mistake' | 'stop' | 'hold' | 'skipped' | 'single';

export interface Cause {
  kind: CauseKind;
  /** In the order of the sheet; the first one is shown in full. */
  verdicts: Verdict[];
  /** Checks that did not run because of it. */
  follows: Verdict[];
  /** Files or functions by name, where the cause has such names. */
  names: string[];
}

/** The causes behind every check that needs attention, in the order of their first check; passed and manual ones have none. */
export function causesOf(verdicts: readonly Verdict[]): Cause[] {
  const found = new Map<string, Cause>();
  const failures = verdicts.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'manual');
  for (const verdict of failures.filter(({ outcome }) => outcome !== 'skipped')) {
    const { key, kind, name } = sortOf(verdict);
    const cause = found.get(key) ?? { kind, verdicts: [], follows: [], names: [] };
    cause.verdicts.push(verdict);
    if (name !== undefined && !cause.names.includes(name)) cause.names.push(name);
    found.set(key, cause);
  }
  const causes = [...found.values()];
  for (const verdict of failures.filter(({ outcome }) => outcome === 'skipped')) {
    const cause = leadsTo(verdict, causes);
    if (cause === undefined) addSkipped(verdict, found);
    else cause.follows.push(verdict);
  }
  const place = new Map(verdicts.map((verdict, i) => [verdict, i]));
  return [...found.values()].sort((a, b) => place.get(a.verdicts[0]!)! - place.get(b.verdicts[0]!)!);
}

interface Sort {
  key: string;
  kind: CauseKind;
  name?: string | undefined;
}

function sortOf(verdict: Verdict): Sort {
  const { outcome, task, diagnosis } = verdict;
  const says = verdict.because ?? verdict.finding?.says ?? '';
  if (outcome === 'broken') return { key: `hold ${task}`, kind: 'hold' };
  if (outcome === 'missing')
    return { key: `missing ${task}`, kind: 'missing', name: /^(\S+) was not handed in\.?$/.exec(says)?.[1] };
  if (isStub(verdict)) return { key: `stub ${task}`, kind: 'stub', name: /^([\w.]+) threw /.exec(says)?.[1] };
  if (diagnosis !== undefined && diagnosis.certainty !== 'unknown' && diagnosis.mistakes.length > 0)
    return { key: `mistake ${diagnosis.mistakes.toSorted().join()} ${masked(diagnosis.says)}`, kind: 'mistake' };
  if (outcome !== 'fail' && says !== '') return { key: `${outcome} ${masked(says)}`, kind: 'stop' };
  return { key: `single ${task} ${verdict.id}`, kind: 'single' };
}

/** Whether a function is still as the starter gave it: what is not begun is no mistake. */
export const isStub = ({ outcome, because, finding }: Verdict): boolean =>
  outcome === 'crash' && /not implemented/i.test(because ?? finding?.says ?? '');

/** Numbers and what stands in brackets differ from probe to probe. */
const masked = (says: string): string =>
  says
    .split('\n')[0]!
    .replace(/\([^()]*\)/g, '(…)')
    .replace(/\d+(?:\.\d+)?/g, '…');

/** What a skipped check builds on: the check that it names, or else the one cause that its task has. */
function leadsTo(skipped: Verdict, causes: readonly Cause[]): Cause | undefined {
  const says = skipped.because ?? '';
  const named = causes.find((cause) =>
    [...cause.verdicts, ...cause.follows].some(({ title }) => says.includes(`"${title}"`)),
  );
  if (named !== undefined) return named;
  const here = causes.filter((cause) => cause.verdicts.some(({ task }) => task === skipped.task));
  const whole = here.filter(({ kind }) => kind === 'missing' || kind === 'stub');
  return here.length === 1 && whole.length === 1 ? whole[0] : undefined;
}

function addSkipped(verdict: Verdict, found: Map<string, Cause>): void {
  const says = verdict.because ?? '';
  const key = says === '' ? `skipped ${verdict.task} ${verdict.id}` : `skipped ${verdict.task} ${says}`;
  const cause = found.get(key) ?? { kind: 'skipped', verdicts: [], follows: [], names: [] };
  cause.verdicts.push(verdict);
  found.set(key, cause);
}
