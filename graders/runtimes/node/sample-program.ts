/**
 * A program of ours, and what is asked of it where a guest is made: what courseworks ask of programs, in small. What V8 compiles for it
 * lies in the code caches of the guest and of the library, and is not compiled anew for each student.
 */
import type { Arg } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { Request } from '../../protocol/messages.ts';
import { encodeArgs } from '../../protocol/send.ts';

/** What it throws when it is asked to. */
export const sampleFails = 'as asked';

/** As the compiler hands over what a student has written. */
export const sampleProgram = `"use strict";
const tf = require('@tensorflow/tfjs');
exports.build = () => {
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [4, 4] }), tf.layers.dense({ units: 3, activation: 'sigmoid' })] });
  model.add(tf.layers.dense({ units: 2 }));
  model.add(tf.layers.activation({ activation: 'softmax' }));
  return model;
};
exports.prepare = (images, labels) => tf.tidy(() => ({
  x: tf.tensor3d(images, [labels.length, 4, 4], 'float32').div(7),
  y: tf.oneHot(tf.tensor1d(labels, 'int32'), 2).toFloat().mul(3),
}));
// Operations that programs use, in an order that answers no question of any sheet.
const mixed = exports.mixed = (model, x, y) => tf.tidy(() => {
  const [W, b] = model.layers.find((layer) => layer.getClassName() === 'Dense').getWeights();
  const flat = model.layers.slice(0, 1).reduce((at, layer) => layer.apply(at), x);
  const shares = tf.softmax(tf.matMul(flat, W).sub(b)).mul(y.max()).add(x.shape[0]).div(3);
  return [tf.matMul(shares, shares, true), shares.sum(1)];
});
exports.byModel = (model, x, y) => tf.tidy(() => {
  const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense');
  const below = tf.model({ inputs: model.inputs, outputs: dense.at(-1).output });
  const both = tf.mul(tf.sub(y, below.predict(x)), tf.scalar(x.shape[0]));
  return { W: tf.matMul(tf.transpose(both), model.predict(x)), b: tf.mean(both, 1) };
});
exports.first = async (model, x, y) => {
  const [W, b] = mixed(model, x.slice(0, 2), y.slice(0, 2));
  return { W: await W.array(), b: b.arraySync() };
};
exports.rows = function* (rows, { step }) {
  for (const row of rows) yield row.map((x) => Math.max(0, x * step));
};
exports.Layer = class {
  constructor(size) { this.W = new Float64Array(size); this.steps = 0; }
  forward(x) { this.steps++; return x.map((row) => row.reduce((sum, value, i) => sum + value * this.W[i], 0)); }
};
exports.fails = () => { throw new Error('${sampleFails}'); };
`;

export const sampleModule = 'sample.ts';

interface Asked {
  request: Request;
  binary: readonly Uint8Array[];
}

const array = (container: NdArray['container'], shape: number[], dtype: NdArray['dtype'] = 'float32'): NdArray => {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return { kind: 'array', container, dtype, shape, data: Float64Array.from({ length: size }, (_, i) => (i % 7) / 8) };
};
const tensor = (...shape: number[]) => array('tensor', shape);
const weights = [tensor(16, 3), tensor(3), tensor(3, 2), tensor(2)] as const;
const network: Arg = {
  ...{ kind: 'network', inputShape: [4, 4] },
  layers: [
    { kind: 'flatten' },
    { kind: 'dense', units: 3, activation: 'sigmoid', weights: [weights[0], weights[1]] },
    { kind: 'dense', units: 2, weights: [weights[2], weights[3]] },
    { kind: 'activation', activation: 'softmax' },
  ],
};
const [x, y] = [tensor(5, 4, 4), tensor(5, 2)];
const bytes = (length: number): Arg => ({ kind: 'bytes', data: new Uint8Array(length).fill(1) });
const handle = (id: number): Arg => ({ kind: 'handle', id });

type Target = Extract<Request, { op: 'call' }>['target'];

function call(
  of: string | Target,
  given: readonly Arg[],
  how: { op?: 'call' | 'construct'; keep?: 'value' | 'handle'; argsAfter?: boolean } = {},
): Asked {
  const { op = 'call', keep = 'value', argsAfter = false } = how;
  const target = typeof of === 'string' ? { module: sampleModule, name: of } : of;
  const { args, binary } = encodeArgs(given, 'single');
  return { request: { op, target, args, argsAfter, keep, policy: 'free' }, binary };
}
const plain = (request: Request): Asked => ({ request, binary: [] });
const making = (value: Arg): Asked => {
  const { args, binary } = encodeArgs([value], 'single');
  return { request: { op: 'make', value: args[0]! }, binary };
};
const reading = { keep: 'value', policy: 'free' } as const;

/** In this order: objects that stay inside are numbered as they come. */
export const sampleRequests: readonly Asked[] = [
  plain({ op: 'exports', module: sampleModule }),
  call('build', [], { keep: 'handle' }),
  plain({ op: 'describe', handle: 1, weights: false }),
  call({ handle: 1, method: 'setWeights' }, [{ kind: 'list', items: weights }]),
  call({ handle: 1, method: 'predict' }, [x]),
  call('prepare', [bytes(48), bytes(3)], { argsAfter: true }),
  call('mixed', [network, x, y]),
  call('byModel', [network, x, y]),
  call('first', [network, x, y]),
  making(network),
  plain({ op: 'describe', handle: 2, weights: true }),
  call('mixed', [handle(2), x, y], { argsAfter: true }),
  call('rows', [array('nested', [2, 3], 'float64'), { kind: 'record', entries: { step: 2 } }], { keep: 'handle' }),
  plain({ op: 'take', handle: 3, count: 5, ...reading }),
  call('Layer', [3], { op: 'construct', keep: 'handle' }),
  call({ handle: 4, method: 'forward' }, [array('nested', [2, 3], 'float64')]),
  plain({ op: 'get', handle: 4, paths: ['W', 'steps'], ...reading }),
  { request: { op: 'set', handle: 4, values: [['steps', 0]] }, binary: [] },
  plain({ op: 'seed', seed: 2 }),
  plain({ op: 'release', handle: 4 }),
  call('fails', []),
];
