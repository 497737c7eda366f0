/** Questions 1.1d and 1.1h: settings that the grader replays with its own descent. 1 mark, for 1.1h. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { claimedFields, claimedNumbers } from '../../kinds/claims.ts';
import { short } from '../../numerics/digits.ts';
import { fromOne, rightDescent, walk } from '../../mistakes/training/descent.ts';
import { ripples as surface } from '../../../reference/oracles/descent.ts';

/** The search of the sheet begins here. */
const start = [3, 2] as const;
const mostSteps = 100_000;
/** What has to be reached; the global minimum is −2.28071. */
const goal = -2;
/** Reported values are rounded by hand. */
const slack = 0.006;

export const checks: Check[] = [
  {
    id: '1.1d.replay',
    task: '1.1d',
    title: 'The reported settings lead to the reported value',
    asks: '"1.1d" in answers.json, replayed from (3, 2). No marks.',
    points: 0,
    run: judgeConstant,
  },
  {
    id: '1.1h.goal',
    task: '1.1h',
    title: 'The settings lead below −2',
    asks: '"1.1h" in answers.json, replayed from (3, 2) with step sizes that decay from the first or from the second step on.',
    points: 1,
    run: judgeDecaying,
  },
];

async function judgeConstant(context: CheckContext): Promise<Judgement> {
  const { stepSize, steps, value } = claimedNumbers(context, '1.1d', ['stepSize', 'steps', 'value']);
  const [end] = replay(stepSize, steps, 1);
  if (end === undefined) return fail(unusable(stepSize, steps, 1));
  if (Math.abs(end - value) <= slack) return pass({ notes: [`f = ${short(end)} after ${steps} steps of ${stepSize}`] });
  return fail({ says: 'The replay ends at another value.', yours: short(value), expected: short(end) });
}

async function judgeDecaying(context: CheckContext): Promise<Judgement> {
  const { stepSize, decay, steps } = claimedNumbers(context, '1.1h', ['stepSize', 'decay', 'steps']);
  const ends = replay(stepSize, steps, decay);
  if (ends.length === 0) return fail(unusable(stepSize, steps, decay));
  const best = Math.min(...ends.map((end) => (Number.isNaN(end) ? Infinity : end)));
  if (best < goal) return pass({ notes: [`the replay ends at f = ${short(best)}`, ...misreported(context, ends)] });
  return fail({
    says: 'With these settings the search does not get below −2.',
    asked: `${steps} steps from (3, 2), the first of size ${stepSize}, decay ${decay}`,
    yours: `f = ${ends.map(short).join(' or ')}`,
    expected: 'f < −2',
    hint: 'A step that is large at first can leave the basin of a local minimum; the decay then lets the search settle.',
  });
}

/** The values at the end, for both ways of counting the steps; empty when the settings cannot be used. */
function replay(stepSize: number, steps: number, decay: number): number[] {
  const usable = stepSize > 0 && decay > 0 && decay <= 1 && Number.isInteger(steps) && steps >= 1 && steps <= mostSteps;
  if (!usable) return [];
  return [rightDescent.size, fromOne].map((size) => {
    const [x, y] = walk(surface, { start, stepSize, steps, decay }, { ...rightDescent, size }).at(-1)!;
    return surface.f(x, y);
  });
}

const unusable = (stepSize: number, steps: number, decay: number) => ({
  says: 'These settings cannot be replayed.',
  yours: `step size ${stepSize}, decay ${decay}, ${steps} steps`,
  expected: `a step size above 0, a decay above 0 and at most 1, and 1 to ${mostSteps} whole steps`,
});

/** A reported value that the replay does not give is a remark: the settings are what was asked for. */
function misreported(context: CheckContext, ends: readonly number[]): string[] {
  const value = claimedFields(context, '1.1h')['value'];
  if (typeof value !== 'number' || ends.some((end) => Math.abs(end - value) <= slack)) return [];
  return [`the reported value ${short(value)} is not what the replay gives`];
}
