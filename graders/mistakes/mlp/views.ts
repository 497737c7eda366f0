/** Which gradients a task asks for, under the task's own names. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import type { NdArray } from '../../model/numbers.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import type { Program } from '../program.ts';
import type { Gradients, MlpCase, MlpRules, Pass } from './backprop.ts';
import { backprop, forwardPass, isForwardRight, rightRules } from './backprop.ts';

/** One tensor of the answer; `layer` counts from 0, or from −1 backwards. */
interface TensorName {
  name: string;
  layer: number;
  part: 'W' | 'b';
}

export type View = readonly TensorName[];

/** Only the last layer, e.g. `{ W2, b2 }`. */
export const lastLayer = (W: string, b: string): View => [
  { name: W, layer: -1, part: 'W' },
  { name: b, layer: -1, part: 'b' },
];

/** Every layer: W1, b1, W2, b2 … */
export const wholeNet = (layers: number): View =>
  Array.from({ length: layers }, (_, layer): TensorName[] => [
    { name: `W${layer + 1}`, layer, part: 'W' },
    { name: `b${layer + 1}`, layer, part: 'b' },
  ]).flat();

/** The gradients of a view as named arrays: weights inputs×outputs, biases (outputs). */
export function named(gradients: Gradients, view: View): Answer {
  return Object.fromEntries(
    view.map(({ name, layer, part }) => [
      name,
      part === 'W' ? matArray(gradients.W.at(layer)!) : vecArray(gradients.b.at(layer)!),
    ]),
  );
}

export const matArray = (a: Mat): NdArray => makeArray([a.length, a[0]?.length ?? 0], a.flat());
export const vecArray = (a: Vec): NdArray => makeArray([a.length], a);

/**
 * Backpropagation as a program whose rules can be exchanged; `toCase` finds network and batch in the problem's probe. Most
 * mistakes leave the forward pass alone, so the right one is computed once for a network and shared.
 */
export function mlpProgram<Probe>(view: View, toCase: (probe: Probe) => MlpCase): Program<Probe, MlpRules> {
  const rightPasses = new WeakMap<MlpCase, Pass>();
  const passOf = (net: MlpCase, rules: MlpRules): Pass => {
    if (!isForwardRight(rules)) return forwardPass(net, rules);
    const pass = rightPasses.get(net) ?? forwardPass(net, rightRules);
    rightPasses.set(net, pass);
    return pass;
  };
  return {
    right: rightRules,
    run: (probe, rules) => {
      const net = toCase(probe);
      const layers = view.map(({ layer }) => (layer < 0 ? layer + net.W.length : layer));
      return named(backprop(net, rules, Math.min(...layers), passOf(net, rules)), view);
    },
  };
}
