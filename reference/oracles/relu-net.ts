/**
 * A network small enough for paper: one input, ReLU units, one linear output.
 *
 *   z̄_k = wH_k x + bH_k,  z_k = max(0, z̄_k),  f(x) = Σ_k wO_k z_k + bO
 */
import { relu, reluPrime } from './activations.ts';
import type { Vec } from './linear-algebra.ts';
import { dot } from './linear-algebra.ts';

export interface ReluNet {
  wH: Vec;
  bH: Vec;
  wO: Vec;
  bO: number;
}

interface ReluForward {
  zbar: Vec;
  z: Vec;
  f: number;
}

/** Pre-activations, activations and output at one input. */
export function reluForward(net: ReluNet, x: number): ReluForward {
  const zbar = net.wH.map((w, k) => w * x + net.bH[k]!);
  const z = zbar.map(relu);
  return { zbar, z, f: dot(net.wO, z) + net.bO };
}

interface ReluPartials {
  wH: Vec;
  bH: Vec;
  wO: Vec;
  bO: number;
}

/** ∂f/∂wO_k = z_k, ∂f/∂bO = 1, ∂f/∂bH_k = wO_k [z̄_k > 0], ∂f/∂wH_k = wO_k [z̄_k > 0] x. */
export function reluPartials(net: ReluNet, x: number): ReluPartials {
  const { zbar, z } = reluForward(net, x);
  const bH = net.wO.map((w, k) => w * reluPrime(zbar[k]!));
  return { wH: bH.map((v) => v * x), bH, wO: z, bO: 1 };
}

/** The places x = −bH_k / wH_k where the slope of f changes, ascending, with the change wO_k |wH_k| summed over coinciding ones. */
export function kinks(net: ReluNet): { x: number; change: number }[] {
  const at = new Map<number, number>();
  net.wH.forEach((w, k) => {
    // + 0 makes −0 and 0 one place.
    if (w !== 0) at.set(-net.bH[k]! / w + 0, (at.get(-net.bH[k]! / w + 0) ?? 0) + net.wO[k]! * Math.abs(w));
  });
  return [...at]
    .map(([x, change]) => ({ x, change }))
    .filter(({ change }) => change !== 0)
    .sort((a, b) => a.x - b.x);
}
