/**
 * Probes for a kit that is to be small: long arrays are drawn in eight bits, and of many numbers only those probes stay that
 * are needed to tell the known mistakes apart. What is right is computed for the probes as they then are.
 */
import type { AnyProblem } from '../problem.ts';
import { faultsOf, missedVisits } from '../probes.ts';

/** From here on numbers are rounded: a few hundred kilobytes a coursework is what a kit may weigh. */
const many = 1000;
/** From here on probes are left out, by what is asked, and by what it is answered with: rightly, and by every known mistake. */
const tooMany = { asked: 12_000, answered: 60_000 };

/** How many numbers a value holds; one object counts once. */
function numbersIn(value: unknown): number {
  const seen = new Set<object>();
  const count = (part: unknown): number => {
    if (typeof part === 'number') return 1;
    if (typeof part !== 'object' || part === null || seen.has(part)) return 0;
    seen.add(part);
    return ArrayBuffer.isView(part)
      ? (part as Float64Array).length
      : Object.values(part).reduce((sum: number, entry) => sum + count(entry), 0);
  };
  return count(value);
}

const isTooMuch = (problem: AnyProblem, probes: readonly unknown[]): boolean =>
  numbersIn(probes) > tooMany.asked ||
  numbersIn(probes.map((probe) => problem.oracle(probe))) * (1 + problem.mistakes.length) > tooMany.answered;

/** These probes, or fewer and rounder ones that make the same visits and tell the same mistakes apart. */
export function fewerNumbers(problem: AnyProblem, drawn: readonly unknown[]): readonly unknown[] {
  if (numbersIn(drawn) < many) return drawn;
  const faults = faultsOf(problem, drawn).length;
  const serves = (probes: readonly unknown[]) =>
    probes.length > 0 && missedVisits(problem, probes).length === 0 && faultsOf(problem, probes).length <= faults;
  let probes = bits.map((count) => rounded(drawn, count)).find(serves) ?? drawn;
  // Two designs are needed before a mistake can be named for certain.
  for (const probe of [...probes].sort((a, b) => numbersIn(b) - numbersIn(a))) {
    const rest = probes.filter((other) => other !== probe);
    if (isTooMuch(problem, probes) && rest.length >= 2 && serves(rest)) probes = rest;
  }
  return probes;
}

/** Of so many bits besides the sign numbers are tried to be: the first that serve are taken. */
const bits = [4, 6];

/** The same probes with numbers of so many bits in long arrays; an object that stands in several places stays one. */
function rounded(probes: readonly unknown[], count: number): unknown[] {
  const inSteps = stepsOf(count);
  const known = new Map<object, unknown>();
  const copy = (part: unknown, isLong: boolean): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const before = known.get(part);
    if (before !== undefined) return before;
    const long = isLong || ((Array.isArray(part) || ArrayBuffer.isView(part)) && numbersIn(part) >= many);
    const made = ArrayBuffer.isView(part)
      ? long
        ? (part as Float64Array).map(inSteps(part as Float64Array))
        : part
      : Array.isArray(part)
        ? rows(part, long, copy, inSteps)
        : Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, copy(entry, false)]));
    known.set(part, made);
    return made;
  };
  return probes.map((probe) => copy(probe, false));
}

function rows(
  part: readonly unknown[],
  long: boolean,
  copy: (part: unknown, isLong: boolean) => unknown,
  inSteps: ReturnType<typeof stepsOf>,
): unknown[] {
  if (!long || typeof part[0] !== 'number') return part.map((item) => copy(item, long));
  return (part as number[]).map(inSteps(part as number[]));
}

/** Whole numbers stay; others become multiples of the power of two that gives their largest one 2 ** `count` steps. */
const stepsOf =
  (count: number) =>
  (values: ArrayLike<number>): ((value: number) => number) => {
    const all = Array.from(values);
    if (all.every(Number.isInteger)) return (value) => value;
    const largest = Math.max(...all.map(Math.abs));
    const step = 2 ** (Math.ceil(Math.log2(largest)) - count);
    return (value) => Math.round(value / step) * step + 0;
  };
