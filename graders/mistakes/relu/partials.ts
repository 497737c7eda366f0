/** The partial derivatives of a ReLU network with one input and one output, with every debatable step exchangeable. */
import type { ReluNet } from '../../../reference/oracles/relu-net.ts';
import { reluForward, reluPartials } from '../../../reference/oracles/relu-net.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';
import type { Answer } from '../../question.ts';
import type { ReluCase } from './forward.ts';

interface PartialsRules {
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
export const partialsProgram: Program<ReluCase, PartialsRules> = {
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
export function rightPartials({ net, x }: ReluCase): Answer {
  const { wO, bO, wH, bH } = reluPartials(net, x);
  const plain = (values: number[]) => arrayOf(values.map((v) => v + 0));
  return { dwO: plain(wO), dbO: arrayOf(bO), dwH: plain(wH), dbH: plain(bH) };
}

const m = mistake<PartialsRules>;

export const partialsMistakes: readonly Mistake<PartialsRules>[] = [
  m(
    'dead-as-active',
    'units that are off count as if they were on',
    'Where z̄ < 0 the unit sends 0 whatever its weights are: its derivatives are 0.',
    { slope: () => 1 },
  ),
  m(
    'reversed',
    'units that are on count as off, and the other way round',
    'The slope of ReLU is 1 for z̄ > 0 and 0 for z̄ < 0.',
    { slope: (zbar) => (zbar > 0 ? 0 : 1) },
  ),
  m(
    'activation-for-slope',
    'the activation instead of its derivative',
    'Multiply by the slope of ReLU, 0 or 1, not by z.',
    { slope: (zbar) => Math.max(0, zbar) },
  ),
  m('sign-slope', 'the slope −1 for units that are off', 'For negative z̄ ReLU is constant: its slope is 0.', {
    slope: Math.sign,
  }),
  m('x-forgotten', 'x is missing in the derivatives of wH', '∂z̄/∂wH = x: multiply by x.', { dwH: (delta) => delta }),
  m('x-in-bias', 'x stands in the derivatives of bH', '∂z̄/∂bH = 1: nothing to multiply by.', {
    dbH: (delta, x) => delta * x,
  }),
  m('no-output-weight', 'the factor wO is missing', 'Chain rule: ∂f/∂z = wO comes first.', { back: () => 1 }),
  m('sign-of-output-weight', 'the sign of wO is turned round', '∂f/∂z = wO, with its sign.', {
    back: (net, k) => -net.wO[k]!,
  }),
  m(
    'hidden-weight',
    'wH stands where wO should',
    '∂f/∂z = wO: on the way back you meet the weights of the output first.',
    { back: (net, k) => net.wH[k]! },
  ),
  m('pre-activation', 'z̄ instead of z in the derivatives of wO', '∂f/∂wO = z = max(0, z̄).', { dwO: (zbar) => zbar }),
  m('weight-itself', 'the derivatives of wO are 1', '∂f/∂wO = z: what the unit sends.', { dwO: () => 1 }),
  m('output-bias-itself', 'the derivative of bO is bO', '∂f/∂bO = 1: f rises by just as much as bO.', {
    dbO: (net) => net.bO,
  }),
  m(
    'output-bias-zero',
    'the derivative of bO is 0',
    '∂f/∂bO = 1: f rises by just as much as bO. A parameter is not a constant here.',
    { dbO: () => 0 },
  ),
];
