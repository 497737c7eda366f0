/**
 * The numbers of the sheet on descent, components and layers, reproduced by the oracles and by the model solutions from
 * numpy's random numbers. Hand-made ReLU networks are in hand-made.test.ts, signals of wide networks in initialisers.test.ts,
 * weights and orders in published-draws.test.ts.
 */
import { describe, test } from 'vitest';
import { fromOne, rightDescent, walk } from '../../graders/mistakes/training/descent.ts';
import { defaultRng } from '../../graders/numerics/numpy-random.testing.ts';
import { optimizeF } from '../descent-components-digits/q1-1a.ts';
import { optimizeF as optimizeDecaying } from '../descent-components-digits/q1-1g.ts';
import { sigmoid, sigmoidGrad } from '../descent-components-digits/q1-2b.ts';
import { sigmoidGradNumerical } from '../descent-components-digits/q1-2c.ts';
import { relu, reluGrad } from '../descent-components-digits/q1-2f.ts';
import { bceLoss, bceLossGrad, bceLossGradNumerical } from '../descent-components-digits/q1-2k.ts';
import { oneLayer } from '../descent-components-digits/q1-3a.ts';
import { Linear } from '../descent-components-digits/q1-4a.ts';
import { Sigmoid } from '../descent-components-digits/q1-4b.ts';
import { ReLU } from '../descent-components-digits/q1-4c.ts';
import { activations } from './activations.ts';
import { ripples } from './descent.ts';
import { glorotUniformLimit, productUniformLimit } from './initialisers.ts';
import { activationBackward, activationForward, linearBackward, linearForward } from './layers.ts';
import { binaryCrossEntropy, binaryCrossEntropyGradient } from './losses.ts';
import { oneLayer as oneLayerOracle } from './one-layer.ts';
import * as published from './published-figures.testing.ts';
import { same } from './same-numbers.testing.ts';

const rows = (n: number, width: number, draw: () => number) =>
  Array.from({ length: n }, () => Array.from({ length: width }, draw));
const ones = (n: number, width: number) => rows(n, width, () => 1);
const all = (f: (x: number) => number, x: readonly number[]) => x.map((v) => f(v));

describe('gradient descent', () => {
  const shrinking = { start: [0.123, 0.456], stepSize: 0.01, steps: 2, decay: 0.1 } as const;

  test.each([
    ['ten steps', published.descentOfTen, { start: [3, 2], stepSize: 0.1, steps: 10, decay: 1 }],
    ['decay from the first step', published.decayFromFirst, shrinking],
    ['decay before', published.decayBeforeFirst, shrinking, { ...rightDescent, size: fromOne }],
  ] as const)('%s: every point on the way', (_, { xHist, yHist, value }, search, rules?) => {
    const way = walk(ripples, search, rules);
    same([way.map(([x]) => x), way.map(([, y]) => y), ripples.f(...way.at(-1)!)], [xHist, yHist, value]);
  });

  test('the model solutions pass the same points', () => {
    const { xHist, yHist, value } = published.descentOfTen;
    for (const ours of [optimizeF(3, 2, 0.1, 10), optimizeDecaying(3, 2, 0.1, 10)])
      same([ours.xHist, ours.yHist, ours.value], [xHist, yHist, value]);
    const decaying = optimizeDecaying(0.123, 0.456, 0.01, 2, 0.1);
    same([decaying.xHist, decaying.yHist], [published.decayFromFirst.xHist, published.decayFromFirst.yHist]);
  });

  test('fifty shrinking steps end in the global minimum', () => {
    const { x, y, value } = published.tuned;
    const theirs = optimizeDecaying(3, 2, 0.2, 50, 0.99);
    same([theirs.x, theirs.y, theirs.value], [x, y, value]);
    const ours = walk(ripples, { start: [3, 2], stepSize: 0.2, steps: 50, decay: 0.99 }).at(-1)!;
    same([...ours, ripples.f(...ours)], [x, y, value]);
    same([...ripples.minimum, ripples.f(...ripples.minimum)], [x, y, value], 1e-7);
  });
});

describe('components', () => {
  test('activation functions and slopes, at numbers of the seed', () => {
    const { x, ...expected } = published.components;
    const rng = defaultRng(12345);
    same(
      Array.from(x, () => rng.uniform(-10, 10)),
      x,
      0,
    );
    for (const name of ['sigmoid', 'relu'] as const) {
      same(all(activations[name].f, x), expected[name]);
      same(all(activations[name].derivative, x), expected[`${name}Grad`]);
    }
    same([sigmoid([...x]), sigmoidGrad([...x])], [expected.sigmoid, expected.sigmoidGrad]);
    same([relu([...x]), reluGrad([...x])], [expected.relu, expected.reluGrad]);
  });

  test('a difference quotient with ε = 1e−5 meets the slopes to ten digits', () => {
    const { x, sigmoidGrad: slopes } = published.quotient;
    const rng = defaultRng(12345);
    same(
      Array.from(x, () => rng.uniform(-2, 2)),
      x,
      0,
    );
    same(all(activations.sigmoid.derivative, x), slopes);
    same(sigmoidGradNumerical([...x], 1e-5), slopes, 1e-10);
  });

  test('the cross-entropy of every prediction and its slope', () => {
    const { y, yHat, loss, grad } = published.crossEntropy;
    same(
      y.map((label, i) => binaryCrossEntropy(yHat[i]!, label)),
      loss,
    );
    same(
      y.map((label, i) => binaryCrossEntropyGradient(yHat[i]!, label)),
      grad,
    );
    same([bceLoss([...y], [...yHat]), bceLossGrad([...y], [...yHat])], [loss, grad]);
    same(bceLossGradNumerical([...y], [...yHat], 1e-5), grad, 1e-9);
  });
});

test('the one-layer model: loss and gradient for both inputs', () => {
  const { w, b } = published.oneLayerModel;
  const rng = defaultRng(12345);
  same(
    [...w, b].map(() => rng.normal()),
    [w, b],
    1e-15,
  );
  same(
    w.map(() => rng.uniform()),
    published.oneLayerModel.x,
    0,
  );
  const fresh = defaultRng(12345);
  same(
    w.map(() => fresh.uniform()),
    published.oneLayerOther.x,
    0,
  );
  for (const { x, loss, gradX } of [published.oneLayerModel, published.oneLayerOther]) {
    for (const model of [oneLayer, oneLayerOracle]) {
      const ours = model([...w], b, [...x], 1);
      same([ours.loss, ours.gradX], [loss, gradX]);
    }
  }
});

describe('layers', () => {
  /** Three inputs for a linear layer, and the stream from which its weights come next. */
  const linearStart = () => {
    const rng = defaultRng(12345);
    return { inputs: rows(3, 5, () => rng.uniform()), rng };
  };

  test.each([
    ['printed', published.linearAsPrinted, productUniformLimit(5, 7)],
    ['intended', published.linearGlorot, glorotUniformLimit(5, 7)],
  ] as const)('a linear layer with the %s limit', (_, { firstWeights, y, dxRow }, limit) => {
    const { inputs, rng } = linearStart();
    const W = rows(5, 7, () => rng.uniform(-limit, limit));
    same(W[0]!, firstWeights);
    same(linearForward(inputs, W, new Array<number>(7).fill(0)), y);
    same(linearBackward(inputs, W, ones(3, 7)).dX, [dxRow, dxRow, dxRow]);
  });

  test('the linear layer of the model solution draws the printed weights', () => {
    const { firstWeights, y, dxRow } = published.linearAsPrinted;
    const { inputs, rng } = linearStart();
    const layer = new Linear(5, 7, rng);
    same(layer.W[0]!, firstWeights);
    same([layer.forward(inputs), layer.backward(inputs, ones(3, 7))], [y, [dxRow, dxRow, dxRow]]);
  });

  test('a sigmoid layer', () => {
    const { firstInputs, y, slopes } = published.sigmoidLayer;
    const rng = defaultRng(12345);
    const x = rows(3, 5, () => rng.normal());
    same(x[0]!, firstInputs, 1e-15);
    same([activationForward('sigmoid', x), activationBackward('sigmoid', x, ones(3, 5))], [y, slopes]);
    same([new Sigmoid().forward(x), new Sigmoid().backward(x, ones(3, 5))], [y, slopes]);
  });

  test('a ReLU layer', () => {
    const rng = defaultRng(12345);
    const x = rows(3, 5, () => rng.uniform(-10, 10));
    same([activationForward('relu', x), new ReLU().forward(x)], [published.reluLayer.y, published.reluLayer.y]);
  });
});
