/** How mistakes in the error at the output, δ = ∂ℓ/∂z, are written. */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpCase, MlpRules, OutputState } from './backprop.ts';
import type { MlpKind } from './kind.ts';

type DeltaRule = (right: Mat, state: OutputState, net: MlpCase) => Mat;

/** Another δ, which may use the right one. */
export const deltaBy =
  (rule: DeltaRule) =>
  (right: MlpRules): MlpRules => ({ ...right, delta: (state, net) => rule(right.delta(state, net), state, net) });

/** A formula in prediction and target, entry by entry. */
export const entries = (f: (p: number, y: number) => number): ((right: MlpRules) => MlpRules) =>
  deltaBy((_, { p, y }) => zipMat(p, y, f));

/** A formula in the right δ, entry by entry. */
export const reshaped = (f: (delta: number) => number): ((right: MlpRules) => MlpRules) =>
  deltaBy((delta) => delta.map((row) => row.map(f)));

export const isSigmoid = (kind: MlpKind): boolean => kind.output === 'sigmoid-bce';
export const isLinear = (kind: MlpKind): boolean => kind.output === 'linear-mse';
export const isProbability = (kind: MlpKind): boolean => !isLinear(kind);
