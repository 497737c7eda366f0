/** Plants every known mistake, alone and in pairs, and asks the coursework's own checks whether they see it. */
import type { Check } from '../check.ts';
import type { Coursework } from '../coursework.ts';
import type { BatchContext } from '../desk.ts';
import type { FormulaProblem } from '../formula/problem.ts';
import type { Diagnosis, Verdict } from '../model.ts';
import type { AnyProblem } from '../problem.ts';
import { pairs } from '../mistakes/program.ts';
import { runChecks } from '../runner.ts';
import type { Planted } from './planted-desk.ts';
import { plantedDesk } from './planted-desk.ts';

/** What became of one planted mistake. */
export interface PlantedRow {
  /** Problem or formula key. */
  problem: string;
  mistake: string;
  title: string;
  kind: 'single' | 'pair' | 'formula' | 'right';
  /** Checks that failed. */
  failed: string[];
  /** Checks of ours that broke: never fine. */
  broken: string[];
  /** Of the failing checks: decades between the answer and the tolerance, the clearest first. */
  margin?: number;
  diagnosis?: Diagnosis;
}

export const problemsOf = (checks: readonly Check[]): AnyProblem[] => [
  ...new Set(checks.flatMap((check) => check.problems ?? [])),
];
export const formulasOf = (checks: readonly Check[]): FormulaProblem[] => [
  ...new Set(checks.flatMap((check) => check.formulas ?? [])),
];

/** Every planted mistake of the coursework, one row each; `withPairs` adds all two-mistake programs. */
export async function* plantAll(
  coursework: Coursework,
  batch: BatchContext,
  withPairs: boolean,
): AsyncGenerator<PlantedRow> {
  const formulas = formulasOf(coursework.checks);
  for (const problem of problemsOf(coursework.checks)) {
    const checks = coursework.checks.filter((check) => check.problems?.includes(problem));
    const judge = async (kind: PlantedRow['kind'], id: string, title: string, planted: Planted) =>
      row(problem.id, kind, id, title, await verdictsOf(checks, batch, formulas, planted));
    yield await judge('right', 'oracle', 'the right answer', { kind: 'nothing' });
    for (const { id, title, compute } of problem.accepts ?? []) {
      yield await judge('right', id, title, { kind: 'answers', problem, compute });
    }
    for (const { id, title, compute } of problem.mistakes) {
      yield await judge('single', id, title, { kind: 'answers', problem, compute });
    }
    if (!withPairs) continue;
    for (const { id, title, compute } of pairs(problem.mistakes)) {
      yield await judge('pair', id, title, { kind: 'answers', problem, compute });
    }
  }
  for (const formula of formulas) {
    const checks = coursework.checks.filter((check) => check.formulas?.includes(formula));
    for (const { id, title, text } of formula.mistakes) {
      const planted: Planted = { kind: 'formula', formula, text };
      yield row(formula.key, 'formula', id, title, await verdictsOf(checks, batch, formulas, planted));
    }
  }
}

function verdictsOf(
  checks: readonly Check[],
  batch: BatchContext,
  formulas: readonly FormulaProblem[],
  planted: Planted,
) {
  const standalone = checks.map((check) => ({ ...check, needs: [] }));
  return runChecks(standalone, plantedDesk(batch, formulas, planted), batch.clock);
}

function row(
  problem: string,
  kind: PlantedRow['kind'],
  mistake: string,
  title: string,
  verdicts: readonly Verdict[],
): PlantedRow {
  // A check that wants the student's own process is not at stake here.
  const judged = verdicts.filter((verdict) => !(verdict.staff ?? '').includes('NeedsProgram'));
  const failing = judged.filter((verdict) => verdict.outcome === 'fail');
  const margins = failing.flatMap((verdict) => (verdict.margin === undefined ? [] : [verdict.margin]));
  const diagnosis = failing.find((verdict) => verdict.diagnosis !== undefined)?.diagnosis;
  return {
    problem,
    mistake,
    title,
    kind,
    failed: failing.map((verdict) => verdict.id),
    broken: judged
      .filter((verdict) => verdict.outcome === 'broken')
      .map((verdict) => `${verdict.id}: ${verdict.staff}`),
    ...(margins.length === 0 ? {} : { margin: Math.min(...margins) }),
    ...(diagnosis === undefined ? {} : { diagnosis }),
  };
}
