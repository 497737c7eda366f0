/** How mistakes in the derivative of the hidden activation are written. */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { LayerState, MlpCase, MlpRules } from './backprop.ts';

type SlopeRule = (layer: LayerState, right: Mat, net: MlpCase) => Mat;

/** Another derivative, which may use the right one. */
export const slopeBy =
  (rule: SlopeRule) =>
  (right: MlpRules): MlpRules => ({
    ...right,
    slope: (layer, net) => rule(layer, right.slope(layer, net), net),
  });

/** A formula in the activation a. */
export const ofActivation = (f: (a: number) => number): ((right: MlpRules) => MlpRules) =>
  slopeBy(({ a }) => mapMat(a, f));
/** A formula in the pre-activation z. */
export const ofPreActivation = (f: (z: number) => number): ((right: MlpRules) => MlpRules) =>
  slopeBy(({ z }) => mapMat(z, f));
/** A formula in the right derivative. */
export const ofSlope = (f: (slope: number) => number): ((right: MlpRules) => MlpRules) =>
  slopeBy((_, slope) => mapMat(slope, f));

export const ones = (a: Mat): Mat => mapMat(a, () => 1);

/** Another way to join what comes back with the derivative. */
export const joinBy =
  (f: (up: number, slope: number) => number) =>
  (right: MlpRules): MlpRules => ({ ...right, join: (up, slope) => zipMat(up, slope, f) });
