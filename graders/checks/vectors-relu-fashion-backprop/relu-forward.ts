/** A ReLU network with one input and one output, forwards, with every debatable step exchangeable. */
import type { ReluNet } from '../../../reference/oracles/relu-net.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';

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
