/** The way back through a layer as a program whose steps can be exchanged. */
import { sigmoidPrime } from '../../../reference/oracles/activations.ts';
import { linearBackward, linearForward, softmaxBackward } from '../../../reference/oracles/layers.ts';
import type { LinearGradients } from '../../../reference/oracles/layers.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat, zipMat } from '../../../reference/oracles/linear-algebra.ts';
import type { Answer } from '../../question.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import type { LayerProbe } from './layer-forward.ts';
import { activate } from './layer-forward.ts';
import { flag } from './objects.ts';

export interface BackProbe extends LayerProbe {
  /** ∂L/∂pre-activation for weightsBackward, ∂L/∂activation for backward; examples × units. */
  error: Mat;
}

/** The exchangeable steps of a layer on its way back. */
export interface BackRules {
  /** ∂L/∂z from ∂L/∂a. */
  dPre(probe: BackProbe, z: Mat, a: Mat): Mat;
  /** What the weights' gradient takes for the layer's input. */
  input(probe: BackProbe, z: Mat): Mat;
  dW(input: Mat, dPre: Mat, probe: BackProbe): Mat;
  dB(dPre: Mat, input: Mat, probe: BackProbe): number[];
  dInput(dPre: Mat, probe: BackProbe): Mat;
  /** Whether the program says that its loss has gone through the softmax already; asked of softmax layers. */
  combined: boolean;
}

const linear = (probe: BackProbe, input: Mat, dPre: Mat): LinearGradients => linearBackward(input, probe.W, dPre);

const rightLinear = {
  input: ({ x }) => x,
  dW: (input, dPre, probe) => linear(probe, input, dPre).dW,
  dB: (dPre, input, probe) => linear(probe, input, dPre).db,
  dInput: (dPre, probe) => linear(probe, probe.x, dPre).dX,
  combined: false,
} satisfies Omit<BackRules, 'dPre'>;

const run = (probe: BackProbe, rules: BackRules): Answer => {
  const z = linearForward(probe.x, probe.W, probe.b);
  const dPre = rules.dPre(probe, z, activate(probe.activation, z));
  const input = rules.input(probe, z);
  return {
    dW: arrayOf(rules.dW(input, dPre, probe)),
    dB: arrayOf(rules.dB(dPre, input, probe)),
    dInput: arrayOf(rules.dInput(dPre, probe)),
    ...(probe.activation === 'Softmax' ? { combined: flag(rules.combined) } : {}),
  };
};

export type BackProgram = Program<BackProbe, BackRules>;

export const weightsProgram: BackProgram = { right: { ...rightLinear, dPre: ({ error }) => error }, run };

export const layerProgram: BackProgram = {
  right: {
    ...rightLinear,
    dPre: ({ activation, error }, z, a) =>
      activation === 'Sigmoid' ? zipMat(error, mapMat(z, sigmoidPrime), (g, s) => g * s) : softmaxBackward(a, error),
  },
  run,
};

/** A combined program: the loss has gone through the softmax, which hands the error signal on. */
export const combinedProgram: BackProgram = {
  right: { ...rightLinear, dPre: ({ error }) => error, combined: true },
  run,
};

export type BackMistake = Mistake<BackRules>;

/** A mistake that changes these steps and leaves the rest. */
export const mistake = (
  id: string,
  title: string,
  advice: string,
  change: (right: BackRules) => Partial<BackRules>,
): BackMistake => ({
  id,
  title,
  advice,
  apply: (right) => ({ ...right, ...change(right) }),
});
