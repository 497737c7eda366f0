/** The figures of an audit, computed from its rows. Every number that is published comes from here. */
import type { CorrectRow } from './correct-runs.ts';
import type { EndingRow } from './endings.ts';
import type { GeneralKind } from './general-mistakes.ts';
import type { PlantedRow } from './known-mistakes.ts';
import type { MutantRow } from './mutation-runs.ts';

export interface Share {
  part: number;
  of: number;
}

export interface BoundedShare extends Share {
  /** 95 % upper bound of the rate (rule of three when there is none). */
  upperBound: number;
}

export interface AuditFigures {
  knownMistakes: Share;
  pairs: Share;
  plantedErrors: Share;
  /** Mistakes that any program may make, by their kind. */
  general: Readonly<Partial<Record<GeneralKind, Share>>>;
  /** Killed mutants of those that compute something else. */
  mutants: Share & { equivalent: number; free: number };
  falseRejections: BoundedShare;
  /** The same for the runs in which the costly checks took part. */
  costlyRejections: BoundedShare;
  /** Named mistakes that were named rightly, of all that were named; `tied` of them beside mistakes that are others. */
  precision: Share & { tied: number };
  /** Known mistakes named rightly, of all known mistakes. */
  recall: Share;
  /** Pairs of mistakes that were called, with certainty, something they are not. */
  falselyCertain: Share;
  /** Decades between the worst right answer and the nearest known mistake. */
  marginDecades: number | null;
  /** Known mistakes that lie at least ten times beyond the rejecting band, or say why they cannot. */
  certified: Share;
  reproducible: Share;
  /** Fixtures that end as they declare. */
  endings: Share;
  broken: number;
}

interface AuditRows {
  planted: readonly PlantedRow[];
  correct: readonly CorrectRow[];
  mutants: readonly MutantRow[];
  endings: readonly EndingRow[];
  reproducibility: readonly { program: string; same: boolean }[];
}

/** Sums up the rows of an audit. */
export function figuresOf({ planted, endings, correct, mutants, reproducibility }: AuditRows): AuditFigures {
  const ofKind = (...kinds: PlantedRow['kind'][]) => planted.filter((row) => kinds.includes(row.kind));
  const singles = ofKind('single', 'formula');
  const named = singles.filter((row) => isNamed(row));
  const rightly = named.filter(isRightly);
  const alive = mutants.filter((row) => row.fate === 'killed' || row.fate === 'survived');
  const rightRejected = ofKind('right').filter((row) => row.failed.length > 0);
  const costly = correct.filter((row) => row.costly);
  const certainPairs = ofKind('pair').filter((row) => row.diagnosis?.certainty === 'certain');
  return {
    knownMistakes: killed(singles),
    pairs: killed(ofKind('pair').filter((row) => !row.cancels)),
    plantedErrors: killed(ofKind('nudge')),
    general: byKind(ofKind('general')),
    mutants: {
      part: alive.filter((row) => row.fate === 'killed').length,
      of: alive.length,
      equivalent: mutants.filter((row) => row.fate === 'equivalent').length,
      free: mutants.filter((row) => row.fate === 'free').length,
    },
    falseRejections: bounded(failed(correct) + rightRejected.length, correct.length + ofKind('right').length),
    costlyRejections: bounded(failed(costly), costly.length),
    precision: { part: rightly.length, of: named.length, tied: rightly.filter(isTied).length },
    recall: { part: rightly.length, of: singles.length },
    falselyCertain: {
      part: certainPairs.filter((row) => !isRightly(row)).length,
      of: ofKind('pair').length,
    },
    marginDecades: decades(planted, correct),
    certified: {
      part: planted.filter((row) => isFar(row) || row.faint !== undefined).length,
      of: planted.filter((row) => row.timesReject !== undefined).length,
    },
    endings: { part: endings.filter(({ faults }) => faults.length === 0).length, of: endings.length },
    reproducible: { part: reproducibility.filter((row) => row.same).length, of: reproducibility.length },
    broken:
      planted.filter((row) => row.broken.length > 0).length +
      correct.filter((row) => row.broken.length > 0).length +
      mutants.filter((row) => row.fate === 'broken').length,
  };
}

const failed = (rows: readonly CorrectRow[]): number => rows.filter((row) => row.failed.length > 0).length;
const bounded = (part: number, of: number): BoundedShare => ({ part, of, upperBound: upperBound(part, of) });

/** Whether other mistakes than the planted one are named, too. */
export const isTied = (row: PlantedRow): boolean => row.diagnosis!.mistakes.some((id) => !row.sameAs.includes(id));

/** Of each kind, where some check judged it without the student's own process: one of these checks has to fail. */
const byKind = (all: readonly PlantedRow[]): AuditFigures['general'] => {
  const rows = all.filter(({ judged, broken }) => judged.length + broken.length > 0);
  return Object.fromEntries(
    [...new Set(rows.map(({ general }) => general!))].map((kind) => [
      kind,
      killed(rows.filter(({ general }) => general === kind)),
    ]),
  );
};

/** The kinds of general mistakes that each check was seen to catch. */
export function provenAgainst(planted: readonly PlantedRow[]): Map<string, GeneralKind[]> {
  const proven = new Map<string, Set<GeneralKind>>();
  for (const { general, judged, failed } of planted) {
    for (const id of general === undefined ? [] : judged) {
      const kinds = proven.get(id) ?? new Set();
      if (failed.includes(id)) kinds.add(general!);
      proven.set(id, kinds);
    }
  }
  return new Map([...proven].map(([id, kinds]) => [id, [...kinds]]));
}

const killed = (rows: readonly PlantedRow[]): Share => ({
  part: rows.filter((row) => row.failed.length > 0).length,
  of: rows.length,
});

/** Far enough that neither rounding nor luck brings it near the tolerance. */
export const isFar = (row: PlantedRow) => row.timesReject !== undefined && row.timesReject >= 10;

/** Whether the diagnosis names any mistake. */
export const isNamed = (row: PlantedRow): boolean => row.diagnosis !== undefined && row.diagnosis.mistakes.length > 0;
/** Whether the planted mistake is among those that are named. */
export const isRightly = (row: PlantedRow): boolean =>
  row.diagnosis?.mistakes.some((id) => row.sameAs.includes(id)) === true;

/**
 * From the worst margin of a right answer to the nearest margin of a single known mistake, in the check where the two are
 * closest. Both are taken from one check: a coarse tolerance of one question says nothing about a fine one of another.
 */
function decades(planted: readonly PlantedRow[], correct: readonly CorrectRow[]): number | null {
  const gaps = planted.flatMap(({ kind, margin, clearest, faint }) => {
    if (kind !== 'single' || margin === undefined || clearest === undefined || faint !== undefined) return [];
    const right = correct.flatMap(({ margins }) => margins[clearest] ?? []);
    return right.length === 0 ? [] : [Math.min(...right) - margin];
  });
  return gaps.length === 0 ? null : Math.min(...gaps);
}

/**
 * Exact (Clopper–Pearson) 95 % upper bound of a rate after `part` events in `of` trials, by bisection on the binomial tail;
 * with no event it is 1 − 0.05^(1/n) ≈ 3/n.
 */
export function upperBound(part: number, of: number): number {
  if (of === 0) return 1;
  let [low, high] = [part / of, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (atMost(part, of, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** P(X ≤ k) for X ~ Binomial(n, p), summed in logarithms. */
function atMost(k: number, n: number, p: number): number {
  if (p >= 1) return k >= n ? 1 : 0;
  let term = n * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let i = 1; i <= k; i++) {
    term += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(term);
  }
  return sum;
}
