/** What comes of training with the student's own parts, where some of them are wrong and have lost their marks. */
import type { Desk } from '../../check.ts';
import { minibatchesRight } from './minibatches.ts';
import { judgeUpdate } from './mlp-backward.ts';
import { gradientParts } from './mlp-gradients.ts';
import { update } from './mlp-update.ts';
import { stepParts } from './own-gradients.ts';
import type { Replay } from './training-replay.ts';
import { replay } from './training-replay.ts';
import { wrongParts } from '../../kinds/own-parts.ts';

const builtOn = [...stepParts, ...gradientParts, { task: '3.5', problem: update, judges: [judgeUpdate] }];

/** Parts that have lost their marks already, and what a loop of ours does with them; undefined if there are none. */
export async function withOwnParts(desk: Desk): Promise<{ culprits: string; ours: Replay } | undefined> {
  const batchesRight = await minibatchesRight(desk);
  const culprits = [...(batchesRight ? [] : ['2.1g or 2.1h']), ...(await wrongParts(desk, builtOn))];
  return culprits.length === 0
    ? undefined
    : { culprits: culprits.join(' and '), ours: await replay(desk, !batchesRight) };
}
