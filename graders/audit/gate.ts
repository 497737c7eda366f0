/** What a grader has to reach before it is let loose on students. */
import type { AuditFigures, Share } from './figures.ts';

interface Gate {
  /** Share of killed mutants, 0..1. */
  mutants: number;
}

/** Every demand that the figures do not meet, as sentences; none means the grader may be used. */
export function unmet(figures: AuditFigures, gate: Gate): string[] {
  const all = (name: string, share: Share) =>
    share.part === share.of ? [] : [`${name}: ${share.of - share.part} of ${share.of} got through.`];
  const rate = ({ part, of }: Share) => (of === 0 ? 1 : part / of);
  return [
    ...all('Known mistakes', figures.knownMistakes),
    ...all('Pairs of known mistakes', figures.pairs),
    ...all('Errors of 0.1 %', figures.plantedErrors),
    ...Object.entries(figures.general).flatMap(([kind, share]) => all(`General mistakes (${kind})`, share)),
    ...(rate(figures.mutants) >= gate.mutants
      ? []
      : [`Mutants: ${percent(rate(figures.mutants))} killed, ${percent(gate.mutants)} demanded.`]),
    ...(figures.falseRejections.part === 0
      ? []
      : [`Right answers: ${figures.falseRejections.part} of ${figures.falseRejections.of} were failed.`]),
    ...(rate(figures.precision) >= 0.999
      ? []
      : [`Diagnosis: ${figures.precision.of - figures.precision.part} of ${figures.precision.of} names are wrong.`]),
    ...(rate(figures.recall) >= 0.9
      ? []
      : [`Diagnosis: only ${figures.recall.part} of ${figures.recall.of} known mistakes are named.`]),
    ...(figures.falselyCertain.part === 0
      ? []
      : [`Diagnosis: ${figures.falselyCertain.part} pairs are called, with certainty, what they are not.`]),
    ...(figures.marginDecades === null || figures.marginDecades >= 2
      ? []
      : [`Margin: ${figures.marginDecades.toFixed(1)} decades between right and wrong, 2 demanded.`]),
    ...(figures.certified.part === figures.certified.of
      ? []
      : [
          `Probes: ${figures.certified.of - figures.certified.part} known mistakes lie closer than ten times the tolerance.`,
        ]),
    ...(figures.endings.part === figures.endings.of
      ? []
      : [
          `Fixtures: ${figures.endings.of - figures.endings.part} of ${figures.endings.of} end otherwise than they declare.`,
        ]),
    ...all('Repeated gradings', figures.reproducible),
    ...(figures.broken === 0 ? [] : [`${figures.broken} runs broke the grader itself.`]),
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
