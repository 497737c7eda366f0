/** The training runs on which early stopping is judged: drawn so that single precision blurs nothing and mistakes show. */
import type { Visit } from '../key.ts';
import { endings, replay, right } from '../mistakes/training/stopped-run.ts';
import type { Row, Rows, StoppingProbe } from '../mistakes/training/stopped-run.ts';
import type { Random } from '../numerics/random.ts';

/** Runs with a branch each that a program may take, after one that tells most mistakes apart. */
export const drawRuns = (random: Random): StoppingProbe[] => [
  drawRun(random.fork('a'), { epochs: 40, patience: 4, wanted: stopsEarly }),
  drawRun(random.fork('b'), { epochs: 40, patience: 2, wanted: (probe) => stopsEarly(probe) && hasLastChance(probe) }),
  validatedIn(thousands, drawRun(random.fork('c'), { epochs: 10, patience: 5, wanted: runsOut })),
  tiedRun(random.fork('ties')),
  validatedIn(hundredths, creepingRun(random.fork('creeping'))),
  // Over after a few epochs: the first that is no better ends it.
  drawRun(random.fork('impatient'), { epochs: 6, patience: 1, wanted: stopsEarly }),
];

/** Powers of two, so that nothing is rounded: errors beyond whatever a program begins with, and too small for four places. */
const thousands = 1024;
const hundredths = 1 / 64;

/** The same run with validation rows in another unit: training is what it was, and so is which epoch is better. */
const validatedIn = (unit: number, probe: StoppingProbe): StoppingProbe => ({
  ...probe,
  val: {
    ...probe.val,
    x: probe.val.x.map((row) => row.map((value) => value * unit)),
    y: probe.val.y.map((value) => value * unit),
  },
});

const some = (says: string, holds: (probe: StoppingProbe) => boolean): Visit<StoppingProbe> => ({
  says,
  holds: (probes) => probes.some(holds),
});
const number = (probe: StoppingProbe, name: string) => right(probe)[name]!.data[0]!;

const stopsEarly = (probe: StoppingProbe): boolean => number(probe, 'ran') < probe.epochs;
/** The limit comes first, and none of the epochs that mistakes mix up is the best one. */
const runsOut = (probe: StoppingProbe): boolean => {
  const [last, best] = [probe.epochs - 1, number(probe, 'bestEpoch')];
  return !stopsEarly(probe) && ![last, last - 1, last - probe.patience].includes(best);
};
/** Epochs that are better than all before. */
const improvements = (values: readonly number[]): number[] =>
  values.flatMap((value, epoch) => (values.slice(0, epoch).every((earlier) => value < earlier) ? [epoch] : []));
const seen = (probe: StoppingProbe) => replay(probe).valMae.slice(0, number(probe, 'ran'));
const hasLastChance = (probe: StoppingProbe): boolean =>
  improvements(seen(probe)).some((epoch, i, all) => i > 0 && epoch - all[i - 1]! === probe.patience);

export const visits: readonly Visit<StoppingProbe>[] = [
  some('a run that stops early', stopsEarly),
  some('a run that reaches its limit', (probe) => !stopsEarly(probe)),
  some('an improvement in the last epoch of the patience', hasLastChance),
  some('validation errors that are equal', (probe) => new Set(seen(probe)).size < seen(probe).length),
  some('training errors that rise in every epoch', (probe) =>
    [replay(probe).loss, replay(probe).mae].every((all) => all.every((value, i) => i === 0 || value > all[i - 1]!)),
  ),
  some('a first epoch that is the best one', (probe) => number(probe, 'bestEpoch') === 0),
  some('a last epoch that is the best one', (probe) => number(probe, 'bestEpoch') === probe.epochs - 1),
  some('improvements by less than 0.1 %', (probe) =>
    seen(probe).every((value, i, all) => i === 0 || (value < all[i - 1]! && value > all[i - 1]! * 0.999)),
  ),
  some('validation errors above 100 throughout', (probe) => seen(probe).every((value) => value > 100)),
  some('validation errors of which most are the same when rounded to four places', (probe) => {
    const rounded = new Set(seen(probe).map((value) => value.toFixed(4)));
    return rounded.size <= 3 && improvements(seen(probe)).length >= 6;
  }),
  some('a patience of one epoch', (probe) => probe.patience === 1 && stopsEarly(probe)),
  some('a last batch that is smaller', ({ train }) => train.y.length % train.batch > 0),
  some('a program that is told no patience', ({ byDefault }) => byDefault === true),
];

/** Whether rounding in single precision decides nothing: no value comes near the best so far without being it. */
export function isClear(probe: StoppingProbe, least = 1e-3): boolean {
  const { valMae, valLoss } = replay(probe);
  return [valMae, valLoss].every((values) => {
    let best = Infinity;
    return values.every((value) => {
      const clear = best === Infinity || value === best || Math.abs(value - best) > least * best;
      best = Math.min(best, value);
      return clear;
    });
  });
}

/** How many known mistakes end otherwise than the right program. */
function told(probe: StoppingProbe): number {
  const expected = right(probe);
  return endings.filter(({ compute }) => {
    const answer = compute(probe);
    return ['ran', 'bestEpoch', 'kept'].some((name) => answer[name]!.data[0] !== expected[name]!.data[0]);
  }).length;
}

/** Random runs are tried until so many are as wanted; of those that tell most mistakes apart the shortest is taken. */
const most = { runs: 2000, wanted: 20 };

function drawRun(
  random: Random,
  { epochs, patience, wanted }: { epochs: number; patience: number; wanted(probe: StoppingProbe): boolean },
): StoppingProbe {
  const found: StoppingProbe[] = [];
  for (let i = 0; i < most.runs && found.length < most.wanted; i++) {
    const probe = candidate(random, epochs, patience);
    if (number(probe, 'bestEpoch') >= 2 && wanted(probe) && isClear(probe)) found.push(probe);
  }
  const [first] = found
    .map((probe) => ({ probe, tells: told(probe), ran: number(probe, 'ran') }))
    .sort((a, b) => b.tells - a.tells || a.ran - b.ran);
  if (first === undefined) throw new Error(`No clear training run was found among ${most.runs}.`);
  return first.probe;
}

/** Both signs, so that the bias never moves; along one axis, so that one weight moves alone. */
const axis = (k: number, ...sizes: number[]): Row[] =>
  sizes.flatMap((size) => [size, -size].map((value) => [0, 1, 2].map((i) => (i === k ? Math.fround(value) : 0))));
const priced = (x: readonly Row[], goal: Row, batch: number, noise = () => 0): Rows => ({
  x,
  y: x.map((row) => Math.fround(row.reduce((sum, value, k) => sum + goal[k]! * value, noise()))),
  batch,
});
const drawRow = (random: Random, ...reach: number[]): Row => reach.map((r) => Math.fround(random.uniform(-r, r)));

/** Batches of 4, 4 and 2 rows: one for the weight that swings, one for the weight that creeps, one for a third. */
function candidate(random: Random, epochs: number, patience: number): StoppingProbe {
  const goal = drawRow(random, 1, 2, 1);
  const swing = random.uniform(9.3, 9.8);
  const train = [
    ...axis(0, swing, swing * random.uniform(0.97, 1.03)),
    ...axis(1, random.uniform(1.1, 1.6), random.uniform(1.6, 2.1)),
    ...axis(2, random.uniform(1.5, 3)),
  ];
  const val = Array.from({ length: 7 }, () => [1, 2, 0.5].map((sd) => Math.fround(random.normal(0, sd))));
  return {
    train: priced(train, goal, 4),
    val: priced(val, goal, 4, () => random.normal(0, 1.5)),
    start: [goal[0]! + random.uniform(-3, 3), random.uniform(-3, 3), goal[2]! + random.uniform(-2, 2)].map(Math.fround),
    epochs,
    patience,
  };
}

/**
 * The validation rows hang on a weight that no batch moves: their errors stay what they are to the last bit. The training
 * errors rise, since one weight swings wider in every epoch: who goes by them stops here, and who never stops does not.
 */
function tiedRun(random: Random): StoppingProbe {
  const goal = drawRow(random, 1, 2, 1);
  const train = [...axis(0, random.uniform(14.28, 14.36)), ...axis(1, random.uniform(1.6, 2.8))];
  const val = axis(2, random.uniform(1, 2), random.uniform(1, 2)).slice(0, 3);
  return {
    train: priced(train, goal, 4),
    val: priced(val, goal, 3, () => random.normal(0, 1.5)),
    start: [goal[0]! + random.uniform(2, 3), goal[1]! - random.uniform(1, 3), goal[2]! + random.uniform(1, 2)].map(
      Math.fround,
    ),
    epochs: 45,
    patience: 30,
    byDefault: true,
  };
}

/** Every epoch is better than the one before by some hundredths of a per cent. */
function creepingRun(random: Random): StoppingProbe {
  const goal = drawRow(random, 1, 2, 1);
  const train = [...axis(0, 3), ...axis(1, random.uniform(0.12, 0.2)), ...axis(2, 2)];
  const val = Array.from({ length: 5 }, () => [0, Math.fround(random.uniform(0.8, 1.2)), 0]);
  return {
    train: priced(train, goal, 4),
    // What the weight is too large by and what the rows lie too low by add up in every row.
    val: priced(val, goal, 3, () => -0.2),
    start: [goal[0]!, Math.fround(goal[1]! + random.uniform(0.15, 0.25)), goal[2]!],
    epochs: 8,
    patience: 3,
  };
}
