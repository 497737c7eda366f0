/** What a network predicts whose layers have other activations than those that are asked for. */
import { activations, relu, sigmoid, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { mapMat } from '../../../reference/oracles/linear-algebra.ts';
import { mistakeMaker } from '../../key.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake, replacing } from '../program.ts';
import type { MlpCase, MlpRules } from './backprop.ts';
import { forwardPass, rightRules } from './backprop.ts';

/** The answer is the output of the last layer, a row a sample, under this name. */
export const predictionsAs = (name: string, right: Partial<MlpRules> = {}): Program<MlpCase, MlpRules> => ({
  right: { ...rightRules, ...right },
  run(net, rules) {
    const outputs = forwardPass(net, rules).a.at(-1)!;
    const origin = { container: 'tensor', dtype: 'float32' } as const;
    return { [name]: makeArray([outputs.length, outputs[0]!.length], outputs.flat(), origin) };
  },
});

const others = {
  relu: { title: 'ReLU', of: (z: Mat) => mapMat(z, relu) },
  tanh: { title: 'tanh', of: (z: Mat) => mapMat(z, Math.tanh) },
  sigmoid: { title: 'sigmoid', of: (z: Mat) => mapMat(z, sigmoid) },
  swish: { title: 'swish', of: (z: Mat) => mapMat(z, activations.swish.f) },
  softmax: { title: 'softmax', of: softmaxRows },
  linear: { title: 'no activation', of: (z: Mat) => z },
};
type Other = keyof typeof others;

export const hidden = (other: Other, advice: string): Mistake<MlpRules> =>
  mistake<MlpRules>(`${other}-hidden`, `${others[other].title} in the hidden layers`, advice, {
    activate: (z) => others[other].of(z),
  });

export const output = (other: Other, advice: string): Mistake<MlpRules> =>
  mistake<MlpRules>(`${other}-output`, `${others[other].title} at the output`, advice, {
    output: (z) => others[other].of(z),
  });

/** The asked activation in all hidden layers but this one. */
export const missingIn = mistakeMaker((layer: number) =>
  replacing<MlpRules>({
    activate: (z, net, index) => (index === layer ? z : rightRules.activate(z, net, index)),
  }),
);
