/**
 * The whole flow on one screen. Start reading here.
 *
 *   path ─findAll→ HandedIn ─read→ Submission ─openContext, runChecks→ Verdict[] ─settle→ Grade ─recordGrade→ gradebook ─→ Results
 *
 * The student's code runs only inside sessions that the check context opens; everything that judges stays out here.
 */
import { assertAlone } from './batch/alone.ts';
import { findAll } from './batch/find-all.ts';
import { inParallel } from './batch/in-parallel.ts';
import type { BatchEvent, BatchOptions } from './batch/options.ts';
import { assignmentOf, batchContext, checksOf, withFullLimits } from './batch/options.ts';
import { keep, keepAll, provenance, resultsOf } from './batch/results.ts';
import { brokenGrade, refusedGrade } from './batch/unjudged.ts';
import type { BatchContext } from './check-context.ts';
import { openContext } from './check-context.ts';
import { withDrawings } from './drawings.ts';
import { clearDrafts } from './gradebook/clear-drafts.ts';
import { recallGrade } from './gradebook/gradebook.ts';
import { drawnRound } from './gradebook/round.ts';
import { asHandedIn } from './intake/as-handed-in.ts';
import type { HandedIn } from './intake/receive.ts';
import type { Grade, Results } from './model/grade.ts';
import type { Refusal, Submission } from './model/submission.ts';
import { runChecks } from './runner.ts';
import { settle } from './settle.ts';
import type { GuestFactory, Lasting } from './guest-factory.ts';
import { createGuestFactory } from './guest-factory.ts';

/** Grades everything found at the paths. One submission never stops the others. */
export async function gradeBatch(
  asked: BatchOptions,
  onEvent: (event: BatchEvent) => void = () => undefined,
  lasting?: Lasting,
): Promise<Results> {
  const options = asked.full ? { ...asked, coursework: withFullLimits(asked.coursework) } : asked;
  const { coursework, outDir, clock } = options;
  const startedAt = options.now().toISOString();
  const found = await findAll(options);
  assertAlone(found, options);
  if (outDir !== undefined) await clearDrafts(outDir);
  const probes = await drawnRound(coursework.assignment.slug, options);
  const origin = provenance(options, probes.origin);
  const factory = lasting?.factory ?? (await createGuestFactory({ ...options, submissions: found.length }));
  const batch = { ...batchContext({ ...options, seed: probes.seed }), ...(lasting && { shared: lasting.shared }) };
  const grades: Grade[] = [];
  onEvent({ kind: 'received', total: found.length, recalled: 0 });

  const judge = async (item: Submission | Refusal): Promise<Grade> =>
    'refused' in item ? refusedGrade(options, item) : gradeOne(item, options, batch, factory);
  const gradeNext = async (handedIn: HandedIn): Promise<void> => {
    const begun = clock();
    const holding = (of: Submission | Pick<Submission, 'id' | 'origin'>) => (error: unknown) =>
      brokenGrade(options, of, error);
    const item = await handedIn.read().catch(holding(handedIn));
    const recalled = outDir === undefined || !('files' in item) ? undefined : await recallGrade(outDir, origin, item);
    // Whose it is may be known better today.
    const known = recalled && { ...recalled, ...(item.origin !== undefined && { origin: item.origin }) };
    const grade = known ?? ('tasks' in item ? item : await judge(item).catch(holding(item)));
    if (outDir !== undefined && known === undefined) await keep(outDir, origin, grade, onEvent);
    grades.push(grade);
    const ms = Math.round(clock() - begun);
    onEvent({ kind: 'graded', grade, done: grades.length, total: found.length, recalled: known !== undefined, ms });
  };

  try {
    await inParallel(found, options.jobs, gradeNext, options.signal);
  } finally {
    if (lasting === undefined) await factory.close();
  }
  const results = resultsOf(options, probes.origin, startedAt, grades);
  if (outDir !== undefined) await keepAll(outDir, results, onEvent);
  return results;
}

/** One submission becomes one grade. */
export async function gradeOne(
  submission: Submission,
  options: Pick<BatchOptions, 'coursework' | 'clock' | 'only'>,
  batch: BatchContext,
  factory: GuestFactory,
): Promise<Grade> {
  const { clock } = options;
  const sources = factory.sourcesFor(submission);
  const context = openContext(submission, batch, sources);
  try {
    const verdicts = await runChecks(checksOf(options), context, clock);
    const named = verdicts.map((verdict) => asHandedIn(verdict, submission.files));
    const assignment = assignmentOf(options);
    const settled = settle(assignment, submission, named);
    const noted = { ...settled, notes: [...settled.notes, ...(await sources.remarks())] };
    const grade = withDrawings(noted, assignment, (path) => context.sidecar(path));
    await context.close();
    const stdout = context.output();
    return stdout === '' ? grade : { ...grade, stdout };
  } finally {
    await context.close();
  }
}
