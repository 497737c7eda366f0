/**
 * A neural network without a library: what the grader has one made of inside, and what is seen of one that a student made.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { NetworkPlan } from 'gradmark/model/network';
 * import type { Arg } from 'gradmark/model/guest';
 *
 * const plan: NetworkPlan = { inputShape: [4], layers: [{ kind: 'dense', units: 3, activation: 'softmax' }] };
 * const sent: Arg = { kind: 'network', ...plan };
 * assert.equal(sent.kind, 'network');
 * ```
 */
import type { NdArray } from './numbers.ts';

export type Activation = 'linear' | 'relu' | 'sigmoid' | 'softmax' | 'logSoftmax';

/** A layer of a network that is made inside, for the student's code to work on. `weights` are kernel and bias. */
export type LayerPlan =
  | { kind: 'flatten' }
  | { kind: 'dense'; units: number; activation?: Activation; weights?: readonly NdArray[] }
  | { kind: 'activation'; activation: Activation };

export interface NetworkPlan {
  /** Of one example. */
  inputShape: readonly number[];
  layers: readonly LayerPlan[];
}

/** What a layer is to the grader: dense, or one that changes what is trained on without showing in a prediction, or neither. */
export type LayerKind = 'dense' | 'noise' | 'other';

export interface LayerDescription {
  kind: LayerKind;
  /** The library's word for it, for whoever wrote it. */
  named: string;
  units?: number;
  /** In the library's word, which for the usual ones is everybody's. */
  activation?: string;
  /** Whether training changes it. */
  trainable: boolean;
  /** Penalties on what it holds or gives and limits for it, in the library's words. */
  restraints: readonly string[];
  weights: readonly NdArray[];
}

export interface OptimizerDescription {
  /** Gradient descent, with momentum or without; or another. */
  rule: 'gradient-descent' | 'other';
  learningRate?: number;
  momentum?: number;
  nesterov?: boolean;
  /** The rule and all its settings in the library's words. */
  spelled: string;
}

export interface NetworkDescription {
  layers: readonly LayerDescription[];
  /** The first dimension is the batch's; null where any size is taken. */
  inputShape: readonly (number | null)[];
  outputShape: readonly (number | null)[];
  parameters: number;
  /** How it will be trained, where that has been settled. */
  optimizer?: OptimizerDescription;
  loss?: string;
}
