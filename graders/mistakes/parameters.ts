/** Fits mistakes with one free number: first the numbers that a person would write, then any number between them. */
import type { Answer, VariantFamily } from '../problem.ts';
import type { Evidence } from './matching.ts';
import { distanceTo } from './matching.ts';
import { digits } from './words.ts';

export interface ParameterFit<Probe> {
  family: VariantFamily<Probe>;
  value: number;
  /** Whether the value is one that a person would write. */
  nice: boolean;
  distance: number;
  answers: readonly Answer[];
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const SEARCH_STEPS = 32;

/**
 * All families that come within `tolerance` of the answers on every probe, nearest first. The number is sought on the
 * first probe and must then hold on all the others.
 */
export function fitFamilies<Probe>(
  families: readonly VariantFamily<Probe>[],
  evidence: Evidence<Probe>,
  tolerance: number,
): ParameterFit<Probe>[] {
  return families
    .flatMap((family) => fitFamily(family, evidence, tolerance) ?? [])
    .sort((a, b) => a.distance - b.distance || (a.family.id < b.family.id ? -1 : 1));
}

function fitFamily<Probe>(
  family: VariantFamily<Probe>,
  evidence: Evidence<Probe>,
  tolerance: number,
): ParameterFit<Probe> | undefined {
  const onFirst = (value: number): number =>
    distanceTo(evidence.answers[0]!, family.compute(evidence.probes[0]!, value), evidence.right[0]!);
  const tried = family.values.map(onFirst);
  const best = tried.indexOf(Math.min(...tried));
  if (best < 0 || tried[best] === Infinity) return undefined;
  const written = onAll(family, evidence, family.values[best]!, true);
  if (written.distance <= tolerance) return written;
  const low = family.values[Math.max(0, best - 1)]!;
  const high = family.values[Math.min(family.values.length - 1, best + 1)]!;
  const sought = searchBetween(onFirst, low, high);
  const rounded = Number(sought.toPrecision(2));
  const fit = [rounded, sought]
    .map((value) => onAll(family, evidence, value, value === rounded))
    .find(({ distance }) => distance <= tolerance);
  return fit;
}

function onAll<Probe>(
  family: VariantFamily<Probe>,
  evidence: Evidence<Probe>,
  value: number,
  nice: boolean,
): ParameterFit<Probe> {
  const answers = evidence.probes.map((probe) => family.compute(probe, value));
  const distance = evidence.answers.reduce(
    (worst, answer, i) => Math.max(worst, distanceTo(answer, answers[i]!, evidence.right[i]!)),
    0,
  );
  return { family, value, nice, distance, answers };
}

/** Golden-section search on a logarithmic scale (Kiefer 1953). */
function searchBetween(f: (value: number) => number, low: number, high: number): number {
  let [a, b] = [Math.log(low), Math.log(high)];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(Math.exp(c)), f(Math.exp(d))];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - GOLDEN * (b - a);
      fc = f(Math.exp(c));
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + GOLDEN * (b - a);
      fd = f(Math.exp(d));
    }
  }
  return Math.exp((a + b) / 2);
}

/** The found number in words. */
export const valueText = (value: number): string => digits(value);
