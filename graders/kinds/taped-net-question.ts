/** A network with weights of ours: its predictions, and one call of `backward` with the tape and the step that it gives. */
import type { Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer, Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf, itemsOf, list, record } from '../values.ts';
import type { MakeObject } from './asked-again.ts';
import { askedAgain } from './asked-again.ts';
import { otherRows } from './drawn-rows.ts';
import { joined, readOne } from './named-arrays.ts';
import type { Layers } from './parameters.ts';
import { parametersOf, readSteps, stepped, unitsOf } from './parameters.ts';
import type { LayerAt, Layout } from './stored-layer.ts';
import { getLayers, readGradients, setLayers } from './stored-layer.ts';
import type { Handle } from './student-objects.ts';
import { callAny } from './student-objects.ts';
import { backwardNames, forwardNames, make } from './layer-objects.ts';

interface NetProbe extends Layers {
  X: number[][];
  Y: number[][];
  learningRate?: number;
}

/** The learning rate of the step; 1 where the probe names none. */
export const rateOf = ({ learningRate = 1 }: NetProbe): number => learningRate;

/** A network of the student's with these weights. */
export async function makeNet(guest: Guest, net: Layers): Promise<{ mlp: Handle; layouts: Layout[] }> {
  const mlp = await make(guest, 'MLP', [arrayOf(unitsOf(net)), { kind: 'rng', seed: 3 }]);
  return { mlp, layouts: await setNet(guest, mlp, net) };
}

/** Puts the weights of this network into one of the student's of the same sizes. */
export const setNet = (guest: Guest, mlp: Handle, { W, b }: Layers): Promise<Layout[]> =>
  setLayers(
    guest,
    mlp.id,
    W.map((rows, l) => ({ path: `layers.${l}.`, W: rows, b: b[l]! })),
  );

/** Where the layers of a network of these sizes stand in one of the student's. */
export const layersAt = (sizes: readonly number[]): LayerAt[] =>
  sizes.slice(1).map((units, l) => ({ path: `layers.${l}.`, inputs: sizes[l]!, units }));

/** The same network with another mini-batch. */
const otherBatch = (net: NetProbe): NetProbe => ({ ...net, X: otherRows(net.X) });

const inWords = (net: NetProbe) => `a network [${unitsOf(net).join(', ')}], ${net.X.length} examples`;

type Words = Pick<Question<NetProbe>, 'id' | 'title'>;

/** `forward`, as the tensor `p`. */
export const netForwardQuestion = traced('kinds/taped-net-question#netForwardQuestion')(
  (words: Words): Question<NetProbe> =>
    askedAgain(
      {
        ...words,
        precision: 'single',
        describe: inWords,
        read: ({ value }, { X, Y }) => readOne('p', value, [X.length, Y[0]!.length], 'MLP.forward'),
        write: (answer) => answer['p'],
      },
      async (guest, net) => {
        const { mlp } = await makeNet(guest, net);
        return async ({ X }) => ({ value: await callAny(guest, mlp, forwardNames, [arrayOf(X)]) });
      },
      otherBatch,
    ),
);

/** Calls backward once and reads the weights afterwards. */
async function takeStep(
  guest: Guest,
  { mlp, layouts }: Awaited<ReturnType<typeof makeNet>>,
  net: NetProbe,
): Promise<Answered> {
  const got = await callAny(guest, mlp, backwardNames, [arrayOf(net.X), arrayOf(net.Y), rateOf(net)]);
  const now = await getLayers(guest, mlp.id, layersAt(unitsOf(net)));
  const after = layouts.map(({ absorbed, transposed }, l) =>
    record({ W: now[l]!.W, b: now[l]!.b, absorbed, transposed }),
  );
  return { value: record({ got, after: list(after) }) };
}

/** A step of a new network. */
export const askStep = async (guest: Guest, net: NetProbe): Promise<Answered> =>
  takeStep(guest, await makeNet(guest, net), net);

/** A network that is given the weights of the probe before every step. */
const stepObject: MakeObject<NetProbe> = async (guest, net) => {
  const made = await makeNet(guest, net);
  return async (probe) => {
    await setNet(guest, made.mlp, probe);
    return takeStep(guest, made, probe);
  };
};

/** (old − new) / η of every weight and bias: the gradient that a right step has used. */
export function stepOf(value: Value, net: NetProbe): Answer {
  const layers = itemsOf(fieldOf(value, 'after')) ?? [];
  const after = layers.flatMap((layer, l): [string, NdArray][] => [
    [`W${l + 1}`, arrayFrom(fieldOf(layer, 'W'))!],
    [`b${l + 1}`, arrayFrom(fieldOf(layer, 'b'))!],
  ]);
  return readSteps(parametersOf(net), Object.fromEntries(after), rateOf(net));
}

/** The entries of the tape that backward returned; undefined without one for every layer. */
export function tapeOf(value: Value, net: NetProbe): Value[] | undefined {
  const tape = itemsOf(fieldOf(fieldOf(value, 'got'), 'tape'));
  return tape?.length === net.W.length && tape.every((entry) => arrayFrom(fieldOf(entry, 'dW')) !== undefined)
    ? tape
    : undefined;
}

/** Whether the tape begins with the last layer: then its gradients have the sizes of the layers, from the last to the first. */
export function lastFirst(tape: readonly Value[], net: NetProbe): boolean {
  const lengths = tape.map((entry) => arrayFrom(fieldOf(entry, 'dW'))!.data.length);
  const fits = (given: readonly number[]) =>
    given.every((length, l) => [0, net.b[l]!.length].some((more) => length === net.W[l]!.flat().length + more));
  return !fits(lengths) && fits([...lengths].reverse());
}

/** Gradients from the tape; without a tape, from the step that was taken. */
export function readTape({ value }: Answered, net: NetProbe): Reading {
  const tape = tapeOf(value, net);
  if (tape === undefined) {
    return {
      answer: stepOf(value, net),
      notes: ['backward returns no tape; the gradients are read off the step that it takes.'],
    };
  }
  const units = unitsOf(net);
  const layers = itemsOf(fieldOf(value, 'after')) ?? [];
  // The order has its mark beside the activations.
  const inOrder = lastFirst(tape, net) ? [...tape].reverse() : tape;
  return joined(
    inOrder.map((entry, l) => {
      const names = { W: `W${l + 1}`, b: `b${l + 1}` };
      const is = (flag: string) => fieldOf(layers[l], flag) === true;
      const layout = { absorbed: is('absorbed'), transposed: is('transposed') };
      const sizes = { inputs: units[l]!, units: units[l + 1]! };
      return { name: names.W, read: readGradients(entry, names, layout, sizes, `the tape of layer ${l + 1}`) };
    }),
  );
}

/** Asked of a network that has taken another step before: gradients and steps are those of this call alone. */
const backwards = (asked: Pick<Question<NetProbe>, 'id' | 'title' | 'read' | 'write' | 'seenAs'>): Question<NetProbe> =>
  askedAgain(
    {
      ...asked,
      precision: 'single',
      describe: (net) => `${inWords(net)}, learning rate ${rateOf(net)}`,
    },
    stepObject,
    otherBatch,
  );

/** The gradients of all layers, from the tape or, without one, from the step. */
export const netGradientQuestion = traced('kinds/taped-net-question#netGradientQuestion')(
  (words: Words): Question<NetProbe> =>
    backwards({
      ...words,
      read: readTape,
      write(answer, { W }) {
        const tape = W.map((_, l) => record({ dW: answer[`W${l + 1}`], dB: answer[`b${l + 1}`] }));
        return record({ got: record({ tape: list(tape) }), after: undefined });
      },
    }),
);

/** The step of all layers, divided by the learning rate. */
export const netUpdateQuestion = traced('kinds/taped-net-question#netUpdateQuestion')(
  (words: Words): Question<NetProbe> =>
    backwards({
      ...words,
      seenAs: 'the step: gradient × learning rate',
      read: ({ value }, net) =>
        joined(
          Object.entries(stepOf(value, net)).map(([name, array]) => ({
            name,
            read: readOne(name, array, array.shape, name),
          })),
        ),
      write(answer, net) {
        const after = stepped(parametersOf(net), answer, rateOf(net));
        return record({ after: list(net.W.map((_, l) => record({ W: after[`W${l + 1}`], b: after[`b${l + 1}`] }))) });
      },
    }),
);
