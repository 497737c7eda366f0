/** What MLP.backward computes: the gradients on its tape, and the step that it takes. */
import { mlpLibrary } from '../../mistakes/mlp/library.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { wholeNet } from '../../mistakes/mlp/views.ts';
import type { Guest, NdArray, Value } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { arrayOf, zipArrays } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, itemsOf, record } from '../../values.ts';
import { drawNet, kindOf, makeNet, otherBatch, setNet, sizesOf } from './mlp-forward.ts';
import type { MakeObject } from '../../kinds/asked-again.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { backwardNames } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { getLayer, readGradients } from '../../kinds/stored-layer.ts';
import { joined } from '../../kinds/named-arrays.ts';

/** No simple fractions, so that they cannot be taken for one over a batch size; two, so that a rate of one's own shows. */
const learningRates = [0.237, 0.413];

export const rateOf = (net: MlpCase): number => net.learningRate ?? learningRates[0]!;

/** Two designs for each depth; sizes and numbers of examples are all different, and no layer has one unit more than
 * inputs: with the bias among its weights, either orientation would fit. */
const designs: Readonly<Record<1 | 2 | 3, readonly (readonly [sizes: readonly number[], examples: number])[]>> = {
  1: [
    [[5, 4], 7],
    [[8, 3], 11],
  ],
  2: [
    [[6, 5, 4], 9],
    [[8, 7, 3], 11],
  ],
  3: [
    [[13, 7, 5, 3], 8],
    [[11, 6, 3, 5], 17],
  ],
};

/** Calls backward once on a new network and reads the weights afterwards. */
export const askStep = async (guest: Guest, net: MlpCase): Promise<Answered> =>
  takeStep(guest, await makeNet(guest, net), net);

/** A network that is given the weights of the probe before every step. */
const stepObject: MakeObject<MlpCase> = async (guest, net) => {
  const made = await makeNet(guest, net);
  return async (probe) => {
    await setNet(guest, made.mlp, probe);
    return takeStep(guest, made, probe);
  };
};

async function takeStep(
  guest: Guest,
  { mlp, layouts }: Awaited<ReturnType<typeof makeNet>>,
  net: MlpCase,
): Promise<Answered> {
  const got = await callAny(guest, mlp, backwardNames, [arrayOf(net.X), arrayOf(net.Y), rateOf(net)]);
  const sizes = sizesOf(net);
  const after: Value[] = [];
  for (const [l, { absorbed, transposed }] of layouts.entries()) {
    const { W, b } = await getLayer(guest, mlp.id, `layers.${l}.`, { inputs: sizes[l]!, units: sizes[l + 1]! });
    after.push(record({ W, b, absorbed, transposed }));
  }
  return { value: record({ got, after: { kind: 'list', items: after } }) };
}

/** (old − new) / η of every weight and bias: the gradient that a right step has used. */
export function stepOf(value: Value, net: MlpCase): Answer {
  const rate = rateOf(net);
  const parts = (itemsOf(fieldOf(value, 'after')) ?? []).flatMap((layer, l): [string, NdArray][] => {
    const by = (before: NdArray, after: NdArray) => zipArrays(before, after, (old, now) => (old - now) / rate);
    return [
      [`W${l + 1}`, by(arrayOf(net.W[l]!), arrayFrom(fieldOf(layer, 'W'))!)],
      [`b${l + 1}`, by(arrayOf(net.b[l]!), arrayFrom(fieldOf(layer, 'b'))!)],
    ];
  });
  return Object.fromEntries(parts);
}

/** The entries of the tape that backward returned; undefined without one for every layer. */
export function tapeOf(value: Value, net: MlpCase): Value[] | undefined {
  const tape = itemsOf(fieldOf(fieldOf(value, 'got'), 'tape'));
  return tape?.length === net.W.length && tape.every((entry) => arrayFrom(fieldOf(entry, 'dW')) !== undefined)
    ? tape
    : undefined;
}

/** Whether the tape begins with the last layer: then its gradients have the sizes of the layers, from the last to the first. */
export function lastFirst(tape: readonly Value[], net: MlpCase): boolean {
  const lengths = tape.map((entry) => arrayFrom(fieldOf(entry, 'dW'))!.data.length);
  const fits = (given: readonly number[]) =>
    given.every((length, l) => [0, net.b[l]!.length].some((more) => length === net.W[l]!.flat().length + more));
  return !fits(lengths) && fits([...lengths].reverse());
}

/** Gradients from the tape; without a tape, from the step that was taken. */
export function readTape({ value }: Answered, net: MlpCase): Reading {
  const tape = tapeOf(value, net);
  if (tape === undefined) {
    return {
      answer: stepOf(value, net),
      notes: ['backward returns no tape; the gradients are read off the step that it takes.'],
    };
  }
  const sizes = sizesOf(net);
  const layers = itemsOf(fieldOf(value, 'after')) ?? [];
  // The order has its mark beside the activations.
  const inOrder = lastFirst(tape, net) ? [...tape].reverse() : tape;
  return joined(
    inOrder.map((entry, l) => {
      const names = { W: `W${l + 1}`, b: `b${l + 1}` };
      const layout = {
        absorbed: fieldOf(layers[l], 'absorbed') === true,
        transposed: fieldOf(layers[l], 'transposed') === true,
      };
      const read = readGradients(
        entry,
        names,
        layout,
        { inputs: sizes[l]!, units: sizes[l + 1]! },
        `the tape of layer ${l + 1}`,
      );
      return { name: names.W, read };
    }),
  );
}

/** The problem, put to a network that has taken another step before: gradients and steps are those of this call alone. */
export const stepped = (problem: Omit<Problem<MlpCase>, 'ask'>): Problem<MlpCase> =>
  askedAgain(problem, stepObject, otherBatch);

export const common = (layers: 1 | 2 | 3) => ({
  precision: 'single' as const,
  describe: (net: MlpCase) =>
    `a network [${sizesOf(net).join(', ')}], ${net.X.length} examples, learning rate ${rateOf(net)}`,
  probes: (random: Parameters<Problem<MlpCase>['probes']>[0]) =>
    designs[layers].map(([sizes, examples], i) => ({
      ...drawNet(random.fork(`${i}`), sizes, examples),
      learningRate: learningRates[i]!,
    })),
});

export const libraryOf = (layers: 1 | 2 | 3) =>
  mlpLibrary<MlpCase>({
    kind: { ...kindOf(layers), learningRate: learningRates[0]! },
    view: wholeNet(layers),
    toCase: (net) => net,
    accept: ['sum'],
  });

export const summed = 'The gradients are sums over the mini-batch; the mean is accepted as well.';

const gradientProblem = (layers: 1 | 2 | 3): Problem<MlpCase> => {
  const { program, mistakes, accepts, twins, clues } = libraryOf(layers);
  return stepped({
    ...common(layers),
    id: `3.5.gradients${layers}`,
    title: `The gradients of ${layers === 1 ? 'one layer' : `${layers} layers`}`,
    read: readTape,
    write: (answer) => record({ got: record({ tape: tapeFrom(answer, layers) }), after: undefined }),
    oracle: (net) => program.run(net, program.right),
    accepts: accepts.map((variant) => ({ ...variant, title: summed })),
    mistakes,
    twins,
    clues,
  });
};

const tapeFrom = (answer: Answer, layers: number): Value => ({
  kind: 'list',
  items: Array.from({ length: layers }, (_, l) => record({ dW: answer[`W${l + 1}`], dB: answer[`b${l + 1}`] })),
});

/** The deepest first: its mistakes have the most telling names. */
export const gradients = [gradientProblem(3), gradientProblem(2), gradientProblem(1)] as const;
