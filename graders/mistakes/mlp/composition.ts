/** How layers are put together to a network, and what goes wrong there forwards: which activation stands where. */
import { sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import { mapMat, scaleMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Mistake } from '../program.ts';
import { mistake } from '../program.ts';
import type { MlpRules } from './backprop.ts';
import { rightRules } from './backprop.ts';

const m = mistake<MlpRules>;
const hidden = 'Every layer but the last has a Sigmoid.';
const output = 'The last layer has a Softmax.';

export const compositionMistakes: readonly Mistake<MlpRules>[] = [
  m('sigmoid-output', 'a Sigmoid at the end', output, { output: (z) => mapMat(z, sigmoid) }),
  m('no-softmax', 'no activation at the end', output, { output: (z) => z }),
  m('softmax-everywhere', 'a Softmax in every layer', hidden, { activate: softmaxRows }),
  m('no-hidden-activation', 'no activation in the hidden layers', hidden, { activate: (z) => z }),
  m('relu', 'ReLU in the hidden layers', hidden, { activate: (z) => mapMat(z, (v) => Math.max(0, v)) }),
  m('tanh', 'tanh in the hidden layers', hidden, { activate: (z) => mapMat(z, Math.tanh) }),
  m('sigmoid-before-softmax', 'a Sigmoid before the Softmax', 'The last layer has a Softmax alone.', {
    output: (z) => softmaxRows(mapMat(z, sigmoid)),
  }),
  m('softmax-twice', 'the Softmax twice', 'The last layer applies its Softmax already: do not apply it again.', {
    output: (z) => softmaxRows(softmaxRows(z)),
  }),
  m('input-activated', 'a Sigmoid on the inputs', 'Hand the inputs to the first layer as they are.', {
    affine: (x, net, l) => rightRules.affine(l === 0 ? mapMat(x, sigmoid) : x, net, l),
  }),
  m(
    'input-scaled',
    'the inputs divided by 16',
    'Hand the inputs to the first layer as they are: they are scaled already.',
    { affine: (x, net, l) => rightRules.affine(l === 0 ? scaleMat(x, 1 / 16) : x, net, l) },
  ),
  m('first-example', 'every row is the first example', 'Every row of the result belongs to its own example.', {
    batch: ({ X, Y }) => ({ X: X.map(() => X[0]!), Y }),
  }),
];
