import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import { drawCase } from '../mlp/trial.ts';
import type { Course } from './course.ts';
import type { CurveRules } from './curves.ts';
import { curveProgram, lossOf, softmaxTwice } from './curves.ts';

const kind = { hidden: 'relu', output: 'softmax-cce', layers: 2, outputs: 'many' } as const;
const draw = (name: string, rows: number) => drawCase(createRandom(7, 'curves').fork(name), [7, 6, 5], rows, kind);
const rows = ({ X, Y }: ReturnType<typeof draw>) => ({
  X,
  Y: Y.map((_, i) => Array.from({ length: 5 }, (__, k) => Number(k === i % 5))),
});
const start = draw('net', 4);
const course: Course = {
  start,
  train: rows(draw('train', 4)),
  test: rows(draw('test', 3)),
  batchSize: 4,
  epochs: 1,
  eta: 1e-3,
};

/** Loss after a step minus loss before, over the step size: minus the squared length of the gradient, to first order. */
function fall(changed: Partial<CurveRules>): { measured: number; predicted: number } {
  const rules = { ...curveProgram.right, ...changed };
  const end = curveProgram.run(course, rules);
  const moved = {
    ...start,
    W: start.W.map((W, l) => W.map((row, i) => row.map((v, j) => v + end[`W${l + 1}`]!.data[i * row.length + j]!))),
    b: start.b.map((b, l) => b.map((v, j) => v + end[`b${l + 1}`]!.data[j]!)),
  };
  const changes = ['W1', 'b1', 'W2', 'b2'].flatMap((name) => Array.from(end[name]!.data));
  const squared = changes.reduce((sum, v) => sum + v * v, 0);
  return {
    measured: rules.loss(moved, course.train) - rules.loss(start, course.train),
    predicted: -squared / course.eta,
  };
}

describe('a training with its curves', () => {
  it('steps down its own loss, from logits and from probabilities taken for logits', () => {
    for (const changed of [{}, softmaxTwice]) {
      const { measured, predicted } = fall(changed);
      expect(measured / predicted).toBeGreaterThan(0.98);
      expect(measured / predicted).toBeLessThan(1.02);
    }
  });

  it('reports one number for every epoch, and −1 where an epoch is missing', () => {
    const two = { ...course, epochs: 2 };
    const [first, second] = curveProgram.run(two, curveProgram.right)['trainLoss']!.data;
    expect(first).toBe(lossOf(start, course.train));
    expect(second).toBeLessThan(first!);
    const short = curveProgram.run(two, { ...curveProgram.right, epochs: () => 1 });
    expect(short['trainLoss']!.data[1]).toBe(-1);
  });

  it('leaves other weights behind where it learns from the test set, after it has tested', () => {
    const [right, learns] = [false, true].map((learnsFromTests) =>
      curveProgram.run(course, { ...curveProgram.right, learnsFromTests }),
    );
    expect(learns!['testLoss']).toEqual(right!['testLoss']);
    expect(learns!['W1']).not.toEqual(right!['W1']);
  });
});
