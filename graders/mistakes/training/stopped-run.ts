/**
 * A training run with early stopping that can be replayed: a linear model, plain gradient descent, a few batches of which each moves one weight
 * alone, so that the order of batches does not matter. One weight swings to its end, another creeps, so that the validation
 * errors rise and fall again; where MSE and MAE are smallest differs.
 */
import type { Variant } from '../../key.ts';
import { mistakeMaker, wrongly } from '../../key.ts';
import type { Program } from '../program.ts';
import { variantsOf } from '../program.ts';
import type { StoppingRules } from './early-stopping.ts';
import { stoppingProgram } from './early-stopping.ts';
import { stoppingMistakes } from './early-stopping-mistakes.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';

/** Features of a row, and weights of the model. */
export type Row = readonly number[];

export interface Rows {
  x: readonly Row[];
  y: readonly number[];
  /** Rows in a batch; the last one holds the rest. */
  batch: number;
}

export interface StoppingProbe {
  train: Rows;
  val: Rows;
  start: Row;
  epochs: number;
  patience: number;
  /** Set where the program is told no patience, so that its own default is the number above. */
  byDefault?: true;
}

export interface Replay {
  /** Weights after each epoch. */
  weights: Row[];
  loss: number[];
  valLoss: number[];
  mae: number[];
  valMae: number[];
}

/** The library's own rate for the optimiser called sgd. */
const rate = 0.01;

/**
 * Every epoch up to the limit. Training errors are those before the step of each batch, as the library reports them: over
 * all rows of an epoch, whatever the sizes of the batches.
 */
export function replay({ train, val, start, epochs }: StoppingProbe): Replay {
  const run: Replay = { weights: [], loss: [], valLoss: [], mae: [], valMae: [] };
  const batches = batchesOf(train);
  let w = start;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const before: number[] = [];
    for (const batch of batches) {
      const errors = errorsOf(batch, w);
      before.push(...errors);
      w = w.map((weight, k) => weight - rate * mean(errors.map((e, i) => 2 * e * batch.x[i]![k]!)));
    }
    const after = errorsOf(val, w);
    run.weights.push(w);
    run.loss.push(mean(before.map((e) => e * e)));
    run.mae.push(mean(before.map(Math.abs)));
    run.valLoss.push(mean(after.map((e) => e * e)));
    run.valMae.push(mean(after.map(Math.abs)));
  }
  return run;
}

const batchesOf = ({ x, y, batch }: Rows): Pick<Rows, 'x' | 'y'>[] =>
  Array.from({ length: Math.ceil(y.length / batch) }, (_, i) => ({
    x: x.slice(i * batch, (i + 1) * batch),
    y: y.slice(i * batch, (i + 1) * batch),
  }));
const errorsOf = ({ x, y }: Pick<Rows, 'x' | 'y'>, w: Row) =>
  x.map((row, i) => row.reduce((sum, value, k) => sum + w[k]! * value, 0) - y[i]!);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * What a run ends with: epochs run, the two epochs told, the epoch of the weights that are left (as a distance from the
 * best epoch told), and whether series and best errors are those of the run (0, or how far off).
 */
function ending(probe: StoppingProbe, values: readonly number[], rules: StoppingRules): Answer {
  const given = { values, patience: probe.patience };
  const told = stoppingProgram.run(given, { ...rules, restored: stoppingProgram.right.restored });
  const left = stoppingProgram.run(given, rules);
  // Where no epoch counts as better, the first one is told.
  const [last, best] = [told['lastEpoch']!.data[0]!, Math.max(0, told['restoredEpoch']!.data[0]!)];
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

export const right = (probe: StoppingProbe): Answer => program.run(probe, program.right);

/** As a run ends whose program looks at the errors from this epoch on only; weights of the last epoch stay where it saw none. */
export const endsWatchedFrom = (probe: StoppingProbe, from: number): Answer =>
  program.run(probe, {
    ...program.right,
    improves: ({ value, best, epoch }) => epoch >= from && value < best,
    wait: ({ wait, epoch }, improved) => (improved || epoch < from ? 0 : wait + 1),
    restored: ({ bestEpoch, epoch }) => (bestEpoch < 0 ? epoch : bestEpoch),
  });

/** As a run ends whose program takes an epoch for better only where it is better by some margin. */
export const endsWithMargin = (probe: StoppingProbe, isEnough: (value: number, best: number) => boolean): Answer =>
  program.run(probe, {
    ...program.right,
    improves: ({ value, best }) => best === Infinity || isEnough(value, best),
  });

const monitors = (id: string, title: string, series: keyof Omit<Replay, 'weights'>): Variant<StoppingProbe> =>
  wrongly(id, title, `Stop on the validation MAE: yours follows ${title.replace('stops on ', '')}.`, (probe) =>
    ending(probe, replay(probe)[series], stoppingProgram.right),
  );

/** Another idea of what is better, which may depend on the patience. */
const improves = mistakeMaker(
  (better: (memory: Parameters<StoppingRules['improves']>[0], probe: StoppingProbe) => boolean) => ({
    compute: (probe: StoppingProbe) =>
      ending(probe, replay(probe).valMae, {
        ...stoppingProgram.right,
        improves: (memory) => better(memory, probe),
      }),
  }),
);

/** Values from after the stop are seen by nobody, epochs counted from 1 are read as such. */
const unseen = ['counted-from-one', 'best-of-all'];

const boundless =
  'Begin with infinity as the best value: the error of the first epoch may be larger than any other number.';

/** Rules by which a run ends and weights are kept, while the epoch that is told may be looked up in the series afterwards. */
const ruled = [
  monitors('monitors-val-loss', 'stops on the validation loss', 'valLoss'),
  monitors('monitors-mae', 'stops on the training MAE', 'mae'),
  monitors('monitors-loss', 'stops on the training loss', 'loss'),
  improves(
    'last-chance-missed',
    'stops although the last epoch of the patience is better',
    'Look first whether the epoch is better, and only then whether the patience is used up.',
    ({ value, best, epoch, wait }, { patience }) => value < best && (epoch === 0 || wait < patience - 1),
  ),
  improves(
    'least-improvement',
    'an improvement by 0.001 at least is asked for',
    'Every smaller value is an improvement, however small the difference.',
    ({ value, best }) => value < best - 0.001,
  ),
  improves(
    'rounded',
    'validation errors rounded before they are compared',
    'Compare the validation MAE as it is: rounded, small improvements are lost.',
    ({ value, best }) => best === Infinity || Number(value.toFixed(4)) < Number(best.toFixed(4)),
  ),
  improves(
    'bounded-start',
    'a best value at the start that an error may exceed',
    boundless,
    ({ value, best }) => value < Math.min(best, 100),
  ),
];

/** In what the mistakes are called whose program tells the epoch with the smallest MAE, whatever it went by itself. */
const lookedUp = '-looked-up';
/** Whether the weights that are left follow from the rule by which it stops, and not from the epoch that it tells. */
export const keepsByRule = (id: string): boolean => id.endsWith(lookedUp) || id.startsWith('bounded-start');

const lookingUp = (ruled: Variant<StoppingProbe>): Variant<StoppingProbe> => ({
  ...ruled,
  id: `${ruled.id}${lookedUp}`,
  title: `${ruled.title}, and tells the epoch with the smallest MAE`,
  compute(probe) {
    const answer = ruled.compute(probe);
    const at = (name: string) => answer[name]!.data[0]!;
    const seen = replay(probe).valMae.slice(0, at('ran'));
    const smallest = seen.indexOf(Math.min(...seen));
    const number = (value: number) => makeArray([], [value]);
    return { ...answer, bestEpoch: number(smallest), kept: number(at('bestEpoch') + at('kept') - smallest) };
  },
});

const generally = variantsOf(program, [
  ...stoppingMistakes.filter(({ id }) => !unseen.includes(id)),
  // Two parts of the task that are both missing, as where there is no early stopping at all.
  {
    id: 'no-early-stopping',
    title: 'never stops, and keeps the weights of the last epoch',
    advice:
      'Stop on the validation MAE and put the best weights back: you run all epochs and leave the weights of the last.',
    apply: (right) => ({ ...right, limit: () => Infinity, restored: ({ epoch }) => epoch }),
  },
]);

/** The first epoch is told where none is better than what the program begins with, and it waits from there. */
const boundedFromFirst = mistakeMaker((start: number) => ({
  compute: (probe: StoppingProbe) =>
    ending(probe, replay(probe).valMae, {
      ...stoppingProgram.right,
      improves: ({ value, best }) => value < Math.min(best, start),
      wait: ({ wait, best, epoch }, improved) => (improved ? 0 : best === Infinity ? epoch : wait + 1),
    }),
}));

/** A patience of one epoch taken for none, as where the count is looked at only from the second epoch on. */
const impatient = mistakeMaker(() => ({
  compute: (probe: StoppingProbe) =>
    ending(probe, replay(probe).valMae, {
      ...stoppingProgram.right,
      limit: (patience) => (patience > 1 ? patience : Infinity),
    }),
}));

export const endings: readonly Variant<StoppingProbe>[] = [
  ...ruled,
  boundedFromFirst(
    'bounded-start-at-first',
    'a best value at the start that an error may exceed, with the first epoch as the best',
    boundless,
    100,
  ),
  impatient(
    'patience-of-one-ignored',
    'does not stop with a patience of 1',
    'A patience of 1 stops at the first epoch that is no better.',
  ),
  ...generally,
  ...[...ruled, ...generally.filter(({ id }) => id === 'maximises')].map(lookingUp),
];
