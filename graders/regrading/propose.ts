/** Everybody's work is judged by the grader of now, and what that finds is proposed: nothing that counts changes. */
import { findAll } from '../batch/find-all.ts';
import { inParallel } from '../batch/in-parallel.ts';
import type { BatchEvent, BatchOptions } from '../batch/options.ts';
import { checksOf } from '../batch/options.ts';
import { asksTheSame, judgedOf, knownOf } from '../batch/said.ts';
import { keysFor } from '../check-keys.ts';
import type { Circumstances, Event, Judged } from '../gradebook/event.ts';
import { stateOf } from '../gradebook/fold.ts';
import { toJson } from '../gradebook/json.ts';
import { GradebookError } from '../gradebook/read-event.ts';
import type { State } from '../gradebook/state.ts';
import { coveredBy, holdingRuns, verdictsOf } from '../gradebook/state.ts';
import type { Gradebook } from '../gradebook/store.ts';
import type { AgainOptions } from './again.ts';
import { openAgain } from './again.ts';
import { differencesOf } from './difference.ts';
import type { Lying } from './kept-work.ts';
import { keptWorks } from './kept-work.ts';
import { proposalsIn } from './proposals.ts';

interface RegradeOptions extends AgainOptions, Pick<BatchOptions, 'roster' | 'jobs' | 'signal' | 'now' | 'clock'> {
  /** Where the work lies; where none is named, the copies in the gradebook are judged. */
  paths: readonly string[];
  /** Other probes than those that each was asked. */
  round?: string | undefined;
  /** Also find again what nothing has changed for. */
  afresh: boolean;
}

/** Whose work was not judged, with the reason. */
export interface Left {
  student: string;
  why: string;
  /** The check that broke: our trouble, or the coursework's author's. */
  broke?: string;
}

const notKept = 'is not kept in the gradebook: say where it lies.';
const isOther = 'is other work than what was graded: gradmark grade takes it in.';

/** Appends what differs as proposed verdicts, each as soon as it is found; says whose work was not judged. */
export async function propose(
  book: Gradebook,
  options: RegradeOptions,
  onEvent: (event: BatchEvent) => void,
): Promise<Left[]> {
  const { coursework, graderVersion, jobs, signal, now, clock, round, afresh } = options;
  const { assignment } = coursework;
  const keysIn = keysFor(coursework, options.python);
  const events = book.events();
  const state = stateOf(events);
  const isKept = options.paths.length === 0;
  const found: readonly Lying[] = isKept
    ? keptWorks(book, state)
    : (await findAll({ ...options, only: gradedIn(state) })).found;
  if (isKept && found.length === 0) {
    throw new GradebookError(
      `${options.outDir} was graded by a gradmark that kept no copies of what was handed in: say where it lies ` +
        `(gradmark regrade ${options.outDir} <paths…>).`,
    );
  }
  const { open } = proposalsIn(events);
  const isChanged = toJson(state.config?.assignment) !== toJson(assignment);
  const again = openAgain(options, { submissions: found.length, jobs });
  const left: Left[] = [];
  let done = 0;

  const propose = async ({ read }: Lying['attempts'][number]): Promise<Judged | Omit<Left, 'student'> | 'same'> => {
    const item = await read();
    if ('refused' in item) return { why: `could not be taken in: ${item.refused}` };
    const attempts = state.students.get(item.id)?.attempts ?? [];
    const attempt = attempts.find(({ sha256, runs }) => sha256 === item.sha256 && runs.length > 0);
    if (attempt === undefined) return { why: isOther };
    const withProposed = {
      ...attempt,
      runs: [...attempt.runs, ...(open.get(item.id) ?? []).filter(({ sha256 }) => sha256 === item.sha256)],
    };
    const record = asked(holdingRuns(attempt).at(-1)!.under, round);
    const under = await again.under(record);
    const only = assignment.tasks.map(({ id }) => id).filter((id) => coveredBy(attempt).has(id));
    const checks = checksOf({ coursework, only });
    const keys = await keysIn(item.language);
    const known = afresh ? new Map() : knownOf(withProposed, checks, under, keys);
    const grade = await again.judge(item, record, only, known);
    const judged = judgedOf(grade, known, under, keys);
    const verdicts = grade.tasks.flatMap((task) => task.checks);
    const broken = verdicts.find(({ outcome }) => outcome === 'broken');
    // What the grader itself cannot do is no reason to hold a grade that stands.
    if (broken !== undefined) {
      const [slip] = (broken.staff ?? '').split('\n', 1);
      return { why: `${broken.id} broke (${slip}): nothing is proposed.`, broke: broken.id };
    }
    const isSame = differencesOf(verdictsOf(withProposed), verdicts).length === 0;
    if (isSame && asksTheSame(withProposed, judged)) return 'same';
    return { ...judged, proposed: true, ...(isChanged && { assignment }) };
  };

  onEvent({ kind: 'received', total: found.length, recalled: 0 });
  const next = async (lying: Lying): Promise<void> => {
    const begun = clock();
    const { id, attempts } = lying;
    const proposals = await inParallel(attempts, 1, propose);
    const judged = proposals.flatMap((one) => (one !== 'same' && 'kind' in one ? [one] : []));
    const grader = { version: graderVersion, hash: coursework.hash };
    const at = now().toISOString();
    if (judged.length > 0) book.append(judged.map((one): Event => ({ who: 'gradmark', at, grader, ...one })));
    const unjudged = proposals.flatMap((one) => (one !== 'same' && 'why' in one ? [one] : []));
    // Of several attempts those that do not count were not graded.
    const isGraded = unjudged.length < proposals.length;
    left.push(...unjudged.filter(({ why }) => why !== isOther || !isGraded).map((one) => ({ student: id, ...one })));
    const recalled = judged.every(({ verdicts }) => verdicts.length === 0);
    onEvent({ kind: 'graded', grade: { id }, done: ++done, total: found.length, recalled, ms: clock() - begun });
  };
  try {
    await inParallel(found, jobs, next, signal);
  } finally {
    await again.close();
  }
  const there = new Set(found.map(({ id }) => id));
  const absent = [...state.students.keys()].filter((id) => !there.has(id));
  return [...left, ...absent.map((student) => ({ student, why: isKept ? notKept : 'does not lie there' }))];
}

/** The tasks that were graded of anybody: what the others ask for is not missed in a regrade either. */
const gradedIn = ({ students }: State): string[] =>
  [...students.values()].flatMap(({ attempts }) => attempts.flatMap((attempt) => [...coveredBy(attempt).keys()]));

/** Everybody is asked again what they were asked, unless another round is named. */
function asked(record: Circumstances, round: string | undefined): Circumstances {
  if (round === undefined) return record;
  const { seed: _, ...rest } = record;
  return { ...rest, round: { name: round, fingerprint: '' } };
}
