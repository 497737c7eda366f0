/**
 * What a cross-entropy does with predictions that are nearly 0. A number that keeps logarithm and quotient finite costs
 * nothing up to 1e-7, added or as a lower limit; a larger one changes losses that occur in every training.
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

/** The right answers with nothing added to the predictions, and with the largest number that is allowed. */
function ends(problem: Problem<LossProbe>, probe: LossProbe): { from: Answer; to: Answer }[] {
  const moved = { ...probe, p: mapMat(probe.p, (v) => v + allowed) };
  const ways = [problem.oracle, ...(problem.accepts ?? []).map(({ compute }) => compute)];
  return ways.map((compute) => ({ from: compute(probe), to: compute(moved) }));
}

/** What lies between the two ends counts as the answer with nothing added. */
function settle(name: string, answer: Answer, between: readonly { from: Answer; to: Answer }[]): Answer {
  const given = answer[name];
  if (given === undefined) return answer;
  const data = given.data.map((v, i) => {
    const way = between.find(({ from, to }) => {
      const [a, b] = [from[name]!.data[i]!, to[name]!.data[i]!];
      const room = 1e-5 * Math.max(Math.abs(a), Math.abs(b));
      return v >= Math.min(a, b) - room && v <= Math.max(a, b) + room;
    });
    return way === undefined ? v : way.from[name]!.data[i]!;
  });
  return { ...answer, [name]: makeArray(given.shape, data) };
}

/** The problem for true classes with probabilities from 2e-7 to 5e-6; `tensor` is its answer. */
export const nearZero = (problem: Problem<LossProbe>, id: string, tensor: string): Problem<LossProbe> => ({
  ...problem,
  id,
  title: `${problem.title}, near 0`,
  probes: (random) => [drawTiny(random.fork('a'), 6, 5), drawTiny(random.fork('b'), 8, 4)],
  visits: [],
  describe: ({ p }) => `${p.length} predictions between 2e-7 and 5e-6 for the true class`,
  read: (answered, probe) => {
    const read = problem.read(answered, probe);
    return 'misread' in read ? read : { ...read, answer: settle(tensor, read.answer, ends(problem, probe)) };
  },
  // Wrong forms have their marks in the values; here only what is added counts, in the families.
  mistakes: [],
});
