/** Questions 2.4, 3.3 and 3.4: what a layer computes, and what is computed in its place. */
import type { Clues, Key, Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { errorRows, otherRows, randomRows } from '../../kinds/drawn-rows.ts';
import {
  activate,
  combinedProgram,
  denseForward,
  denseForwardMistakes,
  layerProgram,
  preActivation,
  weightsProgram,
} from '../../mistakes/layers/dense-layer.ts';
import type { DenseProgram, DenseRules } from '../../mistakes/layers/dense-layer.ts';
import {
  inActivation,
  sigmoidLayerMistakes,
  softmaxLayerMistakes,
  weightsMistakes,
} from '../../mistakes/layers/dense-mistakes.ts';
import type { Mistake } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { BackProbe, LayerProbe } from './layer-question.ts';
import { forwardQuestion, weightsQuestion, wholeQuestion } from './layer-question.ts';
import type { ActivationName } from '../../kinds/layer-objects.ts';
import { softmaxRowMistakes } from '../../mistakes/activations/softmax-backward.ts';

type Sizes = readonly [examples: number, inputs: number, units: number];

/** Weights ×1 and ×3: small ones leave every activation in its straight part. */
const drawLayer = (
  random: Random,
  activation: ActivationName,
  [n, inputs, units]: Sizes,
  scale: number,
): LayerProbe => ({
  activation,
  W: randomRows(random.fork('W'), inputs, units, (0.7 * scale) / Math.sqrt(inputs)),
  b: randomRows(random.fork('b'), 1, units, 0.6)[0]!,
  x: randomRows(random.fork('x'), n, inputs),
});

function drawBack(random: Random, activation: ActivationName, sizes: Sizes, scale: number): BackProbe {
  const layer = drawLayer(random, activation, sizes, scale);
  const through = (x: number[][], error: number[][]) => {
    const z = preActivation({ ...layer, x });
    return { x, z, a: activate(activation, z), error };
  };
  const error = errorRows(random.fork('error'), sizes[0], sizes[2]);
  return {
    ...layer,
    ...through(layer.x, error),
    other: through(otherRows(layer.x), otherRows(error).reverse()),
  };
}

export const layerForward: Problem<LayerProbe> = {
  ...forwardQuestion,
  probes: (random) => [
    drawLayer(random.fork('a'), 'Sigmoid', [5, 4, 3], 1),
    drawLayer(random.fork('b'), 'Sigmoid', [3, 6, 8], 3),
    drawLayer(random.fork('c'), 'Softmax', [4, 7, 5], 2),
  ],
  oracle: (probe) => ({ y: arrayOf(denseForward(probe)) }),
  mistakes: denseForwardMistakes,
};

/** The sum over the mini-batch as everywhere in this sheet, or the mean. */
const averaged = (program: DenseProgram): Variant<BackProbe> => ({
  id: program === combinedProgram ? 'combined-mean' : 'mean',
  title: 'dW and dB are means over the mini-batch; the sum is accepted as well.',
  compute(probe) {
    const { dW, dB, ...rest } = program.run(probe, program.right);
    return { dW: mapArray(dW!, (v) => v / probe.x.length), dB: mapArray(dB!, (v) => v / probe.x.length), ...rest };
  },
});

const handedOn: Variant<BackProbe> = {
  id: 'combined',
  title: 'The loss is combined with the softmax; the layer hands the error signal on.',
  compute: (probe) => combinedProgram.run(probe, combinedProgram.right),
};

const clues: Clues<BackProbe> = {
  quantities: ({ x, W, b }) => [
    { symbol: 'N', value: x.length, means: 'the number of examples' },
    { symbol: 'n', value: W.length, means: 'the number of inputs' },
    { symbol: 'u', value: b.length, means: 'the number of units' },
  ],
};

const keyOf = (
  program: DenseProgram,
  mistakes: readonly Mistake<DenseRules>[],
  alsoRight: readonly Variant<BackProbe>[] = [],
): Pick<Key<BackProbe>, 'oracle' | 'accepts' | 'mistakes' | 'clues'> => ({
  oracle: (probe) => program.run(probe, program.right),
  accepts: [averaged(program), ...alsoRight],
  mistakes: variantsOf(program, mistakes),
  clues,
});

export const weightsBackward: Problem<BackProbe> = {
  ...weightsQuestion,
  ...keyOf(weightsProgram, weightsMistakes),
  probes: (random) => [
    drawBack(random.fork('a'), 'Sigmoid', [5, 4, 3], 1),
    drawBack(random.fork('b'), 'Sigmoid', [6, 7, 9], 4),
  ],
};

const probesOf = (activation: ActivationName) => (random: Random) => [
  drawBack(random.fork('a'), activation, [5, 4, 3], 1),
  drawBack(random.fork('b'), activation, [3, 6, 8], 2),
];

export const sigmoidLayer: Problem<BackProbe> = {
  ...wholeQuestion('Sigmoid'),
  ...keyOf(layerProgram, sigmoidLayerMistakes),
  probes: probesOf('Sigmoid'),
};

/** A wrong softmax shows in every gradient of its layer. */
const ofSoftmax = softmaxRowMistakes
  .filter(({ id }) => id !== 'negative')
  .map(({ row, id, title, advice }) =>
    inActivation(id, title, advice, (error, _, a) => a.map((p, i) => row(p, error[i]!))),
  );

export const softmaxLayer: Problem<BackProbe> = {
  ...wholeQuestion('Softmax'),
  ...keyOf(layerProgram, softmaxLayerMistakes(ofSoftmax), [handedOn, averaged(combinedProgram)]),
  probes: probesOf('Softmax'),
};
