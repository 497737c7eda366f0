/**
 * Probes that tell: drawn until every known mistake lies far beyond the tolerance and no two of them give the same answer, so
 * that no luck of a seed lets a mistake pass or gives it another one's name.
 */
import { isDeepStrictEqual } from 'node:util';
import { serialize } from 'node:v8';
import { isApart } from './kept-values.ts';
import type { Problem } from './problem.ts';
import type { Answer } from './question.ts';
import { liesApart } from './numerics/identifiability.ts';
import type { Random } from './numerics/random.ts';
import { float32 } from './numerics/tolerance.ts';
import { remembered } from './remembered.ts';

/** Unlucky probes are rare (below one in three for the unluckiest problem): so many in a row do not happen. */
const mostTries = 20;

/** Sets of probes that miss a visit are cheap to draw again; a visit that so many miss is a fault of the problem. */
const mostDraws = 400;

/**
 * The first probes of the problem's stream that make every visit and tell its known mistakes apart; where none of the tries
 * tells all of them, e.g. in a coursework that is being written, those with the fewest faults. The first probe is asked
 * once more at the end (the same object), unless the problem is asked `once`. Throws when a visit is never made. Which draw it
 * is, the search for which costs by far the most, may be `told` by whoever has found it.
 */
export function drawProbes<Probe>(
  problem: Problem<Probe>,
  random: Random,
  countFaults: typeof faultCount = faultCount,
  told: (find: () => number) => number = (find) => find(),
): readonly Probe[] {
  let probes: readonly Probe[] | undefined;
  const draw = told(() => {
    const best = bestDraw(problem, random, countFaults);
    probes = best.probes;
    return best.draw;
  });
  probes ??= probesOf(problem, random, draw);
  return isAskedAgain(problem) ? [...probes, probes[0]!] : probes;
}

const probesOf = <Probe>(problem: Problem<Probe>, random: Random, draw: number): readonly Probe[] =>
  problem.probes(draw === 0 ? random : random.fork(`again ${draw}`));

function bestDraw<Probe>(
  problem: Problem<Probe>,
  random: Random,
  countFaults: typeof faultCount,
): { draw: number; probes: readonly Probe[] } {
  let best: { draw: number; probes: readonly Probe[]; faults: number } | undefined;
  let tries = 0;
  let missed: readonly string[] = [];
  for (let i = 0; i < mostDraws && tries < mostTries; i++) {
    const probes = probesOf(problem, random, i);
    if (probes.length === 0) throw new Error(`The problem ${problem.id} has no probes.`);
    missed = missedVisits(problem, probes);
    if (missed.length > 0) continue;
    tries++;
    const faults = countFaults(problem, probes);
    if (best === undefined || faults < best.faults) best = { draw: i, probes, faults };
    if (faults === 0) break;
  }
  if (best === undefined) throw new Error(`No probes of ${problem.id} have ${missed.join('; ')}.`);
  return best;
}

const faultCount = <Probe>(problem: Problem<Probe>, probes: readonly Probe[]): number =>
  faultsOf(problem, probes).length;

/**
 * The same count, known from an earlier run of this program where it was asked for the same probes. What is kept tells nothing of
 * them: a digest and a number.
 */
export function rememberedFaults<Probe>(problem: Problem<Probe>, probes: readonly Probe[]): number {
  const bytes = bytesOf([problem.id, probes]);
  const count = () => faultCount(problem, probes);
  return bytes === undefined ? count() : remembered(bytes, count);
}

/** Undefined for probes that hold functions. */
function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    return serialize(value);
  } catch {
    return undefined;
  }
}

/**
 * Whether copies of probes are as good as these. What they share with probes that were drawn `again` lies elsewhere, too, and may be
 * looked for there as the one object that it is; and what was noted of the very object would make another answer of a copy.
 */
export function serveAsWell<Probe>(
  problem: Problem<Probe>,
  copies: readonly Probe[],
  drawn: readonly Probe[],
  again: readonly Probe[],
): boolean {
  if (!isApart(drawn, again)) return false;
  const right = [problem.oracle, ...(problem.accepts ?? []).map(({ compute }) => compute)];
  // As numbers: which of them V8 holds as whole ones may differ.
  const answers = (probes: readonly Probe[]) => right.map((of) => probes.map((probe) => of(probe)));
  return isDeepStrictEqual(answers(copies), answers(drawn));
}

/** Visits that these probes do not make, in their words. */
export const missedVisits = <Probe>(problem: Problem<Probe>, probes: readonly Probe[]): string[] =>
  (problem.visits ?? []).filter((visit) => !visit.holds(probes)).map(({ says }) => says);

/** What is drawn at random or read from a file has no second answer to compare. */
const isAskedAgain = <Probe>({ once, drawn, handedIn }: Problem<Probe>): boolean =>
  once !== true && drawn !== true && handedIn === undefined;

/** Ten times the rejecting band: neither rounding nor a convention brings a mistake from there to the tolerance. */
const far = 10;

/** What these probes do not tell: known mistakes near the right answer, and pairs of them that answer the same. */
export function faultsOf<Probe>(problem: Problem<Probe>, probes: readonly Probe[]): string[] {
  const band = problem.band ?? float32;
  const reject = band.measure === 'scaled' ? band.reject : 0;
  const expected = probes.map((probe): Answer => problem.oracle(probe));
  const answers = problem.mistakes.map(({ id, compute }) => ({ id, given: probes.map((probe) => compute(probe)) }));
  const areTwins = (a: string, b: string) =>
    problem.twins?.some(({ ids }) => ids.includes(a) && ids.includes(b)) === true;
  const apart = (a: readonly Answer[], b: readonly Answer[], by: number) =>
    a.some((answer, i) => liesApart(answer, b[i]!, expected[i]!, by));
  const near = answers
    .filter(
      ({ id, given }) =>
        problem.faint?.[id] === undefined && !areTwins(id, 'correct') && !apart(given, expected, far * reject),
    )
    .map(({ id }) => `${id} is near the right answer`);
  // Counts and statistics of different mistakes may well be equal; a diagnosis then names them all.
  if (problem.coarse === true) return near;
  return [
    ...near,
    ...answers.flatMap((a, i) =>
      answers
        .slice(i + 1)
        .filter((b) => !areTwins(a.id, b.id) && !apart(a.given, b.given, reject))
        .map((b) => `${a.id} and ${b.id} answer the same`),
    ),
  ];
}
