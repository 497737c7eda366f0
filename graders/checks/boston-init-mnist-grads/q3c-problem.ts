/** What `grads` has to compute, on networks that the student has not seen. */
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answered, Reading } from '../../question.ts';
import type { Finding, NdArray, Reply, Value } from '../../model.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayFrom, inWords, isArray, itemsOf } from '../../values.ts';
import { sizeOf } from '../../numerics/arrays.ts';
import { oneOrientation } from '../../numerics/canonical.ts';
import { lastLayerClues, lastLayerMistakes, lastLayerProgram, lastLayerTwins } from '../../mistakes/mlp/last-layer.ts';
import { classes, describeNet, drawNet, imagesOf, modelOf, tensorOf } from './mnist-net.ts';
import type { NetDesign, NetProbe } from './mnist-net.ts';

/**
 * Different widths, so that a diagnosis can be certain; B = 1, where sum and mean agree; and the shapes of the first one last, which
 * is then asked again: who keeps something for each shape answers with another network's.
 */
const designs: readonly NetDesign[] = [
  { hidden: [7, 5], batch: 6, scale: 1, layout: 'separate', labels: 'hard' },
  { hidden: [11, 13], batch: 5, scale: 2, layout: 'fused', labels: 'soft' },
  { hidden: [64, 64], batch: 16, scale: 4, layout: 'separate', labels: 'hard' },
  { hidden: [6, 9], batch: 1, scale: 1, layout: 'fused', labels: 'soft' },
  { hidden: [7, 5], batch: 6, scale: 2, layout: 'separate', labels: 'hard' },
];

/** The sheet says "gradients of the loss"; whether that is the mean or the sum over the batch it leaves open. */
export const summedNote = 'The gradients are summed over the batch. Most texts take the mean; here both are accepted.';
const sumConvention: Variant<NetProbe> = {
  id: 'sum',
  title: summedNote,
  compute: (net) => lastLayerProgram.run({ ...net, reduction: 'sum' }, lastLayerProgram.right),
};

export const gradsProblem: Problem<NetProbe> = {
  id: 'q3c.grads',
  title: 'Gradient of the loss with respect to the weights and bias of the last layer',
  precision: 'single',
  probes: (random: Random) => designs.map((design, i) => drawNet(random.fork(`design ${i}`), design)),
  describe: describeNet,
  async ask(guest, net): Promise<Answered> {
    const reply = await guest.call({ module: 'q3c.ts', name: 'grads' }, [modelOf(net), imagesOf(net), tensorOf(net.Y)]);
    return answeredBy(reply);
  },
  alone: true,
  read: (answered, net) => readGradients(answered.value, net),
  write: (answer) => ({ kind: 'list', items: [answer['W2']!, answer['b2']!] }),
  oracle: (net) => lastLayerProgram.run(net, lastLayerProgram.right),
  accepts: [sumConvention],
  mistakes: lastLayerMistakes,
  twins: lastLayerTwins,
  clues: lastLayerClues,
};

/** What a call gave, and what it used to get it. */
export const answeredBy = ({ value, differentiated }: Reply): Answered =>
  differentiated === undefined ? { value } : { value, differentiated };

/** `[gradient of the kernel, gradient of the bias]`, in either orientation of the kernel; values are read in either order. */
export function readGradients(value: Value, net: NetProbe): Reading {
  const [first, second] = itemsOf(value) ?? [];
  if (!isArray(first ?? null) && !isArray(second ?? null)) {
    const says = 'grads should return a list of two tensors, [gradient of W, gradient of b].';
    return { misread: { says, yours: inWords(value) } };
  }
  return isReversed(value, net) ? readPair(second, first, net) : readPair(first, second, net);
}

/** Whether the bias stands first: shapes tell, as no kernel has as many entries as there are classes. */
export function isReversed(value: Value, net: NetProbe): boolean {
  const [b2, W2] = (itemsOf(value) ?? []).map(arrayFrom);
  if (b2 === undefined || W2 === undefined) return false;
  return sizeOf(b2.shape) === classes && sizeOf(W2.shape) === net.W.at(-1)!.length * classes;
}

/** Each of the two by itself: what one of them lacks does not make the other wrong. */
export function readPair(W2: Value, b2: Value, net: NetProbe): Reading {
  const answer: Record<string, NdArray> = {};
  const misreads: Record<string, Finding> = {};
  const notes: string[] = [];
  for (const [name, given, shape] of [
    ['W2', W2, [net.W.at(-1)!.length, classes]],
    ['b2', b2, [classes]],
  ] as const) {
    const array = arrayFrom(given);
    const read =
      array === undefined
        ? { misread: { says: `${name} is missing.`, yours: inWords(given) } }
        : oneOrientation({ [name]: array }, { [name]: shape });
    if ('misread' in read) misreads[name] = read.misread;
    else {
      answer[name] = read.arrays[name]!;
      notes.push(...read.notes);
    }
  }
  return Object.keys(misreads).length === 0 ? { answer, notes } : { answer, notes, misreads };
}
