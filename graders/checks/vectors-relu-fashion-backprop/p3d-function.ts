/** Problem 3 D as a function: partial derivatives of any ReLU network with one input. */
import type { Judgement } from '../../check.ts';
import type { Arg } from '../../model.ts';
import type { Evaluation } from '../../evaluate.ts';
import { judgeTensor } from '../../evaluate.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { reluForward } from '../../../reference/oracles/relu-net.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { readEntries } from './entries.ts';
import type { ReluProbe } from './relu-forward.ts';
import { partialsMistakes, partialsProgram, rightPartials } from './relu-partials.ts';

/** None of the units is nearer to its kink than 0.1; which of them are on is told. */
function drawNet(random: Random, units: number, x: number, on: (k: number) => boolean): ReluProbe {
  const away = () => (random.next() < 0.5 ? -1 : 1) * random.uniform(0.3, 2);
  const wH = Array.from({ length: units }, away);
  const bH = wH.map((w, k) => (on(k) ? 1 : -1) * random.uniform(0.1, 2) - w * x);
  return { net: { wH, bH, wO: wH.map(away), bO: away() }, x };
}

const even = (k: number) => k % 2 === 0;
const designs = [
  { units: 4, x: 1.7, on: even },
  { units: 3, x: -2.3, on: even },
  { units: 6, x: 0.6, on: even },
  { units: 4, x: -0.9, on: (k: number) => !even(k) },
  { units: 5, x: 1.2, on: () => false },
];

const record = (entries: Record<string, Arg>): Arg => ({ kind: 'record', entries });

export const reluGradsProblem: Problem<ReluProbe> = {
  id: 'P3D.reluNetGrads',
  title: 'Partial derivatives of a ReLU network',
  precision: 'double',
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
  describe: ({ net, x }) => `${net.wH.length} hidden units, x = ${x}`,
  async ask(guest, { net, x }) {
    const { wH, bH, wO, bO } = net;
    const sent = record({ wH: arrayOf(wH), bH: arrayOf(bH), wO: arrayOf(wO), bO });
    return { value: (await guest.call({ module: 'p3d.ts', name: 'reluNetGrads' }, [sent, x])).value };
  },
  read({ value }, probe) {
    const shape = rightPartials(probe);
    const entries = Object.fromEntries(Object.keys(shape).map((name) => [name, arrayFrom(fieldOf(value, name))]));
    if (Object.values(entries).every((entry) => entry === undefined)) {
      const says = 'reluNetGrads should return { dwO, dbO, dwH, dbH }.';
      return { misread: { says, yours: inWords(value) } };
    }
    return readEntries({ value: { kind: 'record', entries } }, shape);
  },
  write: (answer) => ({ kind: 'record', entries: { ...answer, dbO: answer['dbO']!.data[0]! } }),
  oracle: rightPartials,
  mistakes: variantsOf(partialsProgram, partialsMistakes),
};

/** A quarter of the marks for each kind of parameters; the derivative of bO, which is always 1, shows nothing by itself. */
export function judgeFunction(evaluation: Evaluation): Judgement {
  const [others, dbO] = [['dwO', 'dwH', 'dbH'], 'dbO'];
  const judgements = [...others, dbO].map((name) => judgeTensor(evaluation, name, name));
  const worst = judgements.find((judgement) => judgement.earned < 1);
  if (worst === undefined) return judgements[0]!;
  const right = (judgement: Judgement) => judgement.earned === 1;
  const earned = judgements.slice(0, 3).some(right) ? judgements.filter(right).length / 4 : 0;
  return { ...worst, earned };
}
