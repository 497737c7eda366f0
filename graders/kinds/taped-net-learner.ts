/** A student's network with a tape, their generator of mini-batches and their loop around both, as a learner. */
import type { CheckContext } from '../check.ts';
import type { MlpCase } from '../mistakes/mlp/backprop.ts';
import type { Arg, Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { fitScale } from '../numerics/scale.ts';
import { isHandle } from '../values.ts';
import { backwardNames, forwardNames } from './layer-objects.ts';
import type { Batch, Data, Learner } from './learner.ts';
import type { Generator } from './minibatch-order.ts';
import { unitsOf } from './parameters.ts';
import { pairList, partsOf } from './planted-examples.ts';
import { getLayers } from './stored-layer.ts';
import { callAny } from './student-objects.ts';
import type { TapedNet } from './taped-net.ts';
import { askStep, layersAt, makeNet, stepOf } from './taped-net-question.ts';

/** `loop` is called with the network, the pairs and the settings of the training; a mini-batch has `minibatchSize` examples. */
export const tapedLearner = (net: TapedNet, loop: Generator, generator: Generator, minibatchSize: number): Learner => ({
  make: async (guest, start) => (await makeNet(guest, start)).mlp,
  step: (guest, mlp, batch, lr) => callAny(guest, mlp, backwardNames, [...batch, lr]),
  predict: (guest, mlp, x) => callAny(guest, mlp, forwardNames, [arrayOf(x)]),
  way: (guest, mlp, start) => wayFrom(guest, mlp.id, start),
  train: async (guest, { id }, { x, t }, options) => {
    const args: Arg[] = [{ kind: 'handle', id }, pairList(x, t), { kind: 'record', entries: options }];
    return (await guest.call({ module: loop.unit, name: loop.name }, args)).value;
  },
  batches: (guest, data, rng, size) => batchesOf(guest, generator, data, rng, size),
  rate: (context, guest) => rateFor(context, guest, net, minibatchSize),
});

/** How far every weight and bias of this network has moved from these. */
async function wayFrom(guest: Guest, mlp: number, start: MlpCase): Promise<number[]> {
  const layers = await getLayers(guest, mlp, layersAt(unitsOf(start)));
  return layers.flatMap((now, l) => {
    const before = [...start.W[l]!.flat(), ...start.b[l]!];
    return [...now.W.data, ...now.b.data].map((v, i) => v - before[i]!);
  });
}

/** One epoch of the student's own generator; mini-batches that cannot be read are left out. */
async function batchesOf(
  guest: Guest,
  { unit, name }: Generator,
  { x, t }: Data,
  rng: Arg,
  size: number,
): Promise<Batch[]> {
  const { value } = await guest.call({ module: unit, name }, [pairList(x, t), size, rng], { keep: 'handle' });
  const batches = isHandle(value) ? await guest.take(value.id, x.length) : [];
  return batches.map(partsOf).filter((parts): parts is [NdArray, NdArray] => !parts.includes(undefined));
}

/** Gradients that are sums need a learning rate that many times smaller: 1 for means, 1/size for sums. */
async function rateFor(
  context: CheckContext,
  guest: Guest,
  { alongStep }: TapedNet,
  minibatchSize: number,
): Promise<number> {
  const [net] = context.probes(alongStep);
  const { W2 } = stepOf((await askStep(guest, net!)).value, net!);
  const size = Math.abs(fitScale(W2!, alongStep.oracle(net!)['W2']!)?.scale ?? 1);
  return size > Math.sqrt(net!.X.length) ? 1 / minibatchSize : 1;
}
