/** Grades every mutant of correct programs. A mutant that passes everything is either no mistake at all, or one we miss. */
import type { SandboxLevel, SourceFile, Submission, Value } from '../model.ts';
import type { Coursework } from '../coursework.ts';
import type { BatchContext } from '../desk.ts';
import { gradeOne } from '../grade.ts';
import type { Workshop } from '../workshop.ts';
import { answersTo, nearlyEqual } from './equivalence.ts';
import { submissionOf } from './fixtures.ts';
import { problemsOf } from './known-mistakes.ts';
import type { Mutant } from './mutant.ts';
import { applyMutant, mutantDiff, mutantsOf } from './mutants.ts';

export interface MutantRow {
  program: string;
  /** Unique within the program: path and place of the change, and what stands there. */
  mutant: string;
  operator: string;
  fate: 'killed' | 'equivalent' | 'survived' | 'broken';
  /** The first check that failed. */
  by?: string;
  /** The changed lines, for whoever has to look at a survivor. */
  diff?: string;
  ms: number;
}

export interface PlannedMutant {
  submission: Submission;
  file: SourceFile;
  mutant: Mutant;
}

/** All mutants of the code that tasks name, in these programs. */
export async function planMutants(coursework: Coursework, programs: readonly Submission[]): Promise<PlannedMutant[]> {
  const modules = new Set(
    coursework.assignment.tasks.flatMap((task) => (task.module === undefined ? [] : [stem(task.module)])),
  );
  const plans = programs.flatMap((submission) =>
    submission.files
      .filter((file) => /\.(ts|js)$/.test(file.path) && modules.has(stem(file.path)))
      .map(async (file) => (await mutantsOf(file)).map((mutant) => ({ submission, file, mutant }))),
  );
  return (await Promise.all(plans)).flat();
}

const stem = (path: string) => path.replace(/\.(ts|js|mjs)$/, '');

/** Designs on which a survivor is compared with the program it came from. */
const designs = [101, 202, 303, 404, 505];

export interface MutationDesk {
  coursework: Coursework;
  workshop: Workshop;
  batch: BatchContext;
  level: SandboxLevel;
  clock: () => number;
  /** Answers of the unchanged programs, by program. */
  originals: Map<string, Promise<Value[]>>;
}

/** One mutant, graded; if it passes everything, compared with the original on other designs. */
export async function gradeMutant({ submission, file, mutant }: PlannedMutant, desk: MutationDesk): Promise<MutantRow> {
  const { coursework, workshop, batch, clock } = desk;
  const startedAt = clock();
  const files = submission.files.map((own) => (own === file ? applyMutant(file, mutant) : own));
  const changed = submissionOf(submission.id, files);
  const grade = await gradeOne(changed, { coursework, clock }, batch, workshop);
  const verdicts = grade.tasks.flatMap((task) => task.checks);
  const missed = verdicts.find((verdict) => !['pass', 'manual', 'broken'].includes(verdict.outcome));
  const broken = verdicts.find((verdict) => verdict.outcome === 'broken');
  const row = (fate: MutantRow['fate'], extra: Partial<MutantRow> = {}): MutantRow => ({
    program: submission.id,
    mutant: `${file.path}@${mutant.start}-${mutant.end}:${mutant.replacement}`,
    operator: mutant.operator,
    fate,
    ...extra,
    ms: Math.round(clock() - startedAt),
  });
  if (broken !== undefined)
    return row('broken', { by: broken.id, diff: `${mutantDiff(file, mutant)}\n${broken.staff ?? ''}` });
  if (missed !== undefined) return row('killed', { by: missed.id });
  const fate = (await computesTheSame(submission, changed, desk)) ? 'equivalent' : 'survived';
  return row(fate, { diff: mutantDiff(file, mutant) });
}

async function computesTheSame(original: Submission, changed: Submission, desk: MutationDesk): Promise<boolean> {
  // What is handed in as text in answers.json does not change with the program.
  const problems = problemsOf(desk.coursework.checks).filter((problem) => problem.handedIn === undefined);
  const answers = (submission: Submission) => answersTo(problems, designs, desk.workshop.suppliesFor(submission));
  const known = desk.originals.get(original.id) ?? answers(original);
  desk.originals.set(original.id, known);
  const [before, after] = [await known, await answers(changed)];
  return before.length === after.length && before.every((value, i) => nearlyEqual(value, after[i]));
}
