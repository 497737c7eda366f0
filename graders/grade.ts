/**
 * The whole flow on one screen. Start reading here.
 *
 *   path ─receive→ Submission ─openDesk, runChecks→ Verdict[] ─settle→ Grade ─recordGrade→ gradebook ─→ Results
 *
 * The student's code runs only inside sessions that the desk opens; everything that judges stays out here.
 */
import type { Backend, FeedbackLevel, Grade, Refusal, Results, SandboxLevel, Submission } from './model.ts';
import type { Coursework } from './coursework.ts';
import type { BatchContext } from './desk.ts';
import { openDesk } from './desk.ts';
import { withDrawings } from './drawings.ts';
import { runChecks } from './runner.ts';
import { settle } from './settle.ts';
import { asHandedIn } from './intake/as-handed-in.ts';
import { receive } from './intake/receive.ts';
import { uniqueIds } from './intake/submission-id.ts';
import { createWorkshop } from './workshop.ts';
import type { Workshop } from './workshop.ts';
import type { Provenance } from './gradebook/gradebook.ts';
import { recallGrade, recordGrade, recordResults } from './gradebook/gradebook.ts';
import { seedOfBatch } from './gradebook/seed.ts';

export interface BatchOptions {
  coursework: Coursework;
  paths: readonly string[];
  /** Where grades are kept; undefined keeps nothing. */
  outDir?: string;
  /** Of the probes; without it the batch draws its own, see gradebook/seed.ts. */
  seed?: number | undefined;
  backend: Backend;
  level: SandboxLevel;
  feedback: FeedbackLevel;
  graderVersion: string;
  jobs: number;
  dataFolder?: string;
  full: boolean;
  /** Grade these tasks only. */
  only?: readonly string[] | undefined;
  /** Stop taking new submissions when this fires; what is done is kept. */
  signal?: AbortSignal;
  now: () => Date;
  clock: () => number;
}

export type BatchEvent =
  | { kind: 'received'; total: number; recalled: number }
  | { kind: 'graded'; grade: Grade; done: number; total: number; recalled: boolean; ms: number };

/** Grades everything found at the paths. One submission never stops the others. */
export async function gradeBatch(
  asked: BatchOptions,
  onEvent: (event: BatchEvent) => void = () => undefined,
): Promise<Results> {
  const options = asked.full ? { ...asked, coursework: withFullLimits(asked.coursework) } : asked;
  const { coursework, outDir, clock } = options;
  const startedAt = options.now().toISOString();
  const received = await receiveAll(options);
  const seed = await seedOfBatch(outDir, coursework.assignment.slug, received, options.seed);
  const origin = provenance(options, seed);
  const workshop = await createWorkshop(options);
  const batch = batchContext({ ...options, seed });
  const grades: Grade[] = [];
  onEvent({ kind: 'received', total: received.length, recalled: 0 });

  const gradeNext = async (item: Submission | Refusal): Promise<void> => {
    const begun = clock();
    const known = outDir === undefined || 'refused' in item ? undefined : await recallGrade(outDir, origin, item);
    const grade =
      known ??
      ('refused' in item
        ? refusedGrade(options, item)
        : await gradeOne(item, options, batch, workshop).catch((error: unknown) => brokenGrade(options, item, error)));
    const kept = outDir === undefined || known !== undefined ? undefined : await keep(outDir, origin, grade);
    grades.push(kept === undefined ? grade : { ...grade, notes: [...grade.notes, kept] });
    const ms = Math.round(clock() - begun);
    onEvent({ kind: 'graded', grade, done: grades.length, total: received.length, recalled: known !== undefined, ms });
  };

  try {
    await inParallel(received, options.jobs, options.signal, gradeNext);
  } finally {
    await workshop.close();
  }
  const results = resultsOf(options, seed, startedAt, grades);
  if (outDir !== undefined) await recordResults(outDir, results);
  return results;
}

/** Stores a grade; a disk that takes this one not may take the next, so that the sentence about it is all that comes of it. */
async function keep(outDir: string, origin: Provenance, grade: Grade): Promise<string | undefined> {
  try {
    await recordGrade(outDir, origin, grade);
    return undefined;
  } catch (error) {
    return `This grade could not be kept (${(error as NodeJS.ErrnoException).code ?? String(error)}): it is in the tables, and is found again the next time.`;
  }
}

/** Everything handed in at the paths; ids that occur under several paths are told apart by a number. */
async function receiveAll({ paths, coursework }: BatchOptions): Promise<(Submission | Refusal)[]> {
  const received: (Submission | Refusal)[] = [];
  const unique = uniqueIds();
  for (const path of paths) {
    for await (const item of receive(path, { assignment: coursework.assignment })) {
      received.push({ ...item, id: unique(item.id) });
    }
  }
  return received;
}

/** One submission becomes one grade. */
export async function gradeOne(
  submission: Submission,
  options: Pick<BatchOptions, 'coursework' | 'clock' | 'only'>,
  batch: BatchContext,
  workshop: Workshop,
): Promise<Grade> {
  const { clock } = options;
  const supplies = workshop.suppliesFor(submission);
  const desk = openDesk(submission, batch, supplies);
  try {
    const checks = checksOf(options).map((check) => ({ ...check, run: () => check.run(desk.at(check.task)) }));
    const verdicts = await runChecks(checks, desk, clock);
    const named = verdicts.map((verdict) => asHandedIn(verdict, submission.files));
    const assignment = assignmentOf(options);
    const settled = settle(assignment, submission, named);
    const noted = { ...settled, notes: [...settled.notes, ...(await supplies.remarks())] };
    const grade = withDrawings(noted, assignment, (path) => desk.sidecar(path));
    await desk.close();
    const stdout = desk.output();
    return stdout === '' ? grade : { ...grade, stdout };
  } finally {
    await desk.close();
  }
}

/** What all submissions of a batch share. */
export function batchContext(
  options: Pick<BatchOptions, 'coursework' | 'dataFolder' | 'full' | 'clock' | 'only'> & { seed: number },
): BatchContext {
  const { seed, dataFolder, full, clock } = options;
  return { assignment: assignmentOf(options), seed, shared: new Map(), dataFolder, full, clock };
}

/** What is graded in full size gets the time and the memory for it. */
function withFullLimits(coursework: Coursework): Coursework {
  const { assignment } = coursework;
  return { ...coursework, assignment: { ...assignment, limits: { ...assignment.limits, ...assignment.fullLimits } } };
}

const checksOf = ({ coursework, only }: Pick<BatchOptions, 'coursework' | 'only'>) =>
  coursework.checks.filter((check) => only === undefined || only.includes(check.task));

function assignmentOf({ coursework, only }: Pick<BatchOptions, 'coursework' | 'only'>) {
  const { assignment } = coursework;
  return only === undefined
    ? assignment
    : { ...assignment, tasks: assignment.tasks.filter((t) => only.includes(t.id)) };
}

/** What fails of ours outside of any check holds this one grade, and no other. */
function brokenGrade(
  options: Pick<BatchOptions, 'coursework' | 'only'>,
  submission: Submission,
  error: unknown,
): Grade {
  const because = 'The grader itself failed here. No marks are lost; staff will look at it.';
  const staff = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const verdicts = checksOf(options).map(({ id, title, task, points: max }) => {
    return { id, title, task, outcome: 'broken' as const, points: 0, max, because, staff, ms: 0 };
  });
  return settle(assignmentOf(options), submission, verdicts);
}

/** A submission that could not be taken in: every automatic mark asked for is lost, with the one sentence that says why. */
function refusedGrade(options: Pick<BatchOptions, 'coursework' | 'only'>, refusal: Refusal): Grade {
  const empty: Submission = { id: refusal.id, sha256: '', files: [], notes: [] };
  const verdicts = checksOf(options).map((check) => ({
    id: check.id,
    title: check.title,
    task: check.task,
    outcome: 'refused' as const,
    points: 0,
    max: check.points,
    because: refusal.refused,
    ms: 0,
  }));
  return { ...settle(assignmentOf(options), empty, verdicts), refused: refusal.refused };
}

const provenance = (options: BatchOptions, seed: number): Provenance => ({
  assignment: options.coursework.assignment.slug,
  graderVersion: options.graderVersion,
  graderHash: options.coursework.hash,
  seed,
  backend: options.backend,
  level: options.level,
  feedback: options.feedback,
  ...(options.only === undefined ? {} : { only: [...options.only].sort() }),
  full: options.full,
  data: options.dataFolder !== undefined,
});

function resultsOf(options: BatchOptions, seed: number, startedAt: string, grades: readonly Grade[]): Results {
  const { assignment } = options.coursework;
  return {
    schema: 'gradmark/results/v1',
    assignment: assignment.slug,
    title: assignment.title,
    graderVersion: options.graderVersion,
    seed,
    backend: options.backend,
    level: options.level,
    feedback: options.feedback,
    startedAt,
    finishedAt: options.now().toISOString(),
    // The order of finishing depends on the machine; the order of ids does not.
    submissions: [...grades].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
  };
}

/** Runs `work` over the items with at most `jobs` at once; stops taking new ones when the signal fires. */
async function inParallel<T>(
  items: readonly T[],
  jobs: number,
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined && !signal?.aborted; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
}
