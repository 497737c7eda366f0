/** Questions 2.4, 3.3 and 3.4: what a layer is asked, forwards and backwards. */
import type { Guest } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { Answered, Question, Reading } from '../../question.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { fieldOf, record } from '../../values.ts';
import type { MakeObject } from '../../kinds/asked-again.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { otherRows } from '../../kinds/drawn-rows.ts';
import { joined, readOne } from '../../kinds/named-arrays.ts';
import { readGradients } from '../../kinds/stored-layer.ts';
import { callAny } from '../../kinds/student-objects.ts';
import type { ActivationName } from '../../kinds/layer-objects.ts';
import { flag, saysCombined } from '../../kinds/combined-loss-question.ts';
import { backwardNames, forwardNames, makeLayer, weightsBackwardNames } from '../../kinds/layer-objects.ts';

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

export const forwardQuestion: Question<LayerProbe> = askedAgain(
  {
    id: '2.4.forward',
    title: 'A layer, forwards',
    precision: 'single',
    describe: inWords,
    read: ({ value }, { x, b }) => readOne('y', value, [x.length, b.length], 'MLPLayer.forward'),
    write: (answer) => answer['y'],
  },
  async (guest, { activation, W, b }) => {
    const { layer } = await makeLayer(guest, activation, W, b);
    return async ({ x }) => ({ value: await callAny(guest, layer, forwardNames, [arrayOf(x)]) });
  },
  (probe) => ({ ...probe, x: otherRows(probe.x) }),
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

function backwards(method: Method, asked: Pick<Question<BackProbe>, 'id' | 'title' | 'describe'>): Question<BackProbe> {
  const make: MakeObject<BackProbe> = async (guest, { activation, W, b }) => {
    const made = await makeLayer(guest, activation, W, b);
    return (probe) => askMade(guest, made, probe, method);
  };
  return askedAgain(
    {
      ...asked,
      precision: 'single',
      read: (answered, probe) => readLayer(answered, probe, method),
      write: (answer) =>
        record({ got: record(answer), combined: answer['combined'], absorbed: false, transposed: false }),
    },
    make,
    (probe) => ({ ...probe, ...probe.other }),
  );
}

export const weightsQuestion = backwards('weightsBackward', {
  id: '3.3.weights',
  title: 'The gradients of weights, bias and input',
  describe: ({ x, W, b }) => `${W.length} inputs, ${b.length} units, ${x.length} examples, a random ∂L/∂z`,
});

export const wholeQuestion = (activation: ActivationName): Question<BackProbe> =>
  backwards('backward', {
    id: `3.4.${activation.toLowerCase()}`,
    title: `A whole ${activation} layer, backwards`,
    describe: (probe) => `${inWords(probe)}, a random error signal`,
  });
