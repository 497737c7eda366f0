/** Question 2a: three networks of unequal layers, one of them asked with the shapes of another. */
import { variantsOf } from '../../mistakes/program.ts';
import { tanhLayerMistakes, tanhLayers } from '../../mistakes/mlp/tanh-layers.ts';
import type { Problem } from '../../problem.ts';
import type { ForwardProbe } from './q2a-forward-question.ts';
import { forwardQuestion } from './q2a-forward-question.ts';

export const forwardProblem: Problem<ForwardProbe> = {
  ...forwardQuestion,
  probes: (random) =>
    [
      [5, 9, 7, 6, 4, 3],
      [8, 3, 11, 4, 6, 7],
      // The shapes of the first again, which is then asked once more: who keeps something for each shape gives the other's.
      [5, 9, 7, 6, 4, 3],
    ].map((sizes) => {
      const draw = (n: number, sd: number) => Array.from({ length: n }, () => Math.fround(random.normal(0, sd)));
      return {
        sizes,
        W: sizes.slice(1).map((n, k) => Array.from({ length: n }, () => draw(sizes[k]!, 1.2 / Math.sqrt(sizes[k]!)))),
        b: sizes.slice(1).map((n) => draw(n, 0.4)),
        x: draw(sizes[0]!, 1),
      };
    }),
  oracle: (probe) => tanhLayers.run(probe, tanhLayers.right),
  mistakes: variantsOf<ForwardProbe, typeof tanhLayers.right>(tanhLayers, tanhLayerMistakes),
  clues: { order: ['h1', 'h2', 'h3', 'h4', 'h5'] },
};
