/** Fits mistakes with one free number: first the numbers that a person would write, then any number between them. */
import type { VariantFamily } from '../key.ts';
import type { Answer } from '../question.ts';
import type { Evidence } from './matching.ts';
import { distanceTo } from './matching.ts';

interface ParameterFit<Probe> {
  family: VariantFamily<Probe>;
  value: number;
  /** Whether the value is one that a person would write. */
  nice: boolean;
  distance: number;
  answers: readonly Answer[];
}

/** A family's answer at one of its own values, computed once for all submissions. */
export type Remembered<Probe> = (family: VariantFamily<Probe>, value: number, probe: Probe) => Answer;

const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** After the first steps the number is known to a few thousandths: a family that is still this far off is not the one. */
const FIRST_STEPS = 12;
const STILL_POSSIBLE = 0.05;
const FINAL_STEPS = 20;
const STILL_WORTH_IT = 0.8;

/**
 * All families that come within `tolerance` of the answers on every probe, nearest first. The number is sought on
 * one probe and must then hold on all the others.
 */
export function fitFamilies<Probe>(
  families: readonly VariantFamily<Probe>[],
  evidence: Evidence<Probe>,
  tolerance: number,
  remembered: Remembered<Probe> = (family, value, probe) => family.compute(probe, value),
): ParameterFit<Probe>[] {
  return families
    .flatMap((family) => fitFamily(family, evidence, tolerance, remembered) ?? [])
    .sort((a, b) => a.distance - b.distance || (a.family.id < b.family.id ? -1 : 1));
}

/** The smallest of the probes whose answers are far from the right ones: searching costs time there. */
function mostTelling<Probe>({ probes, answers, right }: Evidence<Probe>) {
  const distances = answers.map((answer, i) => distanceTo(answer, right[i]!, right[i]!));
  const size = (i: number): number => Object.values(right[i]!).reduce((sum, { data }) => sum + data.length, 0);
  const [best] = [...probes.keys()]
    .filter((i) => distances[i]! >= Math.max(...distances) / 2)
    .sort((a, b) => size(a) - size(b));
  const i = best ?? 0;
  return { answer: answers[i]!, right: right[i]!, probe: probes[i]! };
}

function fitFamily<Probe>(
  family: VariantFamily<Probe>,
  evidence: Evidence<Probe>,
  tolerance: number,
  remembered: Remembered<Probe>,
): ParameterFit<Probe> | undefined {
  const { answer, right, probe } = mostTelling(evidence);
  const onFirst = (value: number): number => distanceTo(answer, family.compute(probe, value), right);
  const best = bestWritten(family.values, (value) => distanceTo(answer, remembered(family, value, probe), right));
  // A person's number lies within a factor 2.5 of the right one's neighbour: the wrong family does not come nearer than
  // the right answer itself, and is not searched any further.
  const without = distanceTo(answer, right, right);
  if (!best || best.distance > STILL_WORTH_IT * without) return undefined;
  const written = onAll(family, evidence, best.value, true);
  if (written.distance <= tolerance) return written;
  const low = family.values[Math.max(0, best.index - 1)]!;
  const high = family.values[Math.min(family.values.length - 1, best.index + 1)]!;
  const coarse = searchBetween(onFirst, low, high, FIRST_STEPS);
  if (coarse.distance > STILL_POSSIBLE) return undefined;
  const rounded = onAll(family, evidence, Number(coarse.value.toPrecision(2)), true);
  if (rounded.distance <= tolerance) return rounded;
  const fine = searchBetween(onFirst, coarse.low, coarse.high, FINAL_STEPS);
  const fit = onAll(family, evidence, fine.value, false);
  return fit.distance <= tolerance ? fit : undefined;
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

/**
 * The nearest of the written values: every third one first, then the neighbours of the best of them; all of them where
 * some values, like a limit that nothing reaches, make no difference and show no direction.
 */
function bestWritten(
  values: readonly number[],
  distanceAt: (value: number) => number,
): { index: number; value: number; distance: number } | undefined {
  const tried = new Map<number, number>();
  const attempt = (index: number): void => {
    const value = values[index];
    if (value !== undefined && !tried.has(index)) tried.set(index, distanceAt(value));
  };
  const best = (): number => [...tried].reduce((a, b) => (b[1] < a[1] ? b : a))[0];
  if (values.length === 0) return undefined;
  for (let index = 0; index < values.length; index += 3) attempt(index);
  const centre = best();
  for (const step of [-2, -1, 1, 2]) attempt(centre + step);
  if (new Set(tried.values()).size < tried.size) values.forEach((_, index) => attempt(index));
  const index = best();
  return { index, value: values[index]!, distance: tried.get(index)! };
}

interface Bracket {
  low: number;
  high: number;
  value: number;
  distance: number;
}

/** Golden-section search on a logarithmic scale (Kiefer 1953). */
function searchBetween(f: (value: number) => number, low: number, high: number, steps: number): Bracket {
  let [a, b] = [Math.log(low), Math.log(high)];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(Math.exp(c)), f(Math.exp(d))];
  for (let step = 0; step < steps; step++) {
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
  return { low: Math.exp(a), high: Math.exp(b), value: Math.exp(fc < fd ? c : d), distance: Math.min(fc, fd) };
}
