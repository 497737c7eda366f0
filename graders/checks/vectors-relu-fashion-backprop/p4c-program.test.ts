import { describe, expect, it } from 'vitest';
import { drawImages, drawReluNet, rowsOf } from './fashion-net.ts';
import { lossOf, trainingProgram } from './p4c-program.ts';
import type { TrainingCase } from './p4c-program.ts';
import { createRandom } from '../../numerics/random.ts';

const random = createRandom(7, 'training program');
const rows = (count: number) => {
  const set = drawImages(random.fork(`${count}`), count);
  return { X: rowsOf(set), Y: Array.from(set.labels) };
};
const given: TrainingCase = {
  net: drawReluNet(random, [6]),
  train: [rows(4)],
  test: [rows(3)],
  epochs: 1,
  learningRate: 1e-3,
};

/** Loss after a step minus loss before, over the step size: minus the squared length of the gradient, to first order. */
function fall(softmaxBefore: boolean): { measured: number; predicted: number } {
  const end = trainingProgram.run(given, { ...trainingProgram.right, softmaxBefore });
  const moved = {
    weights: given.net.weights.map((W, l) =>
      W.map((row, i) => row.map((v, j) => v + end[`W${l + 1}`]!.data[i * row.length + j]!)),
    ),
    biases: given.net.biases.map((b, l) => b.map((v, j) => v + end[`b${l + 1}`]!.data[j]!)),
  };
  const changes = ['W1', 'b1', 'W2', 'b2'].flatMap((name) => Array.from(end[name]!.data));
  const squared = changes.reduce((sum, v) => sum + v * v, 0);
  const [batch] = given.train;
  return {
    measured: lossOf(moved, batch!, softmaxBefore) - lossOf(given.net, batch!, softmaxBefore),
    predicted: -squared / given.learningRate,
  };
}

describe('the training program', () => {
  it('steps down its own loss, from logits and from probabilities taken for logits', () => {
    for (const softmaxBefore of [false, true]) {
      const { measured, predicted } = fall(softmaxBefore);
      expect(measured / predicted).toBeGreaterThan(0.98);
      expect(measured / predicted).toBeLessThan(1.02);
    }
  });

  it('reports one number for every epoch, and −1 where an epoch is missing', () => {
    const two = { ...given, epochs: 2 };
    expect(Array.from(trainingProgram.run(two, trainingProgram.right)['trainLoss']!.data).every((v) => v > 0)).toBe(
      true,
    );
    const short = trainingProgram.run(two, { ...trainingProgram.right, epochs: () => 1 });
    expect(short['trainLoss']!.data[1]).toBe(-1);
  });
});
