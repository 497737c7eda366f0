/** What MLPLayer.weightsBackward and MLPLayer.backward compute. */
import { linearForward } from '../../../reference/oracles/layers.ts';
import type { Guest, NdArray, Value } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { fieldOf, record } from '../../values.ts';
import { sigmoidMistakes, softmaxMistakes } from './layer-mistakes.ts';
import type { LayerProbe } from './layer-forward.ts';
import { activate, drawLayer } from './layer-forward.ts';
import type { BackProbe, BackProgram } from './layer-rules.ts';
import { combinedProgram, layerProgram, weightsProgram } from './layer-rules.ts';
import { weightsMistakes } from './weights-mistakes.ts';
import type { MakeObject } from '../../kinds/asked-again.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import { backwardNames, makeLayer, saysCombined, weightsBackwardNames, flag } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { errorRows, otherRows } from '../../kinds/drawn-rows.ts';
import { joined, readOne } from '../../kinds/named-arrays.ts';
import { readGradients } from '../../kinds/stored-layer.ts';

const draw = (
  random: Random,
  activation: LayerProbe['activation'],
  sizes: readonly [number, number, number],
  scale: number,
): BackProbe => {
  const layer = drawLayer(random, activation, sizes, scale);
  return { ...layer, error: errorRows(random.fork('error'), sizes[0], sizes[2]) };
};

/** The sum over the mini-batch as everywhere in this sheet, or the mean. */
export const averagedNote = 'dW and dB are means over the mini-batch; the sum is accepted as well.';
const averaged = (program: BackProgram): Variant<BackProbe> => ({
  id: program === combinedProgram ? 'combined-mean' : 'mean',
  title: averagedNote,
  compute: (probe: BackProbe): Answer => {
    const { dW, dB, ...rest } = program.run(probe, program.right);
    const by = (array: NonNullable<typeof dW>) =>
      makeArray(
        array.shape,
        array.data.map((v) => v / probe.x.length),
      );
    return { dW: by(dW!), dB: by(dB!), ...rest };
  },
});

const handedOn: Variant<BackProbe> = {
  id: 'combined',
  title: 'The loss is combined with the softmax; the layer hands the error signal on.',
  compute: (probe) => combinedProgram.run(probe, combinedProgram.right),
};

const clues: Problem<BackProbe>['clues'] = {
  quantities: ({ x, W, b }) => [
    { symbol: 'N', value: x.length, means: 'the number of examples' },
    { symbol: 'n', value: W.length, means: 'the number of inputs' },
    { symbol: 'u', value: b.length, means: 'the number of units' },
  ],
};

const sizesOf = ({ W, b }: BackProbe) => ({ inputs: W.length, units: b.length });

/** A layer that runs an input forwards before it is asked; `output` is the activation that it is told, the right one if left out. */
export async function askLayer(guest: Guest, probe: BackProbe, step: Step, output?: NdArray): Promise<Answered> {
  return stepOf(guest, await makeLayer(guest, probe.activation, probe.W, probe.b), probe, step, output);
}

type Step = 'weights' | 'whole';

const layerObject =
  (step: Step): MakeObject<BackProbe> =>
  async (guest, { activation, W, b }) => {
    const made = await makeLayer(guest, activation, W, b);
    return (probe) => stepOf(guest, made, probe, step);
  };

/** Another input and another error signal for the same layer. */
const otherBack = (probe: BackProbe): BackProbe => ({
  ...probe,
  x: otherRows(probe.x),
  error: otherRows(probe.error).reverse(),
});

async function stepOf(
  guest: Guest,
  { layer, layout }: Awaited<ReturnType<typeof makeLayer>>,
  probe: BackProbe,
  step: Step,
  output?: NdArray,
): Promise<Answered> {
  const z = linearForward(probe.x, probe.W, probe.b);
  const [x, error] = [arrayOf(probe.x), arrayOf(probe.error)];
  await callAny(guest, layer, ['forward', 'call'], [x]);
  const got =
    step === 'weights'
      ? await callAny(guest, layer, weightsBackwardNames, [error, x, arrayOf(z)])
      : await callAny(guest, layer, backwardNames, [
          error,
          x,
          arrayOf(z),
          output ?? arrayOf(activate(probe.activation, z)),
        ]);
  const combined = probe.activation === 'Softmax' ? flag(await saysCombined(guest)) : undefined;
  return { value: record({ got, combined, absorbed: layout.absorbed, transposed: layout.transposed }) };
}

export function readLayer({ value }: Answered, probe: BackProbe, what: string): Reading {
  const got = fieldOf(value, 'got');
  const layout = { absorbed: fieldOf(value, 'absorbed') === true, transposed: fieldOf(value, 'transposed') === true };
  const gradients = readGradients(got, { W: 'dW', b: 'dB' }, layout, sizesOf(probe), what);
  const dInput = readOne('dInput', inputField(got), [probe.x.length, probe.W.length], `${what}: dInput`);
  return joined([
    { name: 'dW', read: gradients },
    { name: 'dInput', read: dInput },
    ...(probe.activation === 'Softmax'
      ? [{ name: 'combined', read: readOne('combined', fieldOf(value, 'combined'), [], 'combined') }]
      : []),
  ]);
}

const inputField = (got: Value) => fieldOf(got, 'dInput') ?? fieldOf(got, 'dInputs') ?? fieldOf(got, 'dX');

const write = (answer: Answer): Value =>
  record({ got: record(answer), combined: answer['combined'], absorbed: false, transposed: false });

const weightsProblem: Omit<Problem<BackProbe>, 'ask'> = {
  id: '3.3.weights',
  title: 'The gradients of weights, bias and input',
  precision: 'single',
  probes: (random) => [
    draw(random.fork('a'), 'Sigmoid', [5, 4, 3], 1),
    draw(random.fork('b'), 'Sigmoid', [6, 7, 9], 4),
  ],
  describe: ({ x, W, b }) => `${W.length} inputs, ${b.length} units, ${x.length} examples, a random ∂L/∂z`,
  read: (answered, probe) => readLayer(answered, probe, 'weightsBackward'),
  write,
  oracle: (probe) => weightsProgram.run(probe, weightsProgram.right),
  accepts: [averaged(weightsProgram)],
  mistakes: variantsOf(weightsProgram, weightsMistakes),
  clues,
};

export const weightsBackward = askedAgain(weightsProblem, layerObject('weights'), otherBack);

const layerProblem = (activation: 'Sigmoid' | 'Softmax'): Omit<Problem<BackProbe>, 'ask'> => ({
  id: `3.4.${activation.toLowerCase()}`,
  title: `A whole ${activation} layer, backwards`,
  precision: 'single',
  probes: (random) => [
    draw(random.fork('a'), activation, [5, 4, 3], 1),
    draw(random.fork('b'), activation, [3, 6, 8], 2),
  ],
  describe: ({ x, W, b }) =>
    `${activation} layer with ${W.length} inputs and ${b.length} units, ${x.length} examples, a random error signal`,
  read: (answered, probe) => readLayer(answered, probe, 'backward'),
  write,
  oracle: (probe) => layerProgram.run(probe, layerProgram.right),
  accepts: [averaged(layerProgram), ...(activation === 'Softmax' ? [handedOn, averaged(combinedProgram)] : [])],
  mistakes: variantsOf(layerProgram, activation === 'Sigmoid' ? sigmoidMistakes : softmaxMistakes),
  clues,
});

export const sigmoidLayer = askedAgain(layerProblem('Sigmoid'), layerObject('whole'), otherBack);
export const softmaxLayer = askedAgain(layerProblem('Softmax'), layerObject('whole'), otherBack);
