/**
 * The grader on trial. Known mistakes are planted, correct programs graded on many probes, mutants of them graded, the
 * same work graded again; the figures say how many wrong answers pass and how many right ones fail.
 */
import type { Backend, SandboxLevel } from '../model/guest.ts';
import type { Submission } from '../model/submission.ts';
import { inParallel } from '../batch/in-parallel.ts';
import type { Coursework } from '../coursework.ts';
import type { GuestFactory } from '../guest-factory.ts';
import { createGuestFactory } from '../guest-factory.ts';
import type { CorrectRow, CorrectRunOptions, Part } from './correct-runs.ts';
import { batchesOf, batchOf, cheapPart, gradeWithSeeds } from './correct-runs.ts';
import type { EndingRow } from './endings.ts';
import { tryEnding } from './endings.ts';
import type { AuditFigures, Share } from './figures.ts';
import { figuresOf } from './figures.ts';
import type { PlantedRow } from './known-mistakes.ts';
import { planMistakes, plantMistake } from './known-mistakes.ts';
import { mutantRows } from './mutant-rows.ts';
import type { MutantRow } from './mutation-runs.ts';
import type { AuditPlan } from './plan.ts';
import { keyOf } from './plan.ts';
import type { ReproducibilityRow } from './reproducibility.ts';
import { gradeRepeatedly } from './reproducibility.ts';

export interface AuditReport {
  schema: 'gradmark/audit/v1';
  assignment: string;
  title: string;
  graderVersion: string;
  level: SandboxLevel;
  seed: number;
  backends: readonly Backend[];
  programs: string[];
  /** Automatic checks in front of which known mistakes can be planted; the others are shown to have teeth by fixtures and mutants. */
  planting: Share;
  figures: AuditFigures;
  planted: PlantedRow[];
  endings: EndingRow[];
  correct: CorrectRow[];
  mutants: MutantRow[];
  reproducibility: ReproducibilityRow[];
}

/** Runs the whole audit. What the journal holds already is not measured again. */
export async function audit(plan: AuditPlan, graderVersion: string): Promise<AuditReport> {
  const { coursework, level, seed, backends, parts } = plan;
  const planted = await plantedRows(plan);
  const endings = await endingRows(plan);
  const correctRows = await correctRuns(plan);
  const mutants = await mutantRows(plan);
  const reproducibility = await repeatedRows(plan);
  const rows = { planted, endings, correct: correctRows, mutants, reproducibility };
  return {
    schema: 'gradmark/audit/v1',
    assignment: coursework.assignment.slug,
    title: coursework.assignment.title,
    graderVersion,
    level,
    seed,
    backends,
    programs: correctOf(parts).map((submission) => submission.id),
    planting: plantingOf(coursework),
    figures: figuresOf(rows),
    ...rows,
  };
}

async function plantedRows({
  coursework,
  seed,
  mostPairs,
  journal,
  clock,
  onProgress,
}: AuditPlan): Promise<PlantedRow[]> {
  const batch = batchOf(coursework, seed, clock);
  const mistakes = planMistakes(coursework, mostPairs, batch);
  const rows: PlantedRow[] = [];
  for (const mistake of mistakes) {
    rows.push(await journal.row(mistake.key, () => plantMistake(mistake, coursework, batch)));
    onProgress('known mistakes', rows.length, mistakes.length);
  }
  return rows;
}

async function endingRows({ coursework, endings, level, seed, journal, jobs, clock, onProgress }: AuditPlan) {
  if (endings.length === 0) return [];
  const factory = await createGuestFactory({ coursework, level, backend: 'wasm' });
  const batch = batchOf(coursework, seed, clock);
  let done = 0;
  try {
    return await inParallel(endings, jobs, async (fixture) => {
      const key = `ending/${keyOf(fixture.submission)}`;
      const row = await journal.row(key, () => tryEnding(fixture, coursework, batch, factory));
      onProgress('declared endings', ++done, endings.length);
      return row;
    });
  } finally {
    await factory.close();
  }
}

async function correctRuns(plan: AuditPlan): Promise<CorrectRow[]> {
  const { parts, backends, seeds, seed, level, journal, jobs, clock, onProgress } = plan;
  const total = correctOf(parts).length * backends.length * seeds;
  // Enough seeds per session that starting it does not count, few enough that an interrupted audit loses little.
  const chunk = 25;
  const chunks = Array.from({ length: Math.ceil(seeds / chunk) }, (_, i) =>
    Array.from({ length: Math.min(chunk, seeds - i * chunk) }, (_, j) => seed + i * chunk + j),
  );
  const factories: GuestFactory[] = [];
  try {
    const graded: (Pick<Part, 'correct'> & { backend: Backend; options: CorrectRunOptions })[] = [];
    for (const { coursework, correct } of parts) {
      const batch = batchesOf(coursework, clock, 2 * chunk);
      for (const backend of backends) {
        const factory = await createGuestFactory({ coursework, level, backend });
        factories.push(factory);
        graded.push({ correct, backend, options: { coursework, batch, factory, clock } });
      }
    }
    // Seeds come last, so that programs in a row share what is computed for a seed.
    const pieces = chunks.flatMap((of) =>
      graded.flatMap(({ correct, ...rest }) => correct.map((submission) => ({ ...rest, submission, seeds: of }))),
    );
    let done = 0;
    const rows = await inParallel(pieces, jobs, async ({ submission, backend, seeds: of, options }) => {
      const key = `correct/${keyOf(submission)}/${backend}/${of[0]}+${of.length}`;
      const measured = await journal.row(key, () => Array.fromAsync(gradeWithSeeds(submission, backend, of, options)));
      onProgress('correct programs', (done += measured.length), total);
      return measured;
    });
    return rows.flat();
  } finally {
    for (const factory of factories) await factory.close();
  }
}

async function repeatedRows(plan: AuditPlan): Promise<ReproducibilityRow[]> {
  const { parts, level, seed, repetitions, repeatCostly, clock, journal, onProgress } = plan;
  const found: ReproducibilityRow[] = [];
  for (const { coursework: whole, correct } of parts) {
    const coursework = repeatCostly ? whole : cheapPart(whole);
    const factory = await createGuestFactory({ coursework, level, backend: 'wasm' });
    try {
      const [first, another = first] = correct;
      const rows = await journal.row(`repeated/${keyOf(first!)}/${keyOf(another!)}/${repetitions}`, () =>
        gradeRepeatedly(first!, another!, repetitions, { coursework, factory, seed, clock }),
      );
      found.push(...rows);
      onProgress('repetitions', found.length, parts.length * rows.length);
    } finally {
      await factory.close();
    }
  }
  return found;
}

const correctOf = (parts: readonly Part[]): Submission[] => parts.flatMap(({ correct }) => correct);

function plantingOf({ checks }: Coursework): Share {
  const automatic = checks.filter((check) => check.manual !== true);
  const judging = automatic.filter(({ problems, formulas }) => problems !== undefined || formulas !== undefined);
  return { part: judging.length, of: automatic.length };
}
