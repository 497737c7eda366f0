/** The rows of an audit as plain view data: every share, order and rounding happens here. */
import type { AuditReport } from '../graders/audit/audit.ts';
import type { PlantedRow } from '../graders/audit/known-mistakes.ts';
import type { Share } from '../graders/audit/figures.ts';
import { isRightly, provenAgainst } from '../graders/audit/figures.ts';
import type { GeneralKind } from '../graders/audit/general-mistakes.ts';
import { generalKinds } from '../graders/audit/general-mistakes.ts';
import { alike } from '../graders/audit/text.ts';
import { plain, plainLine } from './plain-text.ts';

interface Figure {
  name: string;
  value: string;
  note: string;
  /** ✓, ✗, or – where nothing was tried. */
  mark: string;
}

interface AuditView {
  title: string;
  assignment: string;
  verdict: string;
  good: boolean;
  unmet: string[];
  facts: string;
  figures: Figure[];
  /** Mutants that pass every check, by what they are. */
  passing: { id: string; heading: string; open: boolean; mutants: { program: string; diff: string }[] }[];
  /** Fixtures that end otherwise than they declare. */
  untrue: { fixture: string; faults: string[] }[];
  hasUntrue: boolean;
  /** Check by check, the mistakes of any program that were planted in front of it and seen. */
  general: { kinds: { name: string; what: string }[]; checks: { id: string; proven: boolean[] }[] };
  rejected: { program: string; why: string }[];
  hasRejected: boolean;
  /** The confusion matrix of the names, problem by problem, without its diagonal. */
  confusions: { problem: string; planted: string; named: string; certainty: string }[];
  named: string;
  mistakes: { problem: string; title: string; caught: string; named: string; margin: string }[];
}

const share = ({ part, of }: Share): string => (of === 0 ? 'none tried' : `${part} of ${of}`);
const percent = (value: number): string => `${Number((100 * value).toPrecision(2))} %`;
const markOf = ({ part, of }: Share): string => (of === 0 ? '–' : tick(part === of));
const tick = (good: boolean): string => (good ? '✓' : '✗');

/** Survivors are for reading now, the others for whoever doubts them. */
const fates = [
  { fate: 'survived', heading: 'Mutants that survive: another answer, and no check saw it', open: true },
  { fate: 'free', heading: 'Mutants in code that is judged by its outcomes, which are as good', open: false },
  { fate: 'equivalent', heading: 'Mutants that compute the same', open: false },
] as const;

/** Everything the page shows. */
export function viewAudit(report: AuditReport, unmet: readonly string[]): AuditView {
  const passing = fates.map(({ fate, ...words }) => ({
    ...words,
    id: fate,
    mutants: report.mutants
      .filter((row) => row.fate === fate)
      .map((row) => ({ program: plainLine(row.program), diff: plain(row.diff ?? '') })),
  }));
  const rejected = report.correct
    .filter((row) => row.failed.length > 0 || row.broken.length > 0)
    .map((row) => ({
      program: plainLine(`${row.program}, ${row.backend}, seed ${row.seed}`),
      why: plainLine([...row.failed, ...row.broken].join('; ')),
    }));
  const untrue = report.endings
    .filter(({ faults }) => faults.length > 0)
    .map(({ fixture, faults }) => ({ fixture: plainLine(fixture), faults: faults.map((fault) => plainLine(fault)) }));
  return {
    title: plainLine(report.title),
    assignment: report.assignment,
    verdict: unmet.length === 0 ? 'Good enough to be used.' : 'Not good enough to be used.',
    good: unmet.length === 0,
    unmet: [...unmet],
    facts: `gradmark ${report.graderVersion}, sandbox level ${report.level}, seed ${report.seed}, backends ${report.backends.join(' and ')}, ${report.programs.length} correct programs`,
    figures: figuresOf(report),
    passing: passing.filter(({ mutants }) => mutants.length > 0),
    untrue,
    hasUntrue: untrue.length > 0,
    general: generalOf(report),
    rejected,
    hasRejected: rejected.length > 0,
    named: `${report.figures.recall.part} of ${report.figures.recall.of} planted mistakes are named, ${report.figures.recall.part - report.figures.precision.tied} of them alone.`,
    confusions: report.planted.filter(isSingle).flatMap(confusionsOf),
    mistakes: report.planted
      .filter((row) => ['single', 'formula', 'nudge'].includes(row.kind))
      .map((row) => ({
        problem: plainLine(row.problem),
        title: plainLine(row.title),
        caught: row.failed.length > 0 ? row.failed.join(', ') : 'passes',
        named: namedAs(row),
        margin: row.margin === undefined ? '' : `${Math.abs(row.margin).toFixed(1)} decades`,
      })),
  };
}

function generalOf({ planted }: AuditReport): AuditView['general'] {
  const kinds = Object.entries(generalKinds).map(([name, what]) => ({ name, what }));
  const checks = [...provenAgainst(planted)].map(([id, seen]) => ({
    id: plainLine(id),
    proven: kinds.map(({ name }) => seen.includes(name as GeneralKind)),
  }));
  return { kinds, checks };
}

const isSingle = ({ kind }: PlantedRow) => kind === 'single' || kind === 'formula';

/** What a planted mistake was called besides, or instead of, its own name. */
function confusionsOf(row: PlantedRow) {
  const others = (row.diagnosis?.mistakes ?? []).filter((id) => !row.sameAs.includes(id));
  const names = others.length === 0 && !isRightly(row) ? ['nothing'] : others;
  return names.map((named) => ({
    problem: plainLine(row.problem),
    planted: plainLine(row.mistake),
    named: plainLine(named),
    certainty: row.diagnosis?.certainty ?? 'no diagnosis',
  }));
}

function namedAs(row: PlantedRow): string {
  if (row.diagnosis === undefined || row.kind === 'nudge') return '';
  const { mistakes, certainty } = row.diagnosis;
  if (mistakes.length === 0) return 'not named';
  const others = mistakes.filter((id) => !row.sameAs.includes(id)).join(', ');
  if (!isRightly(row)) return `as ${others}`;
  return others === '' ? certainty : `${certainty}, beside ${others}`;
}

function figuresOf({ figures, planting }: AuditReport): Figure[] {
  const { mutants, falseRejections, costlyRejections, marginDecades } = figures;
  const line = (name: string, value: Share, note: string): Figure => ({
    name,
    value: share(value),
    note,
    mark: markOf(value),
  });
  return [
    line(
      'Known mistakes caught',
      figures.knownMistakes,
      `each planted alone, in front of ${planting.part} of ${planting.of} automatic checks`,
    ),
    line('Pairs of mistakes caught', figures.pairs, 'two at once; pairs that cancel are right answers'),
    line('Errors of 0.1 % caught', figures.plantedErrors, 'one entry of one tensor'),
    ...Object.entries(figures.general).map(([kind, caught]) =>
      line(`Any program: ${kind}`, caught, generalKinds[kind as GeneralKind]),
    ),
    line('Mutants killed', mutants, `small changes to correct programs; ${alike(mutants)}`),
    {
      name: 'Right answers failed',
      value: `${falseRejections.part} of ${falseRejections.of}`,
      note: `95 % upper bound ${percent(falseRejections.upperBound)}`,
      mark: tick(falseRejections.part === 0),
    },
    {
      name: 'of these with costly checks',
      value: share(costlyRejections),
      note: `95 % upper bound ${percent(costlyRejections.upperBound)}`,
      mark: costlyRejections.of === 0 ? '–' : tick(costlyRejections.part === 0),
    },
    line(
      'Names that are right',
      figures.precision,
      `of all mistakes that were named; ${figures.precision.tied} beside another one`,
    ),
    line('Known mistakes named', figures.recall, 'rightly, of all that were planted'),
    {
      name: 'Margin',
      value: marginDecades === null ? 'not measured' : `${marginDecades.toFixed(1)} decades`,
      note: 'between the worst right answer and the nearest known mistake',
      mark: marginDecades === null ? '–' : tick(marginDecades >= 2),
    },
    line('Mistakes far from the tolerance', figures.certified, 'at least ten times the rejecting band'),
    line('Same verdicts again', figures.reproducible, 'repeated alone and beside others'),
    line(
      'Fixtures end as declared',
      figures.endings,
      'marks, outcomes and words of the submissions with known endings',
    ),
  ];
}
