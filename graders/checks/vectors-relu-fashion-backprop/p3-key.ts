/** Problem 3 C and D: what the network of the sheet and others compute, and what is computed in its place. */
import { reluForward } from '../../../reference/oracles/relu-net.ts';
import { forwardMistakes, forwardProgram } from '../../mistakes/relu/forward.ts';
import { partialsMistakes, partialsProgram, rightPartials } from '../../mistakes/relu/partials.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { visibleOn } from '../../mistakes/visible.ts';
import type { Random } from '../../numerics/random.ts';
import { exact, plainNumbers } from '../../numerics/tolerance.ts';
import type { Problem } from '../../problem.ts';
import type { ReluProbe } from './p3-question.ts';
import { forwardQuestion, functionQuestion, partialsQuestion } from './p3-question.ts';

/** The network and the input of the sheet. */
export const sheet: ReluProbe = {
  net: { wH: [-1, 1, 1, -1], bH: [1, 1, -1, 1], wO: [-1, -1, -1, 1], bO: 1 },
  x: 2,
};

const common = { band: exact, probes: () => [sheet] };
const because = 'they give the same numbers for the network of the sheet at x = 2';
const rightForward = (probe: ReluProbe) => forwardProgram.run(probe, forwardProgram.right);

export const forwardProblem: Problem<ReluProbe> = {
  ...forwardQuestion,
  ...common,
  oracle: rightForward,
  ...visibleOn([sheet], rightForward, variantsOf(forwardProgram, forwardMistakes), because),
};

const wrongPartials = variantsOf(partialsProgram, partialsMistakes);

export const partialsProblem: Problem<ReluProbe> = {
  ...partialsQuestion,
  ...common,
  oracle: rightPartials,
  ...visibleOn([sheet], rightPartials, wrongPartials, because),
};

/** The first unit is near its kink, no other one nearer than 0.1; which of them are on is told. */
function drawNet(random: Random, units: number, x: number, on: (k: number) => boolean): ReluProbe {
  const away = () => (random.next() < 0.5 ? -1 : 1) * random.uniform(0.3, 2);
  const wH = Array.from({ length: units }, away);
  const bH = wH.map(
    (w, k) => (on(k) ? 1 : -1) * (k === 0 ? random.uniform(0.005, 0.02) : random.uniform(0.1, 2)) - w * x,
  );
  return { net: { wH, bH, wO: wH.map(away), bO: away() }, x };
}

const even = (k: number) => k % 2 === 0;
const designs = [
  { units: 4, x: 1.7, on: even },
  { units: 3, x: -2.3, on: even },
  { units: 6, x: 0.6, on: even },
  { units: 4, x: -0.9, on: (k: number) => !even(k) },
  { units: 5, x: 1.2, on: () => false },
  // Fewer and more units than anywhere on the sheet.
  { units: 1, x: 2.1, on: even },
  { units: 11, x: -1.4, on: (k: number) => !even(k) || k === 10 },
];

export const reluGradsProblem: Problem<ReluProbe> = {
  ...functionQuestion,
  band: plainNumbers,
  probes: (random) => designs.map(({ units, x, on }, i) => drawNet(random.fork(`net ${i}`), units, x, on)),
  visits: [
    {
      says: 'as many units twice, of which others are on',
      holds: (probes) => new Set(probes.map(({ net }) => net.wH.length)).size < probes.length,
    },
    {
      says: 'a network whose units are all off',
      holds: (probes) => probes.some((probe) => reluForward(probe.net, probe.x).z.every((z) => z === 0)),
    },
  ],
  oracle: rightPartials,
  mistakes: wrongPartials,
  differences: { are: 'told' },
};
