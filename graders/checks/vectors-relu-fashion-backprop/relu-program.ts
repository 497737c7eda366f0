/** A ReLU network with one input and one output, forwards and backwards, with every debatable step exchangeable. */
import type { ReluNet } from '../../../reference/oracles/relu-net.ts';
import { reluForward, reluPartials } from '../../../reference/oracles/relu-net.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import type { Answer } from '../../problem.ts';

export interface ReluProbe {
  net: ReluNet;
  x: number;
}

export interface ForwardRules {
  unit(net: ReluNet, k: number, x: number): number;
  activate(zbar: number): number;
  /** What the output layer adds up: z, or by mistake z̄. */
  carried(zbar: number, z: number): number;
  output(sum: number, net: ReluNet): number;
}

/** z̄, z and f. */
export const forwardProgram: Program<ReluProbe, ForwardRules> = {
  right: {
    unit: (net, k, x) => net.wH[k]! * x + net.bH[k]!,
    activate: (zbar) => Math.max(0, zbar),
    carried: (_, z) => z,
    output: (sum, net) => sum + net.bO,
  },
  run({ net, x }, rules) {
    const zbar = net.wH.map((_, k) => rules.unit(net, k, x));
    const z = zbar.map((v) => rules.activate(v));
    const sum = z.reduce((total, v, k) => total + net.wO[k]! * rules.carried(zbar[k]!, v), 0);
    return { zbar: arrayOf(zbar), z: arrayOf(z), f: arrayOf(rules.output(sum, net)) };
  },
};

const forward =
  (changed: Partial<ForwardRules>) =>
  (right: ForwardRules): ForwardRules => ({ ...right, ...changed });

export const forwardMistakes: readonly Mistake<ForwardRules>[] = [
  {
    id: 'no-bias',
    title: 'the biases of the hidden units are missing',
    advice: 'z̄ = wH·x + bH: add the bias of every unit.',
    apply: forward({ unit: (net, k, x) => net.wH[k]! * x }),
  },
  {
    id: 'bias-subtracted',
    title: 'the biases of the hidden units are subtracted',
    advice: 'z̄ = wH·x + bH: the bias is added.',
    apply: forward({ unit: (net, k, x) => net.wH[k]! * x - net.bH[k]! }),
  },
  {
    id: 'no-input',
    title: 'x is missing',
    advice: 'z̄ = wH·x + bH: multiply the weight by x.',
    apply: forward({ unit: (net, k) => net.wH[k]! + net.bH[k]! }),
  },
  {
    id: 'no-relu',
    title: 'no ReLU',
    advice: 'z = max(0, z̄): negative values become 0.',
    apply: forward({ activate: (zbar) => zbar }),
  },
  {
    id: 'absolute',
    title: 'absolute value instead of ReLU',
    advice: 'z = max(0, z̄): negative values become 0, they do not change their sign.',
    apply: forward({ activate: Math.abs }),
  },
  {
    id: 'clipped-above',
    title: 'positive values become 0',
    advice: 'z = max(0, z̄): positive values stay.',
    apply: forward({ activate: (zbar) => Math.min(0, zbar) }),
  },
  {
    id: 'zbar-carried',
    title: 'the output adds z̄ instead of z',
    advice: 'The output layer sees what the units send, z = max(0, z̄).',
    apply: forward({ carried: (zbar) => zbar }),
  },
  {
    id: 'no-output-bias',
    title: 'the bias of the output is missing',
    advice: 'f = Σ wO·z + bO: add bO.',
    apply: forward({ output: (sum) => sum }),
  },
  {
    id: 'output-relu',
    title: 'a ReLU at the output',
    advice: 'The output is linear: f may be negative.',
    apply: forward({ output: (sum, net) => Math.max(0, sum + net.bO) }),
  },
];

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
