/** Early stopping got wrong: what counts as improvement, how long to wait, and which weights come back. */
import type { StoppingRules } from './early-stopping.ts';
import type { Mistake } from '../program.ts';

type StoppingMistake = Mistake<StoppingRules>;
const improvesIf =
  (improves: StoppingRules['improves']) =>
  (right: StoppingRules): StoppingRules => ({ ...right, improves });
const limitIs =
  (limit: StoppingRules['limit']) =>
  (right: StoppingRules): StoppingRules => ({ ...right, limit });
const waitIs =
  (wait: StoppingRules['wait']) =>
  (right: StoppingRules): StoppingRules => ({ ...right, wait });
const restores =
  (restored: StoppingRules['restored']) =>
  (right: StoppingRules): StoppingRules => ({ ...right, restored });

export const stoppingMistakes: readonly StoppingMistake[] = [
  {
    id: 'one-epoch-late',
    title: 'stops one epoch late',
    advice: 'Stop when the count of epochs without improvement reaches the patience (≥), not when it exceeds it (>).',
    apply: limitIs((patience) => patience + 1),
  },
  {
    id: 'one-epoch-early',
    title: 'stops one epoch early',
    advice: 'Wait the full patience: you stop one epoch before it is used up.',
    apply: limitIs((patience) => patience - 1),
  },
  {
    id: 'no-patience',
    title: 'stops at the first epoch without improvement',
    advice: 'Count epochs without improvement and stop only when the patience is used up.',
    apply: limitIs(() => 1),
  },
  {
    id: 'never-stops',
    title: 'never stops',
    advice: 'Leave the loop when the patience is used up: all epochs are run.',
    apply: limitIs(() => Infinity),
  },
  {
    id: 'equal-improves',
    title: 'an equal value counts as improvement',
    advice: 'Count only a smaller value as improvement (<), not an equal one (≤).',
    apply: improvesIf(({ value, best }) => value <= best),
  },
  {
    id: 'compares-with-previous',
    title: 'compares with the epoch before',
    advice: 'Compare with the best value so far, not with the value of the epoch before.',
    apply: improvesIf(({ value, previous }) => value < previous),
  },
  {
    id: 'compares-with-first',
    title: 'compares with the first epoch',
    advice: 'Update the best value when an epoch improves: you keep comparing with the first one.',
    apply: improvesIf(({ value, epoch, first }) => epoch === 0 || value < first),
  },
  {
    id: 'maximises',
    title: 'looks for the largest value',
    advice: 'Look for the smallest loss: larger is better only for an accuracy.',
    apply: improvesIf(({ value, best, epoch }) => epoch === 0 || value > best),
  },
  {
    id: 'counter-never-reset',
    title: 'counter never reset',
    advice: 'Set the counter back to 0 when an epoch improves.',
    apply: waitIs(({ wait }, improved) => (improved ? wait : wait + 1)),
  },
  {
    id: 'counter-reset-to-one',
    title: 'counter reset to 1',
    advice: 'Set the counter back to 0, not to 1, when an epoch improves.',
    apply: waitIs(({ wait, epoch }, improved) => (improved ? Math.min(1, epoch) : wait + 1)),
  },
  {
    id: 'counts-all-epochs',
    title: 'counts all epochs',
    advice: 'Count only the epochs without improvement: you count every one.',
    apply: waitIs(({ wait }) => wait + 1),
  },
  {
    id: 'counts-rises',
    title: 'counts rises in a row',
    advice: 'Count epochs that do not beat the best value: you count rises against the epoch before.',
    apply: waitIs(({ wait, value, previous }) => (value > previous ? wait + 1 : 0)),
  },
  {
    id: 'counts-all-rises',
    title: 'counts all rises',
    advice: 'Count epochs in a row that do not beat the best value: you count every rise since the start.',
    apply: waitIs(({ wait, value, previous }) => (value > previous ? wait + 1 : wait)),
  },
  {
    id: 'last-weights',
    title: 'weights of the last epoch kept',
    advice: 'Restore the weights of the best epoch after stopping: yours are those of the last.',
    apply: restores(({ epoch }) => epoch),
  },
  {
    id: 'stop-minus-patience',
    title: 'goes back by the patience',
    advice: 'Restore the best epoch: going back by the patience finds it only if training stopped early.',
    apply: restores(({ epoch }, { patience }) => Math.max(0, epoch - patience)),
  },
  {
    id: 'before-best',
    title: 'weights from before the best epoch',
    advice: 'Save the weights after the epoch was trained: yours are one epoch too old.',
    apply: restores(({ bestEpoch }) => bestEpoch - 1),
  },
  {
    id: 'after-best',
    title: 'weights from one epoch after the best',
    advice: 'Save a copy of the weights when an epoch improves: yours are changed by the next epoch.',
    apply: restores(({ bestEpoch, epoch }) => Math.min(bestEpoch + 1, epoch)),
  },
  {
    id: 'worst-weights',
    title: 'weights of the worst epoch',
    advice: 'Restore the epoch with the smallest value: you take the largest.',
    apply: restores(({ epoch }, { values }) => {
      const seen = values.slice(0, epoch + 1);
      return seen.indexOf(Math.max(...seen));
    }),
  },
  {
    id: 'best-of-all',
    title: 'best epoch of the whole list',
    advice: 'Restore the best epoch among those that were run: you look at values from after the stop.',
    apply: restores((_, { values }) => values.indexOf(Math.min(...values))),
  },
  {
    id: 'first-weights',
    title: 'weights of the first epoch',
    advice: 'Save the weights whenever an epoch improves: yours are saved only once.',
    apply: restores(() => 0),
  },
  {
    id: 'counted-from-one',
    title: 'last epoch counted from 1',
    advice: 'Count epochs from 0, as the task does, or return the number of epochs where it asks for that.',
    apply: (right) => ({ ...right, reported: (epoch) => epoch + 1 }),
  },
];
