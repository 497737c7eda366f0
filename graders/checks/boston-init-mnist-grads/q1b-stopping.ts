/** Early stopping in Question 1b. */
import type { Trainer } from '../../kinds/early-stopping.ts';
import { stoppingProblemOf } from '../../kinds/early-stopping.ts';

export const trainer: Trainer = {
  unit: 'q1b',
  builds: 'buildModel',
  trains: 'train',
  batches: { module: 'fixed-batches', name: 'fixedBatches' },
};

export const stoppingProblem = stoppingProblemOf('q1b.stopping', trainer);
