/** A ReLU network with one input and one output, forwards, with every debatable step exchangeable. */
import type { ReluNet } from '../../../reference/oracles/relu-net.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';

export interface ReluCase {
  net: ReluNet;
  x: number;
}

interface ForwardRules {
  unit(net: ReluNet, k: number, x: number): number;
  activate(zbar: number): number;
  /** What the output layer adds up: z, or by mistake z̄. */
  carried(zbar: number, z: number): number;
  output(sum: number, net: ReluNet): number;
}

/** z̄, z and f. */
export const forwardProgram: Program<ReluCase, ForwardRules> = {
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

const m = mistake<ForwardRules>;

export const forwardMistakes: readonly Mistake<ForwardRules>[] = [
  m('no-bias', 'the biases of the hidden units are missing', 'z̄ = wH·x + bH: add the bias of every unit.', {
    unit: (net, k, x) => net.wH[k]! * x,
  }),
  m('bias-subtracted', 'the biases of the hidden units are subtracted', 'z̄ = wH·x + bH: the bias is added.', {
    unit: (net, k, x) => net.wH[k]! * x - net.bH[k]!,
  }),
  m('no-input', 'x is missing', 'z̄ = wH·x + bH: multiply the weight by x.', {
    unit: (net, k) => net.wH[k]! + net.bH[k]!,
  }),
  m('no-relu', 'no ReLU', 'z = max(0, z̄): negative values become 0.', { activate: (zbar) => zbar }),
  m(
    'absolute',
    'absolute value instead of ReLU',
    'z = max(0, z̄): negative values become 0, they do not change their sign.',
    { activate: Math.abs },
  ),
  m('clipped-above', 'positive values become 0', 'z = max(0, z̄): positive values stay.', {
    activate: (zbar) => Math.min(0, zbar),
  }),
  m('zbar-carried', 'the output adds z̄ instead of z', 'The output layer sees what the units send, z = max(0, z̄).', {
    carried: (zbar) => zbar,
  }),
  m('no-output-bias', 'the bias of the output is missing', 'f = Σ wO·z + bO: add bO.', { output: (sum) => sum }),
  m('output-relu', 'a ReLU at the output', 'The output is linear: f may be negative.', {
    output: (sum, net) => Math.max(0, sum + net.bO),
  }),
];
