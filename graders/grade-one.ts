/** One submission becomes one grade: its checks are run, what they say is put into words, and added up. */
import type { BatchOptions } from './batch/options.ts';
import { assignmentOf, checksOf } from './batch/options.ts';
import type { Known } from './batch/said.ts';
import type { BatchContext } from './check-context.ts';
import { openContext } from './check-context.ts';
import { withDrawings } from './drawings.ts';
import { asCalled, asHandedIn } from './intake/as-handed-in.ts';
import type { Grade } from './model/grade.ts';
import type { Submission } from './model/submission.ts';
import type { Verdict } from './model/verdict.ts';
import { inOwnWords } from './own-words.ts';
import { runChecks, type Workplace } from './runner.ts';
import { settle } from './settle.ts';
import { ProgramStopped } from './stopped.ts';
import type { GuestFactory } from './guest-factory.ts';

/** What of a coursework a submission is judged by. */
type Scope = Pick<BatchOptions, 'coursework' | 'only'>;

interface HowJudged extends Scope, Pick<BatchOptions, 'clock'> {
  known?: Known;
  /** Is told after every verdict of all that were found so far. */
  heard?: (found: readonly Verdict[]) => void;
  /** Nothing more is asked of the program, for this reason. */
  refused?: string | undefined;
}

/** Everything that its checks find becomes the grade of a submission. */
export async function gradeOne(
  submission: Submission,
  options: HowJudged,
  batch: BatchContext,
  factory: GuestFactory,
): Promise<Grade> {
  const { clock, heard, refused } = options;
  const assignment = assignmentOf(options);
  const tell = (_: Verdict, found: readonly Verdict[]): false => {
    heard?.([...found]);
    return false;
  };
  const sources = factory.sourcesFor(submission);
  const context = openContext(submission, batch, sources);
  const place = refused === undefined ? context : refusing(refused);
  try {
    const verdicts = await runChecks(checksOf(options), place, clock, tell, options.known);
    const settled = settledBy(options, submission, verdicts);
    const remarks = asCalled(await sources.remarks(), submission.files);
    const noted = { ...settled, notes: [...settled.notes, ...remarks] };
    const grade = withDrawings(noted, assignment, (path) => context.shown(path));
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
    await context.close();
  }
}

/** The grade if these verdicts were all; what was not asked yet is no fault of ours: it is not there. */
export function soFarBy(scope: Scope, submission: Submission, found: readonly Verdict[]): Grade {
  const begun = assignmentOf(scope).tasks.filter(({ id }) => found.some(({ task }) => task === id));
  return settledBy(scope, submission, found, begun);
}

function settledBy(
  scope: Scope,
  submission: Submission,
  verdicts: readonly Verdict[],
  tasks = assignmentOf(scope).tasks,
): Grade {
  const worded = inOwnWords(verdicts, assignmentOf(scope), submission);
  const named = worded.map((verdict) => asHandedIn(verdict, submission.files));
  return settle({ tasks }, submission, named);
}

/** Where no program is: whoever asks one is told why. */
const refusing = (says: string): Workplace => ({
  during: () => Promise.reject(new ProgramStopped('refused', says)),
});
