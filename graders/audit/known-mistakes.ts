/** Plants every known mistake, alone and in pairs, and asks the coursework's own checks whether they see it. */
import type { Check } from '../check.ts';
import type { Coursework } from '../coursework.ts';
import type { BatchContext } from '../check-context.ts';
import type { FormulaProblem } from '../formula/problem.ts';
import type { Diagnosis } from '../model/finding.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Verdict } from '../model/verdict.ts';
import type { AnyProblem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { mapArray } from '../numerics/arrays.ts';
import { answerDistance } from '../numerics/identifiability.ts';
import { fitScale } from '../numerics/scale.ts';
import { float32 } from '../numerics/tolerance.ts';
import { pairs } from '../mistakes/program.ts';
import { createRandom } from '../numerics/random.ts';
import { runChecks } from '../runner.ts';
import type { GeneralKind } from './general-mistakes.ts';
import { generalKinds, generalMistakes } from './general-mistakes.ts';
import type { Planted } from './planted-context.ts';
import { plantedContext } from './planted-context.ts';

/** What became of one planted mistake. */
export interface PlantedRow {
  /** Problem or formula key. */
  problem: string;
  mistake: string;
  title: string;
  /** `nudge`: one entry of one tensor is 0.1 % too large. `right`: the oracle, or a convention that is accepted. */
  kind: 'single' | 'pair' | 'formula' | 'right' | 'nudge' | 'general';
  /** Of a general mistake: which. */
  general?: GeneralKind;
  /** Ids that name this mistake rightly: its own, its parts, and those that are algebraically the same. */
  sameAs: string[];
  /** Checks that judged the planted answers. */
  judged: string[];
  /** Of these, the ones that failed. */
  failed: string[];
  /** Checks of ours that broke: never fine. */
  broken: string[];
  /** Of the failing checks: the most decades between the answer and the tolerance, and the check that shows them. */
  margin?: number;
  clearest?: string;
  /** For a single mistake: how many times beyond the rejecting band it lies in its clearest tensor. */
  timesReject?: number;
  /** Why this mistake may lie closer than ten times the band. */
  faint?: string;
  diagnosis?: Diagnosis;
  /** Set for a pair whose two mistakes cancel: it is right on every probe. */
  cancels?: boolean;
}

export const problemsOf = (checks: readonly Check[]): AnyProblem[] => [
  ...new Set(checks.flatMap((check) => check.problems ?? [])),
];
export const formulasOf = (checks: readonly Check[]): FormulaProblem[] => [
  ...new Set(checks.flatMap((check) => check.formulas ?? [])),
];

interface PlannedMistake {
  key: string;
  row: Pick<PlantedRow, 'problem' | 'mistake' | 'title' | 'kind' | 'general' | 'sameAs'>;
  checks: readonly Check[];
  planted: Planted;
}

/**
 * Every mistake that can be planted in the coursework; at most `mostPairs` two-mistake programs per problem, drawn evenly. Those
 * that any program may make are found on the probes of the batch, and left out without one.
 */
export function planMistakes(coursework: Coursework, mostPairs: number, batch?: BatchContext): PlannedMistake[] {
  return [
    ...problemsOf(coursework.checks).flatMap((problem) => [
      ...planProblem(coursework, problem, mostPairs),
      ...(batch === undefined ? [] : planGeneral(coursework, problem, batch)),
    ]),
    ...formulasOf(coursework.checks).flatMap((formula) => planFormula(coursework, formula)),
  ];
}

function planProblem(coursework: Coursework, problem: AnyProblem, mostPairs: number): PlannedMistake[] {
  const checks = coursework.checks.filter((check) => check.problems?.includes(problem));
  const twinsOf = (id: string) => problem.twins?.filter(({ ids }) => ids.includes(id)).flatMap(({ ids }) => ids) ?? [];
  const plan = (
    kind: PlantedRow['kind'],
    id: string,
    title: string,
    compute: (probe: never) => Answer,
  ): PlannedMistake => ({
    key: `planted/${problem.id}/${kind}/${id}`,
    row: {
      problem: problem.id,
      mistake: id,
      title,
      kind,
      sameAs: [id, ...id.split('+').flatMap((part) => [part, ...twinsOf(part)])],
    },
    checks,
    planted: { kind: 'answers', problem, compute },
  });
  const allPairs = pairs(problem.mistakes);
  const step = Math.max(1, Math.ceil(allPairs.length / Math.max(1, mostPairs)));
  return [
    plan('right', 'oracle', 'the right answer', problem.oracle as (probe: never) => Answer),
    ...(problem.accepts ?? []).map(({ id, title, compute }) => plan('right', id, title, compute)),
    ...nudges(problem).map(({ tensor, compute }) => plan('nudge', tensor, `${tensor} 0.1 % off in one entry`, compute)),
    ...problem.mistakes.map(({ id, title, compute }) => plan('single', id, title, compute)),
    ...(mostPairs === 0 ? [] : allPairs.filter((_, i) => i % step === 0)).map(({ id, title, compute }) =>
      plan('pair', id, title, compute),
    ),
  ];
}

/** Mistakes that any program may make; what is handed in as text has no program. */
function planGeneral(coursework: Coursework, problem: AnyProblem, batch: BatchContext): PlannedMistake[] {
  const checks = coursework.checks.filter((check) => check.problems?.includes(problem));
  return generalMistakes(problem, probesIn(batch, problem)).map(({ kind, id, start }) => ({
    key: `planted/${problem.id}/general/${id}`,
    row: { problem: problem.id, mistake: id, title: generalKinds[kind], kind: 'general', general: kind, sameAs: [] },
    checks,
    planted: { kind: 'answers', problem, compute: start() },
  }));
}

/** An error of 0.1 % in the largest entry of one tensor, tensor by tensor, where an answer is made of real numbers. */
function nudges(problem: AnyProblem): { tensor: string; compute: (probe: never) => Answer }[] {
  if (problem.coarse === true) return [];
  const [probe] = problem.probes(createRandom(0, problem.id)) as readonly unknown[];
  return Object.keys(problem.oracle(probe)).map((tensor) => ({
    tensor,
    compute: (at: never) => {
      const answer = problem.oracle(at);
      return { ...answer, [tensor]: nudged(answer[tensor]!) };
    },
  }));
}

function nudged(array: NdArray): NdArray {
  const data = array.data.slice();
  const largest = data.reduce((best, value, i) => (Math.abs(value) > Math.abs(data[best]!) ? i : best), 0);
  data[largest]! *= 1.001;
  return { ...array, data };
}

function planFormula(coursework: Coursework, formula: FormulaProblem): PlannedMistake[] {
  const checks = coursework.checks.filter((check) => check.formulas?.includes(formula));
  return formula.mistakes.map(({ id, title, text }) => ({
    key: `planted/${formula.key}/formula/${id}`,
    row: { problem: formula.key, mistake: id, title, kind: 'formula', sameAs: [id] },
    checks,
    planted: { kind: 'formula', formula, text },
  }));
}

/** The probes of the batch, drawn where no check context has asked for them yet. */
const probesIn = (batch: BatchContext, problem: AnyProblem): readonly unknown[] =>
  plantedContext(batch, [], { kind: 'nothing' }).probes(problem) as readonly unknown[];

/** Plants one mistake and runs the checks that judge its problem. */
export async function plantMistake(
  { row, checks, planted }: PlannedMistake,
  coursework: Coursework,
  batch: BatchContext,
): Promise<PlantedRow> {
  const standalone = checks.map((check) => ({ ...check, needs: [], run: check.judgeProblems ?? check.run }));
  const verdicts = await runChecks(
    standalone,
    plantedContext(batch, formulasOf(coursework.checks), planted),
    batch.clock,
  );
  const judged = judgedRow(row, verdicts);
  if (planted.kind !== 'answers') return judged;
  if (row.kind === 'single') return { ...judged, ...beyondBand(planted, row.mistake, batch) };
  if (row.kind !== 'pair') return judged;
  if (judged.failed.length === 0) return { ...judged, cancels: isRight(planted, batch) };
  return { ...judged, sameAs: [...judged.sameAs, ...identicalTo(planted, judged.diagnosis?.mistakes ?? [], batch)] };
}

/** How far a mistake lies from the right answer, in units of the rejecting band, on the probe that shows it best. */
function beyondBand({ problem, compute }: PlantedAnswers, id: string, batch: BatchContext): Partial<PlantedRow> {
  const band = problem.band ?? float32;
  const probes = probesOf(problem, batch);
  // A band of exactness, or one in units in the last place, has no width to be far from.
  if (band.measure !== 'scaled' || band.reject === 0 || probes.length === 0) return {};
  const distance = Math.max(
    ...probes.map((probe) => {
      const expected = problem.oracle(probe);
      return answerDistance(compute(probe), expected, expected);
    }),
  );
  const faint = problem.faint?.[id];
  // Infinity would not survive being written down.
  return { timesReject: Math.min(distance / band.reject, Number.MAX_VALUE), ...(faint === undefined ? {} : { faint }) };
}

/**
 * Of these mistakes, the ones that give the very numbers of the planted pair on every probe, in whatever accepted convention
 * of size (sum or mean): two slips can make a third.
 */
function identicalTo({ problem, compute }: PlantedAnswers, ids: readonly string[], batch: BatchContext): string[] {
  return problem.mistakes
    .filter(({ id }) => ids.includes(id))
    .filter((mistake) =>
      probesOf(problem, batch).every((probe) => {
        const expected = problem.oracle(probe);
        return [1, ...conventionsOf(problem, probe)].some((size) => {
          const other = scaled(mistake.compute(probe), size);
          return answerDistance(compute(probe), other, scaled(expected, size)) < 1e-9;
        });
      }),
    )
    .map(({ id }) => id);
}

/** Factors between the oracle's answer and the accepted ones that are multiples of it. */
function conventionsOf(problem: AnyProblem, probe: never): number[] {
  const expected = problem.oracle(probe);
  return (problem.accepts ?? []).flatMap((variant) => {
    const fits = Object.entries(variant.compute(probe)).map(([name, array]) => fitScale(array, expected[name]!));
    const size = fits[0]?.scale;
    const common = fits.every(
      (fit) => fit !== undefined && fit.residual < 1e-9 && Math.abs(fit.scale / size! - 1) < 1e-9,
    );
    return common && size !== undefined ? [size] : [];
  });
}

const scaled = (answer: Answer, factor: number): Answer =>
  Object.fromEntries(Object.entries(answer).map(([name, array]) => [name, mapArray(array, (v) => v * factor)]));

type PlantedAnswers = Extract<Planted, { kind: 'answers' }>;

const probesOf = (problem: AnyProblem, batch: BatchContext) =>
  (batch.shared.get(`probes/${problem.id}`) ?? []) as readonly never[];

/** Whether a planted answer is the right one on every probe of the batch, in double precision. */
function isRight({ problem, compute }: PlantedAnswers, batch: BatchContext): boolean {
  return probesOf(problem, batch).every((probe) => {
    const expected = problem.oracle(probe);
    const rights = [expected, ...(problem.accepts ?? []).map((variant) => variant.compute(probe))];
    return rights.some((right) => answerDistance(compute(probe), right, expected) < 1e-9);
  });
}

function judgedRow(row: PlannedMistake['row'], verdicts: readonly Verdict[]): PlantedRow {
  // A check that wants the student's own process is not at stake here.
  const judged = verdicts.filter((verdict) => !(verdict.staff ?? '').includes('NeedsProgram'));
  const failing = judged.filter((verdict) => verdict.outcome === 'fail');
  const margins = failing.flatMap(({ id, margin }) => (margin === undefined ? [] : [{ clearest: id, margin }]));
  const [clearest] = margins.sort((a, b) => a.margin - b.margin);
  const diagnosis = failing.find((verdict) => verdict.diagnosis !== undefined)?.diagnosis;
  return {
    ...row,
    judged: judged.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail').map(({ id }) => id),
    failed: failing.map((verdict) => verdict.id),
    broken: judged
      .filter((verdict) => verdict.outcome === 'broken')
      .map((verdict) => `${verdict.id}: ${verdict.staff ?? ''}`),
    // A mistake is as visible as its clearest tensor.
    ...clearest,
    ...(diagnosis === undefined ? {} : { diagnosis }),
  };
}
