/** Three steps of SGD with Nesterov momentum 0.9 and rate 0.001 on the mean squared error of a network, and other compilations. */
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant, VariantFamily } from '../../key.ts';
import { wrongly } from '../../key.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import type { Gradients, MlpCase } from '../mlp/backprop.ts';
import { backprop, forwardPass, rightRules } from '../mlp/backprop.ts';
import type { Program } from '../program.ts';
import { variantsOf } from '../program.ts';
import type { MomentumCase, MomentumRules } from './momentum.ts';
import { momentumMistakes, momentumProgram } from './momentum.ts';

const asked = { rate: 1e-3, momentum: 0.9 };
const steps = 3;

/** All weights and biases, or their gradients, as one vector. */
const flatten = ({ W, b }: Gradients): Vec => W.flatMap((rows, l) => [...rows.flat(), ...b[l]!]);

function unflatten(net: MlpCase, w: Vec): MlpCase {
  let at = 0;
  const take = (count: number) => w.slice(at, (at += count));
  const W: MlpCase['W'] = [];
  const b: MlpCase['b'] = [];
  net.W.forEach((old, l) => {
    W[l] = old.map((row) => take(row.length));
    b[l] = take(net.b[l]!.length);
  });
  return { ...net, W, b };
}

const errors = (net: MlpCase): Vec => {
  const predicted = forwardPass(net, rightRules).a.at(-1)!;
  return predicted.map((row, i) => row[0]! - net.Y[i]![0]!);
};
const mean = (values: Vec): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const mse = (net: MlpCase): number => mean(errors(net).map((e) => e * e));
const mae = (net: MlpCase): number => mean(errors(net).map(Math.abs));

const gradient = (net: MlpCase): Vec => flatten(backprop(net, rightRules));
/** ∂/∂w of the mean absolute error: the sign of the error instead of twice the error. */
const maeGradient = (net: MlpCase): Vec =>
  flatten(backprop(net, { ...rightRules, delta: ({ p, y }) => p.map((row, i) => [Math.sign(row[0]! - y[i]![0]!)]) }));

/** How far the weights have moved after each step, and what the model reports before the first. */
function answerOf(net: MlpCase, path: readonly Vec[], loss: (net: MlpCase) => number = mse): Answer {
  const start = flatten(net);
  return {
    path: makeArray(
      [steps, start.length],
      path.flatMap((w) => w.map((value, i) => value - start[i]!)),
    ),
    mse: makeArray([], [loss(net)]),
    mae: makeArray([], [mae(net)]),
  };
}

const caseOf = (net: MlpCase, changed: Partial<MomentumCase> = {}): MomentumCase => ({
  start: flatten(net),
  gradient: (w) => gradient(unflatten(net, w)),
  ...asked,
  nesterov: true,
  steps,
  ...changed,
});

function run(net: MlpCase, changed: Partial<MomentumCase>, rules: MomentumRules, loss = mse): Answer {
  const { path } = momentumProgram.run(caseOf(net, changed), rules);
  const width = path!.shape[1]!;
  const rows = Array.from({ length: steps }, (_, t) => [...path!.data.slice(t * width, (t + 1) * width)]);
  return answerOf(net, rows, loss);
}

/** The right path, with what is right and wrong about momentum as rules. */
const program: Program<MlpCase, MomentumRules> = {
  right: momentumProgram.right,
  run: (net, rules) => run(net, {}, rules),
};

/** What three right steps do and report. */
export const rightSteps = (net: MlpCase): Answer => program.run(net, program.right);

/**
 * Kingma and Ba (2015) with the library's defaults. TensorFlow.js adds ε to the corrected root, Keras to the root before it is
 * corrected, which is another path wherever a gradient is small.
 */
const adam =
  (isKeras: boolean) =>
  (net: MlpCase): Answer => {
    const [b1, b2, rate, epsilon] = [0.9, 0.999, 1e-3, 1e-7];
    let w = flatten(net);
    let [m, v] = [w.map(() => 0), w.map(() => 0)];
    const path = Array.from({ length: steps }, (_, t) => {
      const g = gradient(unflatten(net, w));
      m = m.map((old, i) => b1 * old + (1 - b1) * g[i]!);
      v = v.map((old, i) => b2 * old + (1 - b2) * g[i]! ** 2);
      const corrected = 1 - b2 ** (t + 1);
      const added = isKeras ? epsilon / Math.sqrt(corrected) : epsilon;
      w = w.map((x, i) => x - (rate * m[i]!) / (1 - b1 ** (t + 1)) / (Math.sqrt(v[i]! / corrected) + added));
      return w;
    });
    return answerOf(net, path);
  };

const notAdam = 'Compile with SGD, momentum 0.9 and Nesterov: yours is Adam.';

export const stepMistakes: readonly Variant<MlpCase>[] = [
  wrongly('adam', 'Adam instead of SGD', notAdam, adam(false)),
  wrongly('adam-of-keras', 'Adam as Keras has it instead of SGD', notAdam, adam(true)),
  wrongly(
    'mae-loss',
    'mean absolute error as loss',
    'The loss is the mean squared error; the mean absolute error is the metric.',
    (net) => run(net, { gradient: (w) => maeGradient(unflatten(net, w)) }, momentumProgram.right, mae),
  ),
  ...variantsOf(program, momentumMistakes(true)),
];

/** The asked optimiser with another rate or momentum. */
export const stepFamilies: readonly VariantFamily<MlpCase>[] = [
  {
    id: 'rate',
    title: 'another learning rate',
    advice: (value) => `The learning rate is 0.001; yours looks like ${value}.`,
    values: [1e-5, 1e-4, 3e-4, 5e-4, 2e-3, 3e-3, 5e-3, 1e-2, 2e-2, 5e-2],
    compute: (net, rate) => run(net, { rate }, momentumProgram.right),
  },
  {
    id: 'momentum',
    title: 'another momentum',
    advice: (value) => `The momentum is 0.9; yours looks like ${value}.`,
    values: [0.1, 0.5, 0.6, 0.7, 0.8, 0.85, 0.95, 0.99],
    compute: (net, momentum) => run(net, { momentum }, momentumProgram.right),
  },
];
