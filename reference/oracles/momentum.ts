/** Steps of stochastic gradient descent with momentum. */
import type { Vec } from './linear-algebra.ts';

interface Momentum {
  rate: number;
  momentum: number;
  nesterov: boolean;
}

interface MomentumState {
  w: Vec;
  /** Velocity, zero before the first step. */
  v: Vec;
}

/**
 * v ← m v − η g;  classical w ← w + v;  Nesterov w ← w + m v − η g with the new v. With a constant η this is also
 * a ← m a + g, w ← w − η (g + m a), the form in which v = −η a.
 */
function momentumStep(state: MomentumState, g: Vec, { rate, momentum, nesterov }: Momentum): MomentumState {
  const v = state.v.map((old, i) => momentum * old - rate * g[i]!);
  const w = state.w.map((old, i) => (nesterov ? old + momentum * v[i]! - rate * g[i]! : old + v[i]!));
  return { w, v };
}

/** All weights on the way, the start first, when every step asks `gradient` at the current weights. */
export function momentumPath(start: Vec, gradient: (w: Vec) => Vec, options: Momentum, steps: number): Vec[] {
  let state: MomentumState = { w: [...start], v: start.map(() => 0) };
  const path = [state.w];
  for (let t = 0; t < steps; t++) {
    state = momentumStep(state, gradient(state.w), options);
    path.push(state.w);
  }
  return path;
}
