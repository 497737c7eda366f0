/** What is right for the model of one layer, and where it shows. */
import { dot } from '../../../reference/oracles/linear-algebra.ts';
import { oneLayer, oneLayerMistakes } from '../../mistakes/layers/one-layer.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { scaledBand } from '../../numerics/tolerance.ts';
import type { Problem } from '../../problem.ts';
import type { OneLayerProbe } from './q1-3a-question.ts';
import { oneLayerQuestion } from './q1-3a-question.ts';

const hOf = ({ w, b, x }: OneLayerProbe) => dot(x, w) + b;

/** Single precision carries ŷ to 6e-8, and so 1 − ŷ, where |h| is 4, to 3e-6 of itself. */
const oneLayerBand = scaledBand(
  'one layer',
  2e-5,
  2e-4,
  'accepted up to 0.00002 of the largest expected value, rejected from 0.0002: programs may keep numbers in single precision, where 1 − ŷ is right in five digits',
);

export const oneLayerProblem: Problem<OneLayerProbe> = {
  ...oneLayerQuestion,
  band: oneLayerBand,
  probes: (random) =>
    [5, 3, 7, 2].map((n, i) => ({
      // Larger weights in the later ones, where mistakes in the derivative of the sigmoid are plain.
      w: Array.from({ length: n }, () => random.normal(0, i < 2 ? 0.7 : 1.2)),
      b: random.uniform(0.4, 1.2) * (i % 2 === 0 ? -1 : 1),
      x: Array.from({ length: n }, () => random.uniform(0.1, 1)),
      y: (i + 1) % 2,
    })),
  visits: [
    {
      says: '|h| up to 4 only, where single precision resolves 1 − ŷ',
      holds: (all) => all.every((probe) => Math.abs(hOf(probe)) <= 4),
    },
    ...[true, false].map((right) => ({
      says: `a prediction on the ${right ? 'right' : 'wrong'} side`,
      holds: (all: readonly OneLayerProbe[]) => all.some((probe) => (hOf(probe) > 0 === (probe.y === 1)) === right),
    })),
  ],
  oracle: (probe) => oneLayer.run(probe, oneLayer.right),
  mistakes: variantsOf(oneLayer, oneLayerMistakes),
  differences: { are: 'told' },
};
