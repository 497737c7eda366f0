/** Networks designed by hand: one input, ReLU units and a linear output, through given points. Handed in as `{ wH, bH, wO, bO }`. */
import { kinks, reluForward } from '../../reference/oracles/relu-net.ts';
import type { ReluNet } from '../../reference/oracles/relu-net.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Diagnosis, Finding } from '../model/finding.ts';
import { numbersFrom } from './hand-numbers-question.ts';
import { ProgramStopped } from '../stopped.ts';

interface HandNet {
  task: string;
  /** The key in answers.json. */
  key: string;
  /** At x = 0, 1, 2 … */
  targets: readonly number[];
  /** Hidden units. */
  units: number;
  points: number;
}

/** The points have to be met exactly; thirds and tenths cannot be written exactly in binary, which costs less than this. */
const tolerance = 1e-9;

/** Every point that is met exactly earns its share; a straight line, which needs no hidden unit, earns nothing. */
export const handNetCheck = ({ task, key, targets, units, points }: HandNet): Check => ({
  id: `${task.toLowerCase()}.points`,
  task,
  title: `${key} passes through all ${targets.length} points`,
  asks: `"${key}" in answers.json, evaluated at every point; a straight line earns nothing, every point met earns its share.`,
  points,
  run: async (context) => {
    const net = readNet(context.answers()[key], key, units);
    return 'says' in net ? fail(net) : judgePoints(net, targets);
  },
});

/** The share of points that are met, and in words what the function looks like where it misses. */
export function judgePoints(net: ReluNet, targets: readonly number[]): Judgement {
  const values = targets.map((_, x) => reluForward(net, x).f);
  const met = targets.map((target, x) => Math.abs(values[x]! - target) <= tolerance);
  const hits = met.filter(Boolean).length;
  if (hits === targets.length) return pass();
  const bends = kinks(net).filter(({ x }) => x > 0 && x < targets.length - 1);
  const straight = bends.length === 0;
  const first = met.indexOf(false);
  const finding: Finding = {
    says: straight
      ? 'Between the points your function has no kink: it is a straight line there, which needs no hidden units.'
      : `The function meets ${hits} of ${targets.length} points; the first that it misses is x = ${first}.`,
    yours: `f(${first}) = ${values[first]}; kinks at ${bends.map(({ x }) => Number(x.toPrecision(4))).join(', ') || 'none'}`,
    expected: `f(${first}) = ${targets[first]}`,
    tolerance: String(tolerance),
    hint: 'Draw the points: wherever the slope changes one unit has its kink −bH/wH, and wO·|wH| is the change of slope.',
  };
  const diagnosis = explain(net, values, met, targets);
  return fail(finding, { earned: straight ? 0 : hits / targets.length, ...(diagnosis ? { diagnosis } : {}) });
}

/** The usual mistakes of a design, recognised in the weights themselves. */
function explain(
  net: ReluNet,
  values: readonly number[],
  met: readonly boolean[],
  targets: readonly number[],
): Diagnosis | undefined {
  const known = (id: string, says: string, evidence: string): Diagnosis => ({
    mistakes: [id],
    certainty: 'consistent',
    says,
    evidence: [evidence],
  });
  const passes = (f: (x: number) => number) => targets.every((target, x) => Math.abs(f(x) - target) <= tolerance);
  const differences = values.map((value, x) => value - targets[x]!);
  if (differences.every((d) => Math.abs(d - differences[0]!) <= tolerance)) {
    return known(
      'offset',
      'Your function is the right one, moved up or down: look at bO.',
      `off by ${differences[0]} everywhere`,
    );
  }
  if (passes((x) => -values[x]!)) {
    return known(
      'sign',
      'Your function is the right one upside down: look at the signs of wO.',
      'f(x) = −y everywhere',
    );
  }
  const mirrored = { ...net, bH: net.bH.map((v) => -v) };
  if (passes((x) => reluForward(mirrored, x).f)) {
    return known(
      'bias-sign',
      'The signs of bH are turned round: a unit has its kink at x = −bH/wH.',
      `z̄ at 0 would be ${reluForward(mirrored, 0).zbar.join(', ')}`,
    );
  }
  const lastMiss = met.lastIndexOf(false);
  if (net.wH.every((w) => w >= 0) && met.slice(lastMiss + 1).length > 0 && !met[0] && met.at(-1)) {
    return known(
      'right-going-only',
      'All your units become active towards the right, so nothing slopes on the left: a unit with negative wH is active on its left.',
      `the points up to x = ${lastMiss} are missed`,
    );
  }
  const firstMiss = met.indexOf(false);
  if (firstMiss > 1 && met.slice(firstMiss).every((hit) => !hit)) {
    return known(
      'contributions-add',
      'From there on the slope is wrong: a unit that is active stays active, so every later unit adds to all the earlier ones.',
      `all points from x = ${firstMiss} are missed`,
    );
  }
  return undefined;
}

/** `{ wH, bH, wO, bO }` with so many hidden units, or fewer: one that is left out adds nothing. Throws ProgramStopped('missing') when nothing is filled in. */
function readNet(given: unknown, key: string, units: number): ReluNet | Finding {
  const entries = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const rows = (['wH', 'bH', 'wO'] as const).map((name) => numbersFrom(entries[name]));
  const [bO] = numbersFrom(entries['bO']) ?? [];
  if (rows.every((row) => row === undefined || row.length === 0) && bO === undefined) {
    throw new ProgramStopped('missing', `answers.json has no weights under "${key}".`);
  }
  const [wH, bH, wO] = rows;
  if (wH === undefined || bH === undefined || wO === undefined || bO === undefined) {
    return {
      says: `"${key}" needs the lists wH, bH, wO and the number bO.`,
      yours: JSON.stringify(given).slice(0, 200),
    };
  }
  const lengths = [wH, bH, wO].map((row) => row.length);
  if (lengths.some((length) => length !== lengths[0] || length > units)) {
    return {
      says: `The network has ${units} hidden units: wH, bH and wO hold ${units} numbers each.`,
      yours: `${lengths.join(', ')} numbers`,
      expected: `${units} numbers each; a unit that is not needed has wO = 0`,
    };
  }
  return { wH, bH, wO, bO };
}
