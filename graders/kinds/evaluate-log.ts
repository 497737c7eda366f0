/** The log of a network's method `evaluate`, beside that of the grader's own steps from the same weights. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { inList, logFrom } from './accuracy-log.ts';
import { batchesOf } from '../mistakes/training/curves.ts';
import { logOf } from '../mistakes/training/log-mistakes.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import { drawCase } from '../mistakes/mlp/trial.ts';
import type { NetworkClass } from './network-object.ts';
import { makeWith, sentBatches } from './network-object.ts';
import { callMethod } from './student-objects.ts';

const [batch, batches, epochs, eta] = [8, 5, 2, 0.3];

/** Two epochs with a batch of 8 at a time: accuracies on 40 images for training and 40 for testing, epoch by epoch. */
export async function judgeEvaluateLog(context: CheckContext, id: string, network: NetworkClass): Promise<Judgement> {
  const random = context.random(id);
  const kind = { hidden: 'sigmoid', output: 'softmax-cce', layers: 2, outputs: 'many' } as const;
  const draw = (name: string): MlpCase => drawCase(random.fork(name), [6, 5, 4], batch * batches, kind);
  const net: MlpCase = { ...draw('train'), reduction: 'sum' };
  const { X, Y } = draw('test');
  const course = { start: net, train: { X: net.X, Y: net.Y }, test: { X, Y }, batchSize: batch, epochs, eta };
  const guest = await context.guest();
  const own = await makeWith(guest, network, { ...net, X: net.X.slice(0, batch) });
  const options = { kind: 'record', entries: { epochs, eta } } as const;
  const log = logFrom(
    await callMethod(guest, own, 'evaluate', [
      sentBatches(batchesOf(course.train, batch)),
      sentBatches(batchesOf(course.test, batch)),
      options,
    ]),
    'evaluate',
  );
  const right = logOf(course);
  for (const [name, yours, expected] of [
    ['trainAcc', log.trainAcc, right.train],
    ['testAcc', log.testAcc, right.test],
    // Errors may be left out: they say what the accuracies say.
    ['trainErr', log.trainErr, right.train.map((v) => 1 - v)],
    ['testErr', log.testErr, right.test.map((v) => 1 - v)],
  ] as const) {
    if (yours === undefined) continue;
    // One image more or less is a fortieth; a share in single precision is off by 1e-7.
    if (yours.length === epochs && yours.every((v, i) => Math.abs(v - expected[i]!) < 1e-6)) continue;
    return fail({
      says: `${name} is not what two epochs of training lead to.`,
      asked: `a network 6-5-4 with weights of ours, ${batches} batches of ${batch}, learning rate ${eta}`,
      yours: inList(yours),
      expected: inList(expected),
      hint: 'One step for each batch, in order; after every epoch all batches of both sets are counted without a step.',
    });
  }
  return pass();
}
