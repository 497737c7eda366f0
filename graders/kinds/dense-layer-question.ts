/** Layers with weights, bias and activation as objects: `forward(x)`, `weightsBackward` and `backward`. */
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { fieldOf, record } from '../values.ts';
import type { MakeObject } from './asked-again.ts';
import { askedAgain } from './asked-again.ts';
import { otherRows } from './drawn-rows.ts';
import { joined, readOne } from './named-arrays.ts';
import { readGradients, setLayers } from './stored-layer.ts';
import type { Handle } from './student-objects.ts';
import { callAny } from './student-objects.ts';
import type { ActivationName } from './layer-objects.ts';
import { flag, saysCombined } from './combined-loss-question.ts';
import { backwardNames, forwardNames, makeLayer, weightsBackwardNames } from './layer-objects.ts';

type Rows = number[][];

export interface LayerProbe {
  activation: ActivationName;
  /** inputs × units. */
  W: Rows;
  b: number[];
  /** examples × inputs. */
  x: Rows;
}

/** A mini-batch on its way back: what went in, x · weights + bias, its activation, and the error signal. */
interface Pass {
  x: Rows;
  z: Rows;
  a: Rows;
  /** ∂L/∂pre-activation for weightsBackward, ∂L/∂activation for backward; examples × units. */
  error: Rows;
}

export interface BackProbe extends LayerProbe, Pass {
  /** Another mini-batch for the same layer. */
  other: Pass;
}

const inWords = ({ activation, x, W, b }: LayerProbe) =>
  `${activation} layer with ${W.length} inputs and ${b.length} units, ${x.length} examples`;

/** A layer learns: what it keeps of the weights that it had before shows. */
const withOtherWeights = <Probe extends LayerProbe>(probe: Probe): Probe => ({
  ...probe,
  W: otherRows(probe.W),
  b: [...probe.b].reverse(),
});

/** Gives the layer the weights of a probe where it has others. */
function renewed(guest: Guest, { id }: Handle, made: Rows): (probe: LayerProbe) => Promise<void> {
  let at = made;
  return async ({ W, b }) => {
    if (W !== at) await setLayers(guest, id, [{ path: '', W, b }]);
    at = W;
  };
}

type Words = Pick<Question<LayerProbe>, 'id' | 'title'>;

/** `forward` of a layer with these weights, as the tensor `y`. */
export const layerForwardQuestion = traced('kinds/dense-layer-question#layerForwardQuestion')(
  (words: Words): Question<LayerProbe> =>
    askedAgain(
      {
        ...words,
        precision: 'single',
        describe: inWords,
        read: ({ value }, { x, b }) => readOne('y', value, [x.length, b.length], 'MLPLayer.forward'),
        write: (answer) => answer['y'],
      },
      async (guest, { activation, W, b }) => {
        const { layer } = await makeLayer(guest, activation, W, b);
        const renew = renewed(guest, layer, W);
        return async (probe) => {
          await renew(probe);
          return { value: await callAny(guest, layer, forwardNames, [arrayOf(probe.x)]) };
        };
      },
      (probe) => ({ ...probe, x: otherRows(probe.x) }),
      withOtherWeights,
    ),
);

type Method = 'weightsBackward' | 'backward';

/** A layer that runs an input forwards before it is asked; `output` is the activation that it is told, the right one if left out. */
export async function askLayer(guest: Guest, probe: BackProbe, method: Method, output?: NdArray): Promise<Answered> {
  return askMade(guest, await makeLayer(guest, probe.activation, probe.W, probe.b), probe, method, output);
}

async function askMade(
  guest: Guest,
  { layer, layout }: Awaited<ReturnType<typeof makeLayer>>,
  probe: BackProbe,
  method: Method,
  output?: NdArray,
): Promise<Answered> {
  const [x, z, a, error] = [probe.x, probe.z, probe.a, probe.error].map((rows) => arrayOf(rows));
  await callAny(guest, layer, forwardNames, [x!]);
  const got =
    method === 'weightsBackward'
      ? await callAny(guest, layer, weightsBackwardNames, [error!, x!, z!])
      : await callAny(guest, layer, backwardNames, [error!, x!, z!, output ?? a!]);
  const combined = probe.activation === 'Softmax' ? flag(await saysCombined(guest)) : undefined;
  return { value: record({ got, combined, absorbed: layout.absorbed, transposed: layout.transposed }) };
}

/** dW, dB and dInput as the layer stores its weights, and whether the loss of a softmax layer says that it is combined. */
export function readLayer({ value }: Answered, { activation, x, W, b }: BackProbe, what: string): Reading {
  const got = fieldOf(value, 'got');
  const layout = { absorbed: fieldOf(value, 'absorbed') === true, transposed: fieldOf(value, 'transposed') === true };
  const sizes = { inputs: W.length, units: b.length };
  const dInput = fieldOf(got, 'dInput') ?? fieldOf(got, 'dInputs') ?? fieldOf(got, 'dX');
  return joined([
    { name: 'dW', read: readGradients(got, { W: 'dW', b: 'dB' }, layout, sizes, what) },
    { name: 'dInput', read: readOne('dInput', dInput, [x.length, W.length], `${what}: dInput`) },
    ...(activation === 'Softmax'
      ? [{ name: 'combined', read: readOne('combined', fieldOf(value, 'combined'), [], 'combined') }]
      : []),
  ]);
}

const described: Readonly<Record<Method, (probe: BackProbe) => string>> = {
  weightsBackward: ({ x, W, b }) => `${W.length} inputs, ${b.length} units, ${x.length} examples, a random ∂L/∂z`,
  backward: (probe) => `${inWords(probe)}, a random error signal`,
};

/** The gradients dW, dB and dInput: of `weightsBackward` from ∂L/∂z, of `backward` through the activation. */
export const layerBackwardQuestion = traced('kinds/dense-layer-question#layerBackwardQuestion')((
  method: Method,
  words: Words,
): Question<BackProbe> => {
  const make: MakeObject<BackProbe> = async (guest, { activation, W, b }) => {
    const made = await makeLayer(guest, activation, W, b);
    const renew = renewed(guest, made.layer, W);
    return async (probe) => {
      await renew(probe);
      return askMade(guest, made, probe, method);
    };
  };
  return askedAgain(
    {
      ...words,
      precision: 'single',
      describe: described[method],
      read: (answered, probe) => readLayer(answered, probe, method),
      write: (answer) =>
        record({ got: record(answer), combined: answer['combined'], absorbed: false, transposed: false }),
    },
    make,
    (probe) => ({ ...probe, ...probe.other }),
    withOtherWeights,
  );
});
