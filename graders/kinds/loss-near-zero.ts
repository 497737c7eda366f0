/**
 * What a cross-entropy does with predictions that are nearly 0 or nearly 1. A number that keeps logarithm and quotient finite
 * costs nothing up to 1e-7, added or as a limit on either side; a larger one changes losses that occur in every training.
 */
import { mapMat } from '../../reference/oracles/linear-algebra.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import { drawNear } from './drawn-predictions.ts';
import type { LossProbe } from './loss-object-question.ts';
/** What the sheet allows. */
const allowed = 1e-7;

/** From 2 to 50 times what is allowed: a limit of 1e-6 shows in some of them, one of 1e-7 in none. */
const drawTiny = (random: Random, rows: number, classes: number): LossProbe =>
  drawNear(random, rows, classes, (row) => 2 * allowed * 25 ** (row / (rows - 1)));

/** At a distance from 1 of so many times what is allowed, from the first number to the second. */
const drawLikely = (random: Random, rows: number, classes: number, [from, to]: readonly [number, number]): LossProbe =>
  drawNear(random, rows, classes, (row) => 1 - allowed * from * (to / from) ** (row / (rows - 1)));

/** By how much a prediction may be another one without a cost. */
interface Room {
  /** Taken away at most. */
  below(p: number): number;
  /** Added at most. */
  above(p: number): number;
}

const added: Room = { below: () => 0, above: () => allowed };
/** A loss near 1 is hardly more than the rounding of its prediction in single precision. */
const addedAndRounded: Room = { below: (p) => p * 2 ** -24, above: (p) => allowed + p * 2 ** -24 };

/** The right answers at both ends of the room. */
function ends(problem: Problem<LossProbe>, probe: LossProbe, room: Room): { from: Answer; to: Answer }[] {
  const moved = (by: (p: number) => number) => ({ ...probe, p: mapMat(probe.p, (v) => v + by(v)) });
  const [low, high] = [moved((p) => -room.below(p)), moved(room.above)];
  const ways = [problem.oracle, ...(problem.accepts ?? []).map(({ compute }) => compute)];
  return ways.map((compute) => ({ from: compute(low), to: compute(high) }));
}

/**
 * What lies between the two ends counts as the right answer: of the way that fits most of the numbers, and of that one alone. A
 * mean over the mini-batch may lie near the loss of one of its examples.
 */
function settle(
  name: string,
  answer: Answer,
  between: readonly { from: Answer; to: Answer }[],
  right: readonly Answer[],
): Answer {
  const given = answer[name];
  if (given === undefined) return answer;
  const fits = between.map(({ from, to }) => {
    const [low, high] = [from[name]!, to[name]!];
    return [...given.data].map((v, i) => {
      const [a, b] = [low.data[i]!, high.data[i]!];
      const slack = 1e-5 * Math.max(Math.abs(a), Math.abs(b));
      return v >= Math.min(a, b) - slack && v <= Math.max(a, b) + slack;
    });
  });
  const counts = fits.map((fit) => fit.filter(Boolean).length);
  const way = counts.indexOf(Math.max(...counts));
  const data = given.data.map((v, i) => (fits[way]![i]! ? right[way]![name]!.data[i]! : v));
  return { ...answer, [name]: makeArray(given.shape, data) };
}

type Near = Pick<Problem<LossProbe>, 'id' | 'title' | 'probes' | 'describe'>;

const settled = (problem: Problem<LossProbe>, near: Near, tensor: string, room: Room): Problem<LossProbe> => ({
  ...problem,
  ...near,
  visits: [],
  read: (answered, probe) => {
    const read = problem.read(answered, probe);
    if ('misread' in read) return read;
    const right = [problem.oracle, ...(problem.accepts ?? []).map(({ compute }) => compute)].map((f) => f(probe));
    return { ...read, answer: settle(tensor, read.answer, ends(problem, probe, room), right) };
  },
  // Wrong forms have their marks in the values; here only what is added or cut off counts, in the families.
  mistakes: [],
});

/** The problem for true classes with probabilities from 2e-7 to 5e-6; `tensor` is its answer. */
export const nearZero = (problem: Problem<LossProbe>, id: string, tensor: string): Problem<LossProbe> =>
  settled(
    problem,
    {
      id,
      title: `${problem.title}, near 0`,
      probes: (random) => [drawTiny(random.fork('a'), 6, 5), drawTiny(random.fork('b'), 8, 4)],
      describe: ({ p }) => `${p.length} predictions between 2e-7 and 5e-6 for the true class`,
    },
    tensor,
    added,
  );

/** The problem for true classes whose probabilities are 4e-7 to 5e-6, or 1e-5 to 5e-4, below 1. */
export const nearOne = (problem: Problem<LossProbe>, id: string, tensor: string): Problem<LossProbe> =>
  settled(
    problem,
    {
      id,
      title: `${problem.title}, near 1`,
      probes: (random) => [
        drawLikely(random.fork('a'), 6, 5, [4, 50]),
        drawLikely(random.fork('b'), 5, 4, [100, 5000]),
      ],
      describe: ({ p }) => `${p.length} predictions just below 1 for the true class`,
    },
    tensor,
    addedAndRounded,
  );
