/** What a network of the lab computes: probabilities forwards, and gradients of the summed loss backwards. */
import type { Problem } from '../../problem.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import type { MlpKind } from '../../mistakes/mlp/kind.ts';
import { gradientsKey, mlpLibrary } from '../../mistakes/mlp/library.ts';
import { forwardProgram, visibleForwards } from '../../mistakes/mlp/probabilities.ts';
import { drawCase } from '../../mistakes/mlp/trial.ts';
import { wholeNet } from '../../mistakes/mlp/views.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import type { Random } from '../../numerics/random.ts';
import { stepBand } from '../../kinds/listed-net.ts';
import type { NetworkClass } from '../../kinds/network-object.ts';
import type { NetProbe as AskedProbe } from './network-question.ts';
import { forwardQuestion, gradientQuestion } from './network-question.ts';

type NetProbe = AskedProbe<MlpCase>;

type Hidden = 'sigmoid' | 'relu';

/** All sizes and the batch differ, so that nothing can be exchanged unseen; the second network has large weights. */
const designs = [
  { sizes: [7, 5, 6, 4], batch: 9, scale: 1, eta: 0.3 },
  { sizes: [5, 8, 6, 3], batch: 11, scale: 4, eta: 0.07 },
] as const;

const kindOf = (hidden: Hidden, eta?: number): MlpKind => ({
  hidden,
  output: 'softmax-cce',
  layers: 3,
  outputs: 'many',
  reduction: 'sum',
  ...(eta === undefined ? {} : { learningRate: eta }),
});

function drawProbe(random: Random, hidden: Hidden, { sizes, batch, scale, eta }: (typeof designs)[number]): NetProbe {
  const kind = kindOf(hidden, eta);
  const net = drawCase(random, sizes, batch, kind);
  const earlier = drawCase(random, sizes, batch, kind);
  return { net: { ...net, W: net.W.map((W) => W.map((row) => row.map((w) => w * scale))) }, earlier, eta };
}

const common = (hidden: Hidden) => ({
  // Whoever runs the network in single precision loses up to 7e-6 on the way through large weights.
  band: stepBand,
  probes: (random: Random) => designs.map((design, i) => drawProbe(random.fork(`design ${i}`), hidden, design)),
});

const toCase = ({ net }: NetProbe): MlpCase => net;

export const gradientProblem = (id: string, target: NetworkClass, hidden: Hidden): Problem<NetProbe> => ({
  ...gradientQuestion(id, target),
  ...common(hidden),
  ...gradientsKey(mlpLibrary<NetProbe>({ kind: kindOf(hidden, 0.3), view: wholeNet(3), toCase })),
});

const forwards = adapt(forwardProgram, toCase);

export function forwardProblem(id: string, target: NetworkClass, hidden: Hidden): Problem<NetProbe> {
  const { mistakes, twins } = visibleForwards(kindOf(hidden));
  return {
    ...forwardQuestion(id, target),
    ...common(hidden),
    oracle: (probe) => forwards.run(probe, forwards.right),
    mistakes: variantsOf(forwards, mistakes),
    twins,
  };
}
