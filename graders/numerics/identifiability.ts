/** Does a probe tell the known mistakes apart? Measured before it is ever put to a student. */
import type { NamedArrays } from './arrays.ts';
import { maxAbs, sameShape } from './arrays.ts';
import type { Random } from './random.ts';

export interface NamedAnswer {
  id: string;
  answer: NamedArrays;
}

export interface Pair {
  a: string;
  b: string;
  /** Largest difference of any tensor, in units of the largest expected magnitude of that tensor. */
  distance: number;
}

export interface Separation {
  /** Distance of every answer to the right one, nearest first. */
  toCorrect: { id: string; distance: number }[];
  /** All pairs of answers, nearest first. */
  pairs: Pair[];
  /** Smallest distance of all, to the right answer or to each other; Infinity when there is nothing to separate. */
  smallest: number;
}

/** Ids that are known to give the same answer on every probe; `correct` stands for the right answer. */
export type Twins = readonly { ids: readonly string[] }[];

/**
 * The distance of two answers, scaled per tensor by the expected one. Other names or shapes are infinitely far; entries
 * that are not finite are equal only to themselves.
 */
export function answerDistance(a: NamedArrays, b: NamedArrays, expected: NamedArrays): number {
  const parent = Math.max(...Object.values(expected).map(maxAbs));
  let farthest = 0;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y, reference] = [a[name], b[name], expected[name]];
    if (!x || !y || !reference || !sameShape(x.shape, y.shape)) return Infinity;
    const scale = maxAbs(reference) || parent || 1;
    for (let i = 0; i < x.data.length; i++) {
      const [p, q] = [x.data[i]!, y.data[i]!];
      if (p === q || Object.is(p, q)) continue;
      if (!Number.isFinite(p) || !Number.isFinite(q)) return Infinity;
      farthest = Math.max(farthest, Math.abs(p - q) / scale);
    }
  }
  return farthest;
}

/** How far answers lie from the right one and from each other; declared twins are left out. */
export function separation(answers: readonly NamedAnswer[], expected: NamedArrays, twins: Twins = []): Separation {
  for (const [name, array] of Object.entries(expected))
    if (!array.data.every(Number.isFinite)) throw new RangeError(`expected ${name} holds a value that is not finite`);
  const declared = (a: string, b: string): boolean => twins.some(({ ids }) => ids.includes(a) && ids.includes(b));
  const toCorrect = answers
    .filter(({ id }) => !declared(id, 'correct'))
    .map(({ id, answer }) => ({ id, distance: answerDistance(answer, expected, expected) }))
    .sort((a, b) => a.distance - b.distance);
  const pairs = answers
    .flatMap((a, i) =>
      answers.slice(i + 1).flatMap((b): Pair[] => {
        if (declared(a.id, b.id)) return [];
        return [{ a: a.id, b: b.id, distance: answerDistance(a.answer, b.answer, expected) }];
      }),
    )
    .sort((a, b) => a.distance - b.distance);
  return { toCorrect, pairs, smallest: Math.min(toCorrect[0]?.distance ?? Infinity, pairs[0]?.distance ?? Infinity) };
}

/** Pairs (and single answers against `correct`) nearer than `limit`: what this probe cannot tell apart. */
export const colliding = (measured: Separation, limit: number): Pair[] =>
  [...measured.toCorrect.map(({ id, distance }) => ({ a: 'correct', b: id, distance })), ...measured.pairs].filter(
    ({ distance }) => distance < limit,
  );

export interface CertifyPlan<Probe> {
  makeProbe(random: Random): Probe;
  oracle(probe: Probe): NamedArrays;
  variants: readonly { id: string; compute(probe: Probe): NamedArrays }[];
  random: Random;
  /** Required distance to the right answer, e.g. ten times the band's rejecting end. */
  need: number;
  /** Required distance between mistakes; default the same. */
  needPairs?: number;
  tries?: number;
  twins?: Twins;
}

/**
 * The best of `tries` seeded probes, with its measured separation. Throws RangeError that names the mistakes that stay too
 * close: then the design (sizes, batch, biases) must change, since no luck with seeds will help.
 */
export function certify<Probe>(plan: CertifyPlan<Probe>): { probe: Probe; separation: Separation } {
  const tries = plan.tries ?? 50;
  const needPairs = plan.needPairs ?? plan.need;
  let best: { probe: Probe; separation: Separation; score: number } | undefined;
  for (let i = 0; i < tries; i++) {
    const probe = plan.makeProbe(plan.random.fork(`probe ${i}`));
    const answers = plan.variants.map(({ id, compute }) => ({ id, answer: compute(probe) }));
    const measured = separation(answers, plan.oracle(probe), plan.twins);
    const score = Math.min(
      (measured.toCorrect[0]?.distance ?? Infinity) / plan.need,
      (measured.pairs[0]?.distance ?? Infinity) / needPairs,
    );
    if (!best || score > best.score) best = { probe, separation: measured, score };
  }
  if (!best) throw new RangeError('certify: needs at least one try');
  if (best.score < 1) {
    const near = colliding(best.separation, Math.max(plan.need, needPairs)).slice(0, 5);
    const list = near.map(({ a, b, distance }) => `${a} and ${b} (${distance.toExponential(1)})`).join(', ');
    throw new RangeError(`no probe of ${tries} tells these apart by ${plan.need}: ${list}; change the design`);
  }
  return { probe: best.probe, separation: best.separation };
}
