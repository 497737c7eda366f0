/** What kind of network a task is about, so that only mistakes that can be made there are listed. */
import type { ActivationName } from '../../../reference/oracles/activations.ts';
import type { Reduction } from '../../../reference/oracles/losses.ts';
import type { Mistake } from '../program.ts';
import type { MlpRules, OutputKind } from './backprop.ts';

export interface MlpKind {
  hidden: ActivationName;
  output: OutputKind;
  /** Layers of weights: 1 is a single layer, 3 has two hidden layers. */
  layers: number;
  /** Number of outputs: 1 for a binary or scalar task, `many` for classes. */
  outputs: 'one' | 'many';
  /** Whether some labels are distributions rather than one-hot rows. */
  softLabels?: boolean;
  /** Whether some matrices are square, so that a wrong transpose goes unnoticed by shapes. */
  square?: boolean;
  /** The right convention over the batch; `mean` unless said otherwise. */
  reduction?: Reduction;
  /** Step size, where the task has one. */
  learningRate?: number;
  /** Whether only the last layer's gradients are asked for: what happens on the way back is then invisible. */
  lastLayerOnly?: boolean;
}

export interface MlpMistake extends Mistake<MlpRules> {
  /** Where the mistake can be made at all; everywhere when absent. */
  where?(kind: MlpKind): boolean;
}

export const isSoftmax = (kind: MlpKind): boolean => kind.output === 'softmax-cce';
export const isDeep = (kind: MlpKind): boolean => kind.layers > 1;
export const hasHidden =
  (...names: ActivationName[]) =>
  (kind: MlpKind): boolean =>
    isDeep(kind) && names.includes(kind.hidden);
