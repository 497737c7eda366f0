/**
 * The whole flow on one screen. Start reading here.
 *
 *   path ─findAll→ HandedIn ─read→ Submission ─openContext, runChecks→ Verdict[] ─settle→ Grade ─book.keep→ gradebook ─→ Results
 *                                            └─ by way of a queue, within this process or on other machines ─┘
 *
 * The student's code runs only inside sessions that the check context opens; everything that judges stays out here.
 */
import { assertAlone } from './batch/alone.ts';
import type { Judgement } from './batch/book.ts';
import { openBook } from './batch/book.ts';
import { gradersHere, NotWaitedFor } from './batch/graders.ts';
import { findAll } from './batch/find-all.ts';
import { inParallel } from './batch/in-parallel.ts';
import type { BatchEvent, BatchOptions } from './batch/options.ts';
import { assignmentOf, batchContext, checksOf, withFullLimits } from './batch/options.ts';
import type { Known } from './batch/said.ts';
import { toJudge } from './batch/to-judge.ts';
import { brokenGrade, refusedGrade } from './batch/unjudged.ts';
import type { BatchContext } from './check-context.ts';
import { openContext } from './check-context.ts';
import { withDrawings } from './drawings.ts';
import { drawnRound } from './gradebook/round.ts';
import { asCalled, asHandedIn } from './intake/as-handed-in.ts';
import type { HandedIn } from './intake/receive.ts';
import type { Grade, Results } from './model/grade.ts';
import type { Refusal, Submission } from './model/submission.ts';
import type { Verdict } from './model/verdict.ts';
import { inOwnWords } from './own-words.ts';
import { runChecks } from './runner.ts';
import { settle } from './settle.ts';
import type { GuestFactory, Lasting } from './guest-factory.ts';
import { createGuestFactory } from './guest-factory.ts';

/** Grades everything found at the paths, and adds it to what the folder holds. One submission never stops the others. */
export async function gradeBatch(
  asked: BatchOptions,
  onEvent: (event: BatchEvent) => void = () => undefined,
  lasting?: Lasting,
): Promise<Results> {
  const options = asked.full ? { ...asked, coursework: withFullLimits(asked.coursework) } : asked;
  const { coursework, clock } = options;
  const { found, whose } = await findAll(options);
  assertAlone(found, options);
  const book = await openBook(asked, onEvent);
  try {
    const probes = await drawnRound(coursework.assignment.slug, options);
    book.begin(found, probes.origin);
    const factory = lasting?.factory ?? (await createGuestFactory({ ...options, submissions: found.length }));
    const batch = { ...batchContext({ ...options, seed: probes.seed }), ...(lasting && { shared: lasting.shared }) };
    onEvent({ kind: 'received', total: found.length, recalled: 0 });
    let done = 0;

    const holding = (of: Submission | Pick<Submission, 'id' | 'origin'>) => (error: unknown) =>
      brokenGrade(options, of, error);
    const heard = ({ judged, of, grade }: SoFar): void =>
      onEvent({ kind: 'verdict', judged, of, soFar: () => book.soFar(grade()) });
    const gradeHere = (submission: Submission, known: Known): Promise<Grade> =>
      gradeOne(submission, { ...options, known, heard }, batch, factory);
    const graders =
      (await options.elsewhere?.({ options, drawn: probes, tell: onEvent })) ??
      gradersHere(options.jobs, clock, gradeHere);
    const judge = async (item: Submission | Refusal | Grade, known: Known): Promise<Grade> => {
      if ('tasks' in item) return item;
      const taken = 'refused' in item ? item : await factory.accept(item);
      if ('refused' in taken) return refusedGrade(options, taken);
      // Where nothing is to be found, no job is made of it.
      if (checksOf(options).every(({ id }) => known.has(id))) return gradeHere(taken, known).catch(holding(taken));
      const graded = await graders.grade(taken, known);
      return graded.grade ?? brokenGrade(options, taken, graded.trouble);
    };
    const gradeNext = async (handedIn: HandedIn): Promise<void> => {
      try {
        await gradePerson(handedIn);
      } catch (error) {
        if (!(error instanceof NotWaitedFor)) throw error;
      }
    };
    const gradePerson = async ({ id, attempts }: HandedIn): Promise<void> => {
      const begun = clock();
      const read = await inParallel(attempts, 1, ({ read, origin }) => read().catch(holding({ id, origin })));
      const known = book.handIn(id, read);
      const places = toJudge(attempts, read, options.late?.counts);
      const judged = await inParallel(places, 1, async (at): Promise<Judgement> => {
        return { judged: await judge(read[at]!, known[at]!), known: known[at]! };
      });
      const { grade, recalled } = book.keep(id, judged);
      onEvent({ kind: 'graded', grade, done: ++done, total: found.length, recalled, ms: Math.round(clock() - begun) });
    };

    try {
      await inParallel(found, graders.window, gradeNext, options.signal);
    } finally {
      await graders.close();
      if (lasting === undefined) await factory.close();
    }
    return await book.results(whose);
  } finally {
    book.close();
  }
}

/** How far one submission is judged, with its grade if that were all. */
interface SoFar {
  judged: number;
  of: number;
  grade: () => Grade;
}

/** One submission becomes one grade; `heard` is told after every verdict. When `lost` fires, its programs are ended and it rejects. */
export async function gradeOne(
  submission: Submission,
  options: Pick<BatchOptions, 'coursework' | 'clock' | 'only'> & {
    known?: Known;
    heard?: (soFar: SoFar) => void;
    lost?: AbortSignal;
  },
  batch: BatchContext,
  factory: GuestFactory,
): Promise<Grade> {
  const { clock, heard, lost } = options;
  const checks = checksOf(options);
  const assignment = assignmentOf(options);
  const settledBy = (verdicts: readonly Verdict[], tasks = assignment.tasks): Grade => {
    const worded = inOwnWords(verdicts, assignment, submission);
    const named = worded.map((verdict) => asHandedIn(verdict, submission.files));
    return settle({ tasks }, submission, named);
  };
  const tell = (_: Verdict, found: readonly Verdict[]): boolean => {
    const soFar = [...found];
    // What was not asked yet is no fault of ours: it is not there.
    const begun = assignment.tasks.filter(({ id }) => soFar.some(({ task }) => task === id));
    heard?.({ judged: soFar.length, of: checks.length, grade: () => settledBy(soFar, begun) });
    return lost?.aborted === true;
  };
  const sources = factory.sourcesFor(submission);
  const open: typeof sources.open = async (asked) => {
    lost?.throwIfAborted();
    return sources.open(asked);
  };
  const context = openContext(submission, batch, { ...sources, open });
  const end = () => void context.close();
  lost?.addEventListener('abort', end);
  try {
    const settled = settledBy(await runChecks(checks, context, clock, tell, options.known));
    lost?.throwIfAborted();
    const remarks = asCalled(await sources.remarks(), submission.files);
    const noted = { ...settled, notes: [...settled.notes, ...remarks] };
    const grade = withDrawings(noted, assignment, (path) => context.sidecar(path));
    await context.close();
    const stdout = context.output();
    const notebooks = (await sources.notebooks()).map((run) => ({
      ...run,
      path: asCalled([run.path], submission.files)[0]!,
    }));
    return {
      ...grade,
      ...(notebooks.length > 0 && { notebooks }),
      ...(stdout !== '' && { stdout }),
    };
  } finally {
    lost?.removeEventListener('abort', end);
    await context.close();
  }
}
