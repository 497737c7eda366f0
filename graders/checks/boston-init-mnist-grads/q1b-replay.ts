/**
 * A training run that can be replayed: a linear model with two weights, one batch, plain gradient descent. One weight swings
 * to its end, the other creeps, so that the validation errors rise and fall again; where MSE and MAE are smallest differs.
 */
import type { Random } from '../../numerics/random.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { Program } from '../../mistakes/program.ts';
import type { StoppingRules } from '../../mistakes/training/early-stopping.ts';
import { stoppingProgram } from '../../mistakes/training/early-stopping.ts';
import { stoppingMistakes } from '../../mistakes/training/early-stopping-mistakes.ts';
import type { Variant } from '../../problem.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../problem.ts';

type Pair = readonly [number, number];

export interface StoppingProbe {
  train: { x: Pair[]; y: number[] };
  val: { x: Pair[]; y: number[] };
  start: Pair;
  epochs: number;
  patience: number;
}

export interface Replay {
  /** Weights after each epoch. */
  weights: Pair[];
  loss: number[];
  valLoss: number[];
  mae: number[];
  valMae: number[];
}

/** The library's own rate for the optimiser called sgd. */
const rate = 0.01;

/** Every epoch up to the limit; training errors are those before the step, as a batch reports them. */
export function replay({ train, val, start, epochs }: StoppingProbe): Replay {
  const run: Replay = { weights: [], loss: [], valLoss: [], mae: [], valMae: [] };
  let w = start;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const errors = errorsOf(train, w);
    run.loss.push(mean(errors.map((e) => e * e)));
    run.mae.push(mean(errors.map(Math.abs)));
    const slope = (k: 0 | 1) => mean(errors.map((e, i) => 2 * e * train.x[i]![k]));
    w = [w[0] - rate * slope(0), w[1] - rate * slope(1)];
    run.weights.push(w);
    const after = errorsOf(val, w);
    run.valLoss.push(mean(after.map((e) => e * e)));
    run.valMae.push(mean(after.map(Math.abs)));
  }
  return run;
}

const errorsOf = ({ x, y }: StoppingProbe['val'], w: Pair) => x.map(([a, b], i) => w[0] * a + w[1] * b - y[i]!);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * What a run ends with: epochs run, the two epochs told, the epoch of the weights that are left (as a distance from the
 * best epoch told), and whether series and best errors are those of the run (0, or how far off).
 */
export function ending(probe: StoppingProbe, values: readonly number[], rules: StoppingRules): Answer {
  const given = { values, patience: probe.patience };
  const told = stoppingProgram.run(given, { ...rules, restored: stoppingProgram.right.restored });
  const left = stoppingProgram.run(given, rules);
  const [last, best] = [told['lastEpoch']!.data[0]!, told['restoredEpoch']!.data[0]!];
  const number = (value: number) => makeArray([], [value]);
  return {
    ran: number(last + 1),
    stoppedEpoch: number(last),
    bestEpoch: number(best),
    kept: number(left['restoredEpoch']!.data[0]! - best),
    series: makeArray([4], [0, 0, 0, 0]),
    best: makeArray([2], [0, 0]),
  };
}

const program: Program<StoppingProbe, StoppingRules> = {
  right: stoppingProgram.right,
  run: (probe, rules) => ending(probe, replay(probe).valMae, rules),
};

const monitors = (id: string, title: string, series: keyof Omit<Replay, 'weights'>): Variant<StoppingProbe> => ({
  id,
  title,
  advice: `Stop on the validation MAE: yours follows ${title.replace('stops on ', '')}.`,
  compute: (probe) => ending(probe, replay(probe)[series], stoppingProgram.right),
});

export const right = (probe: StoppingProbe): Answer => program.run(probe, program.right);

/** Equal values do not occur in training, values from after the stop are seen by nobody, epochs counted from 1 are read as such. */
export const endings: readonly Variant<StoppingProbe>[] = [
  monitors('monitors-val-loss', 'stops on the validation loss', 'valLoss'),
  monitors('monitors-mae', 'stops on the training MAE', 'mae'),
  monitors('monitors-loss', 'stops on the training loss', 'loss'),
  ...variantsOf(
    program,
    stoppingMistakes.filter(({ id }) => !['equal-improves', 'counted-from-one', 'best-of-all'].includes(id)),
  ),
];

/** How many known mistakes end otherwise than the right program. */
export function told(probe: StoppingProbe): number {
  const expected = right(probe);
  const differs = (answer: Answer) =>
    (['ran', 'bestEpoch', 'kept'] as const).some((name) => answer[name]!.data[0] !== expected[name]!.data[0]);
  return endings.filter(({ compute }) => differs(compute(probe))).length;
}

/** Whether rounding in single precision decides nothing: no value comes near the best so far without being it. */
export function isClear(probe: StoppingProbe): boolean {
  const { valMae, valLoss } = replay(probe);
  return [valMae, valLoss].every((values) => {
    let best = Infinity;
    return values.every((value) => {
      const clear = best === Infinity || Math.abs(value - best) > 1e-3 * best;
      best = Math.min(best, value);
      return clear;
    });
  });
}

/** Of many random runs one that is clear and tells most mistakes apart; `early` says whether it stops before its limit. */
export function drawRun(
  random: Random,
  { epochs, patience, early }: { epochs: number; patience: number; early: boolean },
) {
  let best: StoppingProbe | undefined;
  for (let i = 0; i < 400; i++) {
    const probe = candidate(random, epochs, patience);
    const expected = right(probe);
    const [last, bestEpoch] = [expected['stoppedEpoch']!.data[0]!, expected['bestEpoch']!.data[0]!];
    if (
      bestEpoch < 2 ||
      early !== last < epochs - 1 ||
      (!early && [epochs - 1, epochs - 2, last - patience].includes(bestEpoch)) ||
      !isClear(probe)
    )
      continue;
    if (best === undefined || told(probe) > told(best)) best = probe;
  }
  if (best === undefined) throw new Error('No clear training run was found among 400.');
  return best;
}

function candidate(random: Random, epochs: number, patience: number): StoppingProbe {
  const [swing, creep] = [random.uniform(13.2, 13.9), random.uniform(1.6, 3)];
  const goal: Pair = [random.uniform(-1, 1), random.uniform(-2, 2)];
  const round = (pairs: Pair[]): Pair[] => pairs.map(([a, b]) => [Math.fround(a), Math.fround(b)]);
  const train = round([
    [swing, 0],
    [-swing, 0],
    [0, creep],
    [0, -creep],
  ]);
  const val = round(Array.from({ length: 7 }, () => [random.normal(0, 1), random.normal(0, 2)]));
  const price = ([a, b]: Pair, noise: number) => Math.fround(goal[0] * a + goal[1] * b + random.normal(0, noise));
  return {
    train: { x: train, y: train.map((row) => price(row, 0)) },
    val: { x: val, y: val.map((row) => price(row, 1.5)) },
    start: [Math.fround(goal[0] + random.uniform(-3, 3)), Math.fround(random.uniform(-3, 3))],
    epochs,
    patience,
  };
}
