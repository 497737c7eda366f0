/** Gradient problems for tests of the library: two designs of different sizes. */
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { standIn } from '../stand-in.testing.ts';
import type { MlpCase } from './backprop.ts';
import type { MlpKind } from './kind.ts';
import { mlpLibrary } from './library.ts';
import { drawCase } from './trial.ts';
import type { View } from './views.ts';
import { wholeNet } from './views.ts';

/** Sizes from input to output, and batch size: all different, and no batch size one more or less than a layer. */
const designs: readonly { sizes: readonly number[]; batch: number }[] = [
  { sizes: [14, 11, 7, 5, 3], batch: 9 },
  { sizes: [15, 13, 8, 6, 4], batch: 11 },
];

/** A problem about the gradients of this kind of network. */
export function netProblem(
  kind: MlpKind,
  view: View = wholeNet(kind.layers),
  accept: readonly string[] = [],
): Problem<MlpCase> {
  const { program, mistakes, accepts, twins, clues } = mlpLibrary<MlpCase>({
    kind,
    view,
    toCase: (net) => net,
    accept,
  });
  const oracle = (net: MlpCase) => program.run(net, program.right);
  return standIn<MlpCase>({
    id: `${kind.hidden} ${kind.output}`,
    precision: 'single',
    oracle,
    mistakes,
    accepts,
    twins,
    clues,
    faint: { 'slope-leaky': 'a leak of 0.01 moves the gradient by about that much, whatever the probe' },
    describe: (net) => `batch of ${net.X.length}`,
    probes: (random: Random) =>
      designs.map(({ sizes: all, batch }, i) => {
        const sizes = all.slice(-(kind.layers + 1));
        if (kind.outputs === 'one') sizes[kind.layers] = 1;
        return drawCase(random.fork(`design ${i}`), sizes, batch, kind);
      }),
  });
}
