/** What MLP.forward computes with weights set by the grader, and what is computed in its place. */
import { sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import { mapMat, scaleMat } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpCase, MlpRules } from '../../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import type { MlpKind } from '../../mistakes/mlp/kind.ts';
import { drawCase } from '../../mistakes/mlp/trial.ts';
import type { Guest } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import type { Layout } from '../../kinds/stored-layer.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { make } from './objects.ts';
import { setLayer } from '../../kinds/stored-layer.ts';
import { matAnswer, readOne } from '../../kinds/named-arrays.ts';
import { otherRows } from '../../kinds/drawn-rows.ts';

export const kindOf = (layers: number): MlpKind => ({
  hidden: 'sigmoid',
  output: 'softmax-cce',
  layers,
  outputs: 'many',
});

/** Sizes, inputs first, and the number of examples; all different, so that every mistake has its own numbers. */
export const drawNet = (random: Random, sizes: readonly number[], examples: number): MlpCase =>
  drawCase(random, sizes, examples, kindOf(sizes.length - 1));

export const sizesOf = (net: MlpCase): number[] => [net.W[0]!.length, ...net.b.map((bias) => bias.length)];

/** A network of the student's with these weights. */
export async function makeNet(
  guest: Guest,
  net: MlpCase,
): Promise<{ mlp: Awaited<ReturnType<typeof make>>; layouts: Layout[] }> {
  const mlp = await make(guest, 'MLP', [arrayOf(sizesOf(net)), { kind: 'rng', seed: 3 }]);
  return { mlp, layouts: await setNet(guest, mlp, net) };
}

/** Puts the weights of this network into one of the student's of the same sizes. */
export async function setNet(guest: Guest, mlp: Awaited<ReturnType<typeof make>>, net: MlpCase): Promise<Layout[]> {
  const layouts: Layout[] = [];
  for (const [l, W] of net.W.entries()) layouts.push(await setLayer(guest, mlp.id, `layers.${l}.`, W, net.b[l]!));
  return layouts;
}

const predict = (net: MlpCase, changed: Partial<MlpRules> = {}) =>
  forwardPass(net, { ...rightRules, ...changed }).a.at(-1)!;

const wrong = (id: string, title: string, advice: string, changed: Partial<MlpRules>): Variant<MlpCase> => ({
  id,
  title,
  advice,
  compute: (net) => matAnswer('p', predict(net, changed)),
});

const hidden = 'Every layer but the last has a Sigmoid.';
const output = 'The last layer has a Softmax.';

const problem: Omit<Problem<MlpCase>, 'ask'> = {
  id: '2.5.forward',
  title: 'The predictions of the network',
  precision: 'single',
  probes: (random) =>
    [
      [6, 4],
      [7, 5, 3],
      [13, 7, 5, 3],
      [9, 8, 6, 3, 5],
    ].map((sizes, i) => drawNet(random.fork(`${i}`), sizes, 4 + i)),
  describe: (net) => `a network [${sizesOf(net).join(', ')}], ${net.X.length} examples`,
  read: ({ value }, { X, Y }) => readOne('p', value, [X.length, Y[0]!.length], 'MLP.forward'),
  write: (answer) => answer['p'],
  oracle: (net) => matAnswer('p', predict(net)),
  mistakes: [
    wrong('sigmoid-output', 'a Sigmoid at the end', output, { output: (z) => mapMat(z, sigmoid) }),
    wrong('no-softmax', 'no activation at the end', output, { output: (z) => z }),
    wrong('softmax-everywhere', 'a Softmax in every layer', hidden, { activate: softmaxRows }),
    wrong('no-hidden-activation', 'no activation in the hidden layers', hidden, { activate: (z) => z }),
    wrong('relu', 'ReLU in the hidden layers', hidden, { activate: (z) => mapMat(z, (v) => Math.max(0, v)) }),
    wrong('tanh', 'tanh in the hidden layers', hidden, { activate: (z) => mapMat(z, Math.tanh) }),
    wrong('sigmoid-before-softmax', 'a Sigmoid before the Softmax', 'The last layer has a Softmax alone.', {
      output: (z) => softmaxRows(mapMat(z, sigmoid)),
    }),
    wrong('softmax-twice', 'the Softmax twice', 'The last layer applies its Softmax already: do not apply it again.', {
      output: (z) => softmaxRows(softmaxRows(z)),
    }),
    wrong('input-activated', 'a Sigmoid on the inputs', 'Hand the inputs to the first layer as they are.', {
      affine: (x, net, l) => rightRules.affine(l === 0 ? mapMat(x, sigmoid) : x, net, l),
    }),
    wrong(
      'input-scaled',
      'the inputs divided by 16',
      'Hand the inputs to the first layer as they are: they are scaled already.',
      { affine: (x, net, l) => rightRules.affine(l === 0 ? scaleMat(x, 1 / 16) : x, net, l) },
    ),
    wrong('first-example', 'every row is the first example', 'Every row of the result belongs to its own example.', {
      batch: ({ X, Y }) => ({ X: X.map(() => X[0]!), Y }),
    }),
  ],
};

/** The same network with another mini-batch. */
export const otherBatch = (net: MlpCase): MlpCase => ({ ...net, X: otherRows(net.X) });

export const mlpForward = askedAgain(
  problem,
  async (guest, net) => {
    const { mlp } = await makeNet(guest, net);
    return async ({ X }) => ({ value: await callAny(guest, mlp, ['forward', 'call'], [arrayOf(X)]) });
  },
  otherBatch,
);
