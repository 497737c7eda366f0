/** `evaluate` of the student's own network, repeated step by step from the same weights. */
import type { Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Arg } from '../../model.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { backprop, forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { drawCase } from '../../mistakes/mlp/trial.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { callNetwork, makeWith } from './network.ts';
import { inList, logFrom } from './small-runs.ts';

const network = { module: 'own.ts', name: 'MultiLayerPerceptron' } as const;
const [batch, batches, epochs, eta] = [8, 5, 2, 0.3];

interface Set {
  X: Mat[];
  Y: Mat[];
}

/** Two epochs with a batch of 8 at a time: accuracies on 40 images for training and 40 for testing, epoch by epoch. */
export async function judgeEvaluate(desk: Desk): Promise<Judgement> {
  const random = desk.random('0.evaluate');
  const kind = { hidden: 'sigmoid', output: 'softmax-cce', layers: 2, outputs: 'many' } as const;
  const draw = (name: string): MlpCase => drawCase(random.fork(name), [6, 5, 4], batch * batches, kind);
  const net: MlpCase = { ...draw('train'), reduction: 'sum' };
  const cut = ({ X, Y }: MlpCase): Set => {
    const parts = (rows: Mat) => Array.from({ length: batches }, (_, i) => rows.slice(i * batch, (i + 1) * batch));
    return { X: parts(X), Y: parts(Y) };
  };
  const [train, test] = [cut(net), cut(draw('test'))];
  const guest = await desk.guest();
  const own = await makeWith(guest, network, { ...net, X: train.X[0]! });
  const options = { kind: 'record', entries: { epochs, eta } } as const;
  const log = logFrom(await callNetwork(guest, own, 'evaluate', [sent(train), sent(test), options]), 'evaluate');
  const right = repeat(net, train, test);
  for (const [name, yours, expected] of [
    ['trainAcc', log.trainAcc, right.train],
    ['testAcc', log.testAcc, right.test],
    ['trainErr', log.trainErr ?? [], right.train.map((v) => 1 - v)],
    ['testErr', log.testErr ?? [], right.test.map((v) => 1 - v)],
  ] as const) {
    if (yours.length === epochs && yours.every((v, i) => Math.abs(v - expected[i]!) < 1e-9)) continue;
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

const sent = ({ X, Y }: Set): Arg => ({
  kind: 'record',
  entries: {
    data: { kind: 'list', items: X.map((rows) => arrayOf(rows)) },
    labels: { kind: 'list', items: Y.map((rows) => arrayOf(rows)) },
  },
});

function repeat(start: MlpCase, train: Set, test: Set): { train: number[]; test: number[] } {
  let net = start;
  const log: { train: number[]; test: number[] } = { train: [], test: [] };
  for (let epoch = 0; epoch < epochs; epoch++) {
    train.X.forEach((X, i) => {
      const { W, b } = backprop({ ...net, X, Y: train.Y[i]! }, rightRules);
      net = {
        ...net,
        W: net.W.map((rows, l) => rows.map((row, j) => row.map((w, k) => w - eta * W[l]![j]![k]!))),
        b: net.b.map((row, l) => row.map((w, k) => w - eta * b[l]![k]!)),
      };
    });
    log.train.push(accuracy(net, train));
    log.test.push(accuracy(net, test));
  }
  return log;
}

function accuracy(net: MlpCase, { X, Y }: Set): number {
  const best = (row: readonly number[]) => row.indexOf(Math.max(...row));
  const P = X.flatMap((rows) => forwardPass({ ...net, X: rows, Y: Y[0]! }, rightRules).a.at(-1)!);
  return P.filter((row, n) => best(row) === best(Y.flat()[n]!)).length / P.length;
}
