/** An audit for the terminal, and word for word for docs/fidelity.md. */
import type { AuditReport } from './audit.ts';
import type { GeneralKind } from './general-mistakes.ts';
import { generalKinds } from './general-mistakes.ts';
import type { BoundedShare, Share } from './figures.ts';
import { isFar, isNamed, isRightly, isTied, provenAgainst } from './figures.ts';

/** The figures, then whatever a person has to look at. */
export function auditText(report: AuditReport, unmet: readonly string[]): string {
  const { figures } = report;
  const survivors = report.mutants.filter((row) => row.fate === 'survived');
  const missed = report.planted.filter(
    (row) =>
      row.failed.length === 0 &&
      !(row.kind === 'general' && row.judged.length === 0) &&
      row.kind !== 'right' &&
      row.cancels !== true,
  );
  const near = report.planted.filter((row) => row.timesReject !== undefined && !isFar(row));
  const unnamed = report.planted.filter((row) => ['single', 'formula'].includes(row.kind) && !isRightly(row));
  const tied = report.planted.filter(
    (row) => ['single', 'formula'].includes(row.kind) && isNamed(row) && isTied(row) && isRightly(row),
  );
  const rejected = report.correct.filter((row) => row.failed.length > 0 || row.broken.length > 0);
  const lines = [
    `${report.assignment}: ${report.programs.length} correct programs, backends ${report.backends.join(' and ')}, seed ${report.seed}, level ${report.level}`,
    '',
    `  known mistakes caught        ${share(figures.knownMistakes)}, in ${report.planting.part} of ${report.planting.of} checks`,
    `  pairs of mistakes caught     ${share(figures.pairs)}`,
    `  errors of 0.1 % caught       ${share(figures.plantedErrors)}`,
    ...Object.entries(figures.general).map(
      ([kind, caught]) => `    ${kind.padEnd(26)} ${share(caught)}: ${generalKinds[kind as GeneralKind]}`,
    ),
    `  mutants killed               ${share(figures.mutants)}, ${alike(figures.mutants)}`,
    `  right answers failed         ${bounded(figures.falseRejections)}`,
    `    of these with costly checks ${bounded(figures.costlyRejections)}`,
    `  names that are right         ${share(figures.precision)}${figures.precision.tied === 0 ? '' : `, ${figures.precision.tied} beside another`}`,
    `  known mistakes named         ${share(figures.recall)}`,
    `  pairs falsely named, certain ${figures.falselyCertain.part} of ${figures.falselyCertain.of}`,
    `  margin between right, wrong  ${figures.marginDecades === null ? 'not measured' : `${figures.marginDecades.toFixed(1)} decades`}`,
    `  mistakes far from tolerance  ${share(figures.certified)}, at least 10 times the rejecting band`,
    `  same verdicts again          ${share(figures.reproducible)}`,
    `  fixtures end as declared     ${share(figures.endings)}`,
    ...(figures.broken === 0 ? [] : [`  broken runs                  ${figures.broken}`]),
    ...section(
      'Fixtures that end otherwise than they declare',
      report.endings.flatMap(({ fixture, faults }) => faults.map((fault) => `${fixture}: ${fault}`)),
    ),
    ...section(
      'Mistakes that pass',
      missed.map((row) => `${row.problem}: ${row.title} (${row.kind})`),
    ),
    ...section(
      'Proven against general mistakes of these kinds, check by check',
      [...provenAgainst(report.planted)].map(
        ([id, kinds]) => `${id}: ${kinds.length === 0 ? 'none' : kinds.join(', ')}`,
      ),
    ),
    ...section(
      'Mistakes close to the tolerance',
      near.map(
        (row) =>
          `${row.problem}: ${row.mistake}, ${row.timesReject!.toPrecision(2)} times${row.faint === undefined ? '' : `: ${row.faint}`}`,
      ),
    ),
    ...section(
      'Mutants that survive',
      survivors.map((row) => `${row.program}\n${row.diff ?? ''}`),
    ),
    ...section(
      'Right answers failed',
      rejected
        .slice(0, 20)
        .map((row) => `${row.program}, ${row.backend}, seed ${row.seed}: ${[...row.failed, ...row.broken].join('; ')}`),
    ),
    ...section(
      'Named beside another mistake',
      tied.map((row) => `${row.problem}: ${row.mistake} → ${row.diagnosis!.mistakes.join(', ')}`),
    ),
    ...section(
      'Known mistakes not named',
      unnamed.map(
        (row) =>
          `${row.problem}: ${row.mistake} → ${row.diagnosis?.mistakes.join(', ') || (row.diagnosis?.certainty ?? 'no diagnosis')}`,
      ),
    ),
    '',
    unmet.length === 0 ? 'Good enough to be used.' : `Not good enough:\n${unmet.map((one) => `- ${one}`).join('\n')}`,
    '',
  ];
  return lines.join('\n');
}

const section = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ['', `${title}:`, ...items.map((item) => indent(item))];

const indent = (text: string) =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
const bounded = ({ part, of, upperBound }: BoundedShare) =>
  of === 0 ? 'none tried' : `${part} of ${of} (95 % upper bound ${percent(upperBound)})`;
const percent = (value: number) => `${(100 * value).toPrecision(2)} %`;
/** Mutants that are no mistakes, in words. */
export const alike = ({ equivalent, free }: AuditReport['figures']['mutants']) =>
  `${equivalent} more compute the same${free === 0 ? '' : `, ${free} more reach outcomes as good`}`;
const share = ({ part, of }: Share) =>
  of === 0 ? 'none tried' : `${part} of ${of} (${((100 * part) / of).toFixed(2)} %)`;
