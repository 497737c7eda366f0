/** Grades every mutant of correct programs. A mutant that passes everything is either no mistake at all, or one we miss. */
import type { Check } from '../check.ts';
import type { SandboxLevel, SourceFile, Submission, Value, Verdict } from '../model.ts';
import type { Coursework } from '../coursework.ts';
import type { BatchContext } from '../desk.ts';
import { openDesk } from '../desk.ts';
import { runChecks } from '../runner.ts';
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
  /**
   * `equivalent`: the same numbers on every problem and design; `free`: judged by outcomes alone, and the outcomes are as good
   * (another learning rate that trains as well); `survived`: another answer that nobody noticed.
   */
  fate: 'killed' | 'equivalent' | 'free' | 'survived' | 'broken';
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

/** All mutants of the code that tasks name: of each module the first so many differently written correct ones. */
export async function planMutants(
  coursework: Coursework,
  programs: readonly Submission[],
  writings: number,
): Promise<PlannedMutant[]> {
  const modules = coursework.assignment.tasks.flatMap(({ module }) => (module === undefined ? [] : [stem(module)]));
  const plans = [...new Set(modules)].flatMap((module) =>
    [...differentlyWritten(module, programs)]
      .slice(0, writings)
      .map(async ([, { submission, file }]) => (await mutantsOf(file)).map((mutant) => ({ submission, file, mutant }))),
  );
  return (await Promise.all(plans)).flat();
}

/** The module's different texts in these programs, in their order, each with the first program that holds it. */
function differentlyWritten(module: string, programs: readonly Submission[]) {
  const found = new Map<string, { submission: Submission; file: SourceFile }>();
  for (const submission of programs) {
    const file = submission.files.find(({ path }) => /\.(ts|js|mjs)$/.test(path) && stem(path) === module);
    if (file !== undefined && !found.has(file.text)) found.set(file.text, { submission, file });
  }
  return found;
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
  const checks = nearestFirst(coursework, file);
  const student = openDesk(changed, batch, workshop.suppliesFor(changed));
  const verdicts = await runChecks(checks, student, clock, isMissed);
  await student.close();
  const missed = verdicts.find(isMissed);
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
  const same = await computesTheSame(submission, changed, desk);
  const measured = checks.some((check) => isOf(coursework, check, file) && check.problems !== undefined);
  const fate = !same ? 'survived' : measured ? 'equivalent' : 'free';
  return row(fate, { diff: mutantDiff(file, mutant) });
}

const isMissed = ({ outcome }: Verdict) => !['pass', 'manual', 'broken'].includes(outcome);

const isOf = ({ assignment }: Coursework, check: Check, file: SourceFile) =>
  assignment.tasks.some(
    ({ id, module }) => id === check.task && module !== undefined && stem(module) === stem(file.path),
  );

/** All checks, those of the file's own tasks first and those that take seconds last, each after the checks that it needs. */
function nearestFirst(coursework: Coursework, file: SourceFile): Check[] {
  const rank = (check: Check) => (isOf(coursework, check, file) ? 0 : 2) + (check.costly === true ? 1 : 0);
  const ordered = new Set<Check>();
  const put = (check: Check) => {
    for (const need of coursework.checks.filter(({ id }) => check.needs?.includes(id))) put(need);
    ordered.add(check);
  };
  [...coursework.checks].sort((a, b) => rank(a) - rank(b)).forEach(put);
  return [...ordered];
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
