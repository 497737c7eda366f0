/** Grades every mutant of correct programs. A mutant that passes everything is either no mistake at all, or one we miss. */
import type { Check } from '../check.ts';
import type { SandboxLevel, Value } from '../model/guest.ts';
import type { SourceFile, Submission } from '../model/submission.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Coursework } from '../coursework.ts';
import type { BatchContext } from '../check-context.ts';
import { openContext } from '../check-context.ts';
import { runChecks } from '../runner.ts';
import type { GuestFactory } from '../guest-factory.ts';
import type { AnyProblem } from '../problem.ts';
import { answersTo, nearlyEqual } from './equivalence.ts';
import { submissionOf, tasksReachedBy } from './fixtures.ts';
import { isUnitFile } from './unit-file.ts';
import { problemsOf } from './known-mistakes.ts';
import type { Mutant } from './mutant.ts';
import { applyMutant, mutantDiff, mutantsOf } from './mutants.ts';
import { pythonMutants, raisingAt } from './python-mutants.ts';
import { throwingAt } from './reach.ts';

export interface MutantRow {
  program: string;
  /** Unique within the program: path and place of the change, and what stands there. */
  mutant: string;
  operator: string;
  /**
   * `equivalent`: the same numbers on every problem and design; `free`: in code that is judged by its outcomes alone, which are
   * as good: no problem reaches it (another learning rate that trains as well), it draws (another order of the same draws), or it
   * follows another convention that is accepted and noted;
   * `survived`: another answer that nobody noticed.
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

/** All mutants of the code that tasks name: of each unit the first so many differently written correct ones. */
export async function planMutants(
  coursework: Coursework,
  programs: readonly Submission[],
  writings: number,
  level: SandboxLevel,
): Promise<PlannedMutant[]> {
  const units = coursework.assignment.tasks.flatMap(({ unit }) => unit ?? []);
  const written = [...new Set(units)].flatMap((unit) => [...differentlyWritten(unit, programs)].slice(0, writings));
  const files = written.map(([, one]) => one);
  const inPython = files.filter(({ submission }) => submission.language === 'python');
  const others = files.filter(({ submission }) => submission.language !== 'python');
  const changes = await pythonMutants(
    inPython.map(({ file }) => file),
    level,
  );
  const plans = [
    ...inPython.map(async (one, i) => changes[i]!.map((mutant) => ({ ...one, mutant }))),
    ...others.map(async (one) => (await mutantsOf(one.file)).map((mutant) => ({ ...one, mutant }))),
  ];
  return (await Promise.all(plans)).flat();
}

/** The unit's different texts in these programs, in their order, each with the first program that holds it. */
function differentlyWritten(unit: string, programs: readonly Submission[]) {
  const found = new Map<string, { submission: Submission; file: SourceFile }>();
  for (const submission of programs) {
    const file = submission.files.find(({ path }) => isUnitFile(path, unit));
    if (file !== undefined && !found.has(file.text)) found.set(file.text, { submission, file });
  }
  return found;
}

/** Designs on which a survivor is compared with the program it came from. */
const designs = [101, 202, 303];

interface MutantGrading {
  coursework: Coursework;
  factory: GuestFactory;
  batch: BatchContext;
  level: SandboxLevel;
  clock: () => number;
}

/** One mutant, graded; if it passes everything, compared with the original on other designs. */
export async function gradeMutant(planned: PlannedMutant, context: MutantGrading): Promise<MutantRow> {
  const { submission, file, mutant } = planned;
  const { coursework, factory, batch, clock } = context;
  const startedAt = clock();
  const files = submission.files.map((own) => (own === file ? applyMutant(file, mutant) : own));
  const changed = likeIt(submission, files);
  const checks = nearestFirst(checksReachedBy(planned, coursework), coursework, file);
  const student = openContext(changed, batch, factory.sourcesFor(changed));
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
  const fate = await fateOf(planned, changed, context);
  const isOther = fate === 'survived' && (await takesConvention(planned, verdicts, context));
  return row(isOther ? 'free' : fate, { diff: mutantDiff(file, mutant) });
}

/** Whether what passed is noted to follow a convention that is accepted and that the original does not: a sum in place of a mean. */
async function takesConvention(
  { submission }: PlannedMutant,
  verdicts: readonly Verdict[],
  { coursework, factory, batch, clock }: MutantGrading,
): Promise<boolean> {
  const noting = verdicts.filter(({ notes = [] }) => notes.length > 0);
  if (noting.length === 0) return false;
  const checks = coursework.checks.filter(({ id }) => noting.some((verdict) => verdict.id === id));
  const original = openContext(submission, batch, factory.sourcesFor(submission));
  const before = await runChecks(
    checks.map((check) => ({ ...check, needs: [] })),
    original,
    clock,
  );
  await original.close();
  const known = new Set(before.flatMap(({ notes = [] }) => notes));
  return noting.some(({ notes = [] }) => notes.some((note) => !known.has(note)));
}

/** A submission of these files, in the language of the other. */
const likeIt = ({ id, language }: Submission, files: readonly SourceFile[]): Submission => ({
  ...submissionOf(id, files),
  ...(language && { language }),
});

const isMissed = ({ outcome }: Verdict) => !['pass', 'manual', 'broken'].includes(outcome);

const isOf = ({ assignment }: Coursework, check: Check, file: SourceFile) =>
  assignment.tasks.some(({ id, unit }) => id === check.task && unit !== undefined && isUnitFile(file.path, unit));

/** The checks that can end otherwise when this file changes. */
function checksReachedBy({ submission, file }: PlannedMutant, { assignment, checks }: Coursework): Check[] {
  const tasks = tasksReachedBy([file.path], assignment, submission);
  return checks.filter((check) => tasks.includes(check.task));
}

/** The checks, those of the file's own tasks first and the costly ones last, each after the checks that it needs. */
function nearestFirst(checks: readonly Check[], coursework: Coursework, file: SourceFile): Check[] {
  const rank = (check: Check) => (isOf(coursework, check, file) ? 0 : 2) + (check.costly === true ? 1 : 0);
  const ordered = new Set<Check>();
  const put = (check: Check) => {
    for (const need of coursework.checks.filter(({ id }) => check.needs?.includes(id))) put(need);
    ordered.add(check);
  };
  [...checks].sort((a, b) => rank(a) - rank(b)).forEach(put);
  return [...ordered];
}

/** What a mutant is that passes every check. */
async function fateOf(
  planned: PlannedMutant,
  changed: Submission,
  context: MutantGrading,
): Promise<'equivalent' | 'free' | 'survived'> {
  const { submission, file, mutant } = planned;
  // What is handed in as text in answers.json does not change with the program.
  const problems = problemsOf(checksReachedBy(planned, context.coursework)).filter(
    ({ handedIn }) => handedIn === undefined,
  );
  const differ = async (other: Submission, among: readonly AnyProblem[]) => {
    const answers = (of: Submission) => answersTo(among, designs, context.factory.sourcesFor(of));
    return !sameAnswers(await answers(submission), await answers(other));
  };
  const { drawn = [], computed = [] } = Object.groupBy(problems, (problem) => (problem.drawn ? 'drawn' : 'computed'));
  if (await differ(changed, computed)) return 'survived';
  if (await differ(changed, drawn)) return 'free';
  const throwing = submission.language === 'python' ? raisingAt : throwingAt;
  const files = submission.files.map((own) => (own === file ? throwing(file, mutant) : own));
  return (await differ(likeIt(submission, files), problems)) ? 'equivalent' : 'free';
}

const sameAnswers = (before: readonly Value[], after: readonly Value[]) =>
  before.length === after.length && before.every((value, i) => nearlyEqual(value, after[i]));
