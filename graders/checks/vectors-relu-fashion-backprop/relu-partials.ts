/** The partial derivatives of a ReLU network with one input and one output, with every debatable step exchangeable. */
import type { ReluNet } from '../../../reference/oracles/relu-net.ts';
import { reluForward, reluPartials } from '../../../reference/oracles/relu-net.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import type { Answer } from '../../question.ts';
import type { ReluProbe } from './relu-forward.ts';

export interface PartialsRules {
  /** ∂z/∂z̄. */
  slope(zbar: number): number;
  /** ∂f/∂z of a unit. */
  back(net: ReluNet, k: number): number;
  dwO(zbar: number, z: number): number;
  dbO(net: ReluNet): number;
  dwH(delta: number, x: number): number;
  dbH(delta: number, x: number): number;
}

/** dwO, dbO, dwH and dbH. */
export const partialsProgram: Program<ReluProbe, PartialsRules> = {
  right: {
    slope: (zbar) => (zbar > 0 ? 1 : 0),
    back: (net, k) => net.wO[k]!,
    dwO: (_, z) => z,
    dbO: () => 1,
    dwH: (delta, x) => delta * x,
    dbH: (delta) => delta,
  },
  run({ net, x }, rules) {
    const { zbar, z } = reluForward(net, x);
    const delta = zbar.map((v, k) => rules.back(net, k) * rules.slope(v));
    return {
      dwO: arrayOf(zbar.map((v, k) => rules.dwO(v, z[k]!))),
      dbO: arrayOf(rules.dbO(net)),
      dwH: arrayOf(delta.map((d) => rules.dwH(d, x))),
      dbH: arrayOf(delta.map((d) => rules.dbH(d, x))),
    };
  },
};

/** The closed form, from the oracle. */
export function rightPartials({ net, x }: ReluProbe): Answer {
  const { wO, bO, wH, bH } = reluPartials(net, x);
  const plain = (values: number[]) => arrayOf(values.map((v) => v + 0));
  return { dwO: plain(wO), dbO: arrayOf(bO), dwH: plain(wH), dbH: plain(bH) };
}

const change =
  (changed: Partial<PartialsRules>) =>
  (right: PartialsRules): PartialsRules => ({ ...right, ...changed });

export const partialsMistakes: readonly Mistake<PartialsRules>[] = [
  {
    id: 'dead-as-active',
    title: 'units that are off count as if they were on',
    advice: 'Where z̄ < 0 the unit sends 0 whatever its weights are: its derivatives are 0.',
    apply: change({ slope: () => 1 }),
  },
  {
    id: 'reversed',
    title: 'units that are on count as off, and the other way round',
    advice: 'The slope of ReLU is 1 for z̄ > 0 and 0 for z̄ < 0.',
    apply: change({ slope: (zbar) => (zbar > 0 ? 0 : 1) }),
  },
  {
    id: 'activation-for-slope',
    title: 'the activation instead of its derivative',
    advice: 'Multiply by the slope of ReLU, 0 or 1, not by z.',
    apply: change({ slope: (zbar) => Math.max(0, zbar) }),
  },
  {
    id: 'sign-slope',
    title: 'the slope −1 for units that are off',
    advice: 'For negative z̄ ReLU is constant: its slope is 0.',
    apply: change({ slope: Math.sign }),
  },
  {
    id: 'x-forgotten',
    title: 'x is missing in the derivatives of wH',
    advice: '∂z̄/∂wH = x: multiply by x.',
    apply: change({ dwH: (delta) => delta }),
  },
  {
    id: 'x-in-bias',
    title: 'x stands in the derivatives of bH',
    advice: '∂z̄/∂bH = 1: nothing to multiply by.',
    apply: change({ dbH: (delta, x) => delta * x }),
  },
  {
    id: 'no-output-weight',
    title: 'the factor wO is missing',
    advice: 'Chain rule: ∂f/∂z = wO comes first.',
    apply: change({ back: () => 1 }),
  },
  {
    id: 'sign-of-output-weight',
    title: 'the sign of wO is turned round',
    advice: '∂f/∂z = wO, with its sign.',
    apply: change({ back: (net, k) => -net.wO[k]! }),
  },
  {
    id: 'hidden-weight',
    title: 'wH stands where wO should',
    advice: '∂f/∂z = wO: on the way back you meet the weights of the output first.',
    apply: change({ back: (net, k) => net.wH[k]! }),
  },
  {
    id: 'pre-activation',
    title: 'z̄ instead of z in the derivatives of wO',
    advice: '∂f/∂wO = z = max(0, z̄).',
    apply: change({ dwO: (zbar) => zbar }),
  },
  {
    id: 'weight-itself',
    title: 'the derivatives of wO are 1',
    advice: '∂f/∂wO = z: what the unit sends.',
    apply: change({ dwO: () => 1 }),
  },
  {
    id: 'output-bias-itself',
    title: 'the derivative of bO is bO',
    advice: '∂f/∂bO = 1: f rises by just as much as bO.',
    apply: change({ dbO: (net) => net.bO }),
  },
  {
    id: 'output-bias-zero',
    title: 'the derivative of bO is 0',
    advice: '∂f/∂bO = 1: f rises by just as much as bO. A parameter is not a constant here.',
    apply: change({ dbO: () => 0 }),
  },
];
