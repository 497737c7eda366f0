/**
 * The grader on trial. Known mistakes are planted, correct programs graded on many probes, mutants of them graded, the
 * same work graded again; the figures say how many wrong answers pass and how many right ones fail.
 */
import type { Backend, SandboxLevel } from '../model/guest.ts';
import type { Submission } from '../model/submission.ts';
import { inParallel } from '../batch/in-parallel.ts';
import type { Coursework } from '../coursework.ts';
import { createGuestFactory } from '../guest-factory.ts';
import type { CorrectRow, Part } from './correct-runs.ts';
import { batchesOf, batchOf, cheapPart, gradeWithSeeds } from './correct-runs.ts';
import type { EndingRow } from './endings.ts';
import { tryEnding } from './endings.ts';
import type { AuditFigures, Share } from './figures.ts';
import { figuresOf } from './figures.ts';
import type { Fixture } from './fixtures.ts';
import type { Journal } from './journal.ts';
import type { PlantedRow } from './known-mistakes.ts';
import { planMistakes, plantMistake } from './known-mistakes.ts';
import type { MutantRow } from './mutation-runs.ts';
import { gradeMutant, planMutants } from './mutation-runs.ts';
import type { ReproducibilityRow } from './reproducibility.ts';
import { gradeRepeatedly } from './reproducibility.ts';

interface AuditPlan {
  coursework: Coursework;
  /** All of it, or what programs of different kinds answer of it. */
  parts: readonly Part[];
  /** Fixtures whose declared endings are tried. */
  endings: readonly Fixture[];
  level: SandboxLevel;
  seed: number;
  backends: readonly Backend[];
  /** Seeds per correct program and backend. */
  seeds: number;
  mostPairs: number;
  /** How many differently written correct versions of each module are mutated, and at most how many mutants are graded in all (drawn evenly). */
  writings: number;
  mostMutants: number;
  repetitions: number;
  /** Whether costly checks take part in the repetitions. */
  repeatCostly: boolean;
  jobs: number;
  journal: Journal;
  clock: () => number;
  onProgress: (stage: string, done: number, total: number) => void;
}

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
  // Seeds come last, so that programs in a row share what is computed for a seed.
  const chunks = Array.from({ length: Math.ceil(seeds / chunk) }, (_, i) =>
    Array.from({ length: Math.min(chunk, seeds - i * chunk) }, (_, j) => seed + i * chunk + j),
  );
  const pieces = parts.flatMap(({ coursework, correct }) => {
    const batch = batchesOf(coursework, clock, 2 * chunk);
    return chunks.flatMap((of) =>
      correct.flatMap((submission) =>
        backends.map((backend) => ({ coursework, batch, submission, backend, seeds: of })),
      ),
    );
  });
  let done = 0;
  const rows = await inParallel(pieces, jobs, async ({ coursework, batch, ...piece }) => {
    const key = `correct/${keyOf(piece.submission)}/${piece.backend}/${piece.seeds[0]}+${piece.seeds.length}`;
    const measured = await journal.row(key, () =>
      Array.fromAsync(
        gradeWithSeeds(piece.submission, piece.backend, piece.seeds, { coursework, batch, level, clock }),
      ),
    );
    onProgress('correct programs', (done += measured.length), total);
    return measured;
  });
  return rows.flat();
}

async function mutantRows(plan: AuditPlan): Promise<MutantRow[]> {
  const { coursework, parts, writings, mostMutants, level, seed, journal, jobs, clock, onProgress } = plan;
  const all = await planMutants(coursework, correctOf(parts), writings, level);
  const step = Math.max(1, all.length / mostMutants);
  const chosen = Array.from({ length: Math.min(all.length, mostMutants) }, (_, i) => all[Math.floor(i * step)]!);
  // A mutant may loop for ever: a correct program needs a fraction of this.
  const impatient = {
    ...coursework,
    assignment: { ...coursework.assignment, limits: { ...coursework.assignment.limits, callMs: 2000 } },
  };
  const factory = await createGuestFactory({ coursework: impatient, level, backend: 'wasm' });
  const context = {
    coursework: impatient,
    factory,
    batch: batchOf(impatient, seed, clock),
    level,
    clock,
  };
  let done = 0;
  try {
    return await inParallel(chosen, jobs, async (planned) => {
      const { submission, file, mutant } = planned;
      const key = `mutant/${keyOf(submission)}/${file.path}@${mutant.start}-${mutant.end}:${mutant.replacement}`;
      const row = await journal.row(key, () => gradeMutant(planned, context));
      onProgress('mutants', ++done, chosen.length);
      return row;
    });
  } finally {
    await factory.close();
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

/** A program by its name and its text: a program that was changed is another one. */
const keyOf = ({ id, sha256 }: Submission): string => `${id}#${sha256.slice(0, 16)}`;
