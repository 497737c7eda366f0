/** What MLPLayer.forward computes, and what is computed in its place. */
import { sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import { linearForward } from '../../../reference/oracles/layers.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, matmul, scaleMat, sum } from '../../../reference/oracles/linear-algebra.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { askedAgain } from '../../kinds/asked-again.ts';
import type { ActivationName } from './objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { makeLayer } from './objects.ts';
import { matAnswer, readOne } from '../../kinds/named-arrays.ts';
import { otherRows, randomRows } from '../../kinds/drawn-rows.ts';

export interface LayerProbe {
  activation: ActivationName;
  /** inputs × units. */
  W: Mat;
  b: Vec;
  /** examples × inputs. */
  x: Mat;
}

export const activate = (activation: ActivationName, z: Mat): Mat =>
  activation === 'Sigmoid' ? mapMat(z, sigmoid) : softmaxRows(z);

/** Weights ×1 and ×3: small ones leave every activation in its straight part. */
export function drawLayer(
  random: Random,
  activation: ActivationName,
  [n, inputs, units]: readonly [number, number, number],
  scale: number,
): LayerProbe {
  return {
    activation,
    W: randomRows(random.fork('W'), inputs, units, (0.7 * scale) / Math.sqrt(inputs)),
    b: randomRows(random.fork('b'), 1, units, 0.6)[0]!,
    x: randomRows(random.fork('x'), n, inputs),
  };
}

const wrong = (id: string, title: string, advice: string, f: (probe: LayerProbe) => Mat): Variant<LayerProbe> => ({
  id,
  title,
  advice,
  compute: (probe) => matAnswer('y', f(probe)),
});

const z = ({ x, W, b }: LayerProbe) => linearForward(x, W, b);
const withBias = (probe: LayerProbe, b: Vec): Mat => activate(probe.activation, z({ ...probe, b }));

const problem: Omit<Problem<LayerProbe>, 'ask'> = {
  id: '2.4.forward',
  title: 'A layer, forwards',
  precision: 'single',
  probes: (random) => [
    drawLayer(random.fork('a'), 'Sigmoid', [5, 4, 3], 1),
    drawLayer(random.fork('b'), 'Sigmoid', [3, 6, 8], 3),
    drawLayer(random.fork('c'), 'Softmax', [4, 7, 5], 2),
  ],
  describe: ({ activation, x, W, b }) =>
    `${activation} layer with ${W.length} inputs and ${b.length} units, ${x.length} examples`,
  read: ({ value }, { x, b }) => readOne('y', value, [x.length, b.length], 'MLPLayer.forward'),
  write: (answer) => answer['y'],
  oracle: (probe) => matAnswer('y', activate(probe.activation, z(probe))),
  mistakes: [
    wrong('no-bias', 'the bias is missing', 'Add the bias of every unit to x · weights.', (p) =>
      withBias(
        p,
        p.b.map(() => 0),
      ),
    ),
    wrong(
      'bias-first-row-of-weights',
      'the first row of the weights is taken for the bias',
      'A bias among the weights is their last row; or keep it in a field of its own, `bias`.',
      (p) => activate(p.activation, z({ ...p, W: [...p.W.slice(1), p.b], b: p.W[0]! })),
    ),
    wrong('bias-subtracted', 'the bias is subtracted', 'Add the bias.', (p) =>
      withBias(
        p,
        p.b.map((v) => -v),
      ),
    ),
    wrong('bias-summed', 'the sum of all biases is added', 'Every unit gets its own bias.', (p) =>
      withBias(
        p,
        p.b.map(() => sum(p.b)),
      ),
    ),
    wrong('bias-first-row', 'the bias is added to the first example only', 'Add the bias to every row.', (p) =>
      activate(
        p.activation,
        matmul(p.x, p.W).map((row, i) => (i === 0 ? row.map((v, j) => v + p.b[j]!) : row)),
      ),
    ),
    wrong(
      'bias-after',
      'the bias is added behind the activation',
      'Add the bias first, then apply the activation.',
      (p) => activate(p.activation, matmul(p.x, p.W)).map((row) => row.map((v, j) => v + p.b[j]!)),
    ),
    wrong('twice', 'the activation is applied twice', 'Apply the activation once.', (p) =>
      activate(p.activation, activate(p.activation, z(p))),
    ),
    wrong('no-activation', 'the activation is missing', 'Apply the activation to x · weights + bias.', z),
    wrong('always-sigmoid', 'every layer has a sigmoid', 'Use the activation that the constructor gets.', (p) =>
      mapMat(z(p), sigmoid),
    ),
    wrong('always-softmax', 'every layer has a softmax', 'Use the activation that the constructor gets.', (p) =>
      softmaxRows(z(p)),
    ),
    wrong('mean', 'x · weights is divided by the number of inputs', 'Sum over the inputs, do not average.', (p) =>
      activate(
        p.activation,
        matmul(p.x, scaleMat(p.W, 1 / p.W.length)).map((row) => row.map((v, j) => v + p.b[j]!)),
      ),
    ),
    wrong('first-example', 'every row is the first example', 'Compute every row from its own example.', (p) =>
      p.x.map(() => activate(p.activation, z({ ...p, x: [p.x[0]!] }))[0]!),
    ),
    wrong(
      'input-activated',
      'the activation is applied to the input',
      'The activation comes last: activation(x · weights + bias).',
      (p) => z({ ...p, x: activate(p.activation, p.x) }),
    ),
  ],
};

export const layerForward = askedAgain(
  problem,
  async (guest, { activation, W, b }) => {
    const { layer } = await makeLayer(guest, activation, W, b);
    return async ({ x }) => ({ value: await callAny(guest, layer, ['forward', 'call'], [arrayOf(x)]) });
  },
  (probe) => ({ ...probe, x: otherRows(probe.x) }),
);
