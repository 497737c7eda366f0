/** Layers with weights, bias and activation: drawn for probes, and the key of their ways back. */
import type { Clues, Key, Variant } from '../key.ts';
import type { DenseProgram, DenseRules } from '../mistakes/layers/dense-layer.ts';
import { activate, combinedProgram, preActivation } from '../mistakes/layers/dense-layer.ts';
import type { Mistake } from '../mistakes/program.ts';
import { variantsOf } from '../mistakes/program.ts';
import { mapArray } from '../numerics/arrays.ts';
import type { Random } from '../numerics/random.ts';
import type { BackProbe, LayerProbe } from './dense-layer-question.ts';
import { errorRows, otherRows, randomRows, withTwins } from './drawn-rows.ts';
import type { ActivationName } from './layer-objects.ts';

type Sizes = readonly [examples: number, inputs: number, units: number];

/**
 * Beside sizes that all differ, by which an axis is told: a single example, where nothing is added up, and as many examples as
 * units, where whoever picks the axis by its length picks the wrong one. Never as many inputs as units: either orientation of the
 * weights would fit.
 */
export const ofOneExample: Sizes = [1, 5, 3];
export const asManyExamplesAsUnits: Sizes = [4, 6, 4];

/**
 * Weights ×1 and ×3: small ones leave every activation in its straight part. Two examples are equal where there are as many as
 * units.
 */
export const drawLayer = (
  random: Random,
  activation: ActivationName,
  [n, inputs, units]: Sizes,
  scale: number,
): LayerProbe => ({
  activation,
  W: randomRows(random.fork('W'), inputs, units, (0.7 * scale) / Math.sqrt(inputs)),
  b: randomRows(random.fork('b'), 1, units, 0.6)[0]!,
  x: n === units ? withTwins(randomRows(random.fork('x'), n, inputs)) : randomRows(random.fork('x'), n, inputs),
});

/** Such a layer with error signals of this size that come back to it, and another mini-batch that goes through in between. */
export function drawBack(
  random: Random,
  activation: ActivationName,
  sizes: Sizes,
  { scale, error: size }: { scale: number; error?: number },
): BackProbe {
  const layer = drawLayer(random, activation, sizes, scale);
  const through = (x: number[][], error: number[][]) => {
    const z = preActivation({ ...layer, x });
    return { x, z, a: activate(activation, z), error };
  };
  const error = errorRows(random.fork('error'), sizes[0], sizes[2], size);
  return {
    ...layer,
    ...through(layer.x, error),
    other: through(otherRows(layer.x), otherRows(error).reverse()),
  };
}

/** The sum over the mini-batch as everywhere in this sheet, or the mean. */
const averaged = (program: DenseProgram): Variant<BackProbe> => ({
  id: program === combinedProgram ? 'combined-mean' : 'mean',
  title: 'dW and dB are means over the mini-batch; the sum is accepted as well.',
  compute(probe) {
    const { dW, dB, ...rest } = program.run(probe, program.right);
    return { dW: mapArray(dW!, (v) => v / probe.x.length), dB: mapArray(dB!, (v) => v / probe.x.length), ...rest };
  },
});

/** Right as well where a softmax layer's program says so. */
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

/** The key of a way back as this program goes it; `mayBeCombined` where the loss may have gone through the activation. */
export const layerBackwardKey = (
  program: DenseProgram,
  mistakes: readonly Mistake<DenseRules>[],
  mayBeCombined = false,
): Pick<Key<BackProbe>, 'oracle' | 'accepts' | 'mistakes' | 'clues' | 'differences'> => ({
  oracle: (probe) => program.run(probe, program.right),
  accepts: [averaged(program), ...(mayBeCombined ? [handedOn, averaged(combinedProgram)] : [])],
  mistakes: variantsOf(program, mistakes),
  clues,
  differences: { are: 'told' },
});
