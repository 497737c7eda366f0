/** What is right, and what goes wrong, of networks of sigmoids with a softmax and its cross-entropy at the end. */
import type { Clues, Key } from '../key.ts';
import { wrongly } from '../key.ts';
import type { MlpCase, MlpRules } from '../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../mistakes/mlp/backprop.ts';
import { compositionMistakes } from '../mistakes/mlp/composition.ts';
import type { MlpKind } from '../mistakes/mlp/kind.ts';
import { gradientsKey, mlpLibrary } from '../mistakes/mlp/library.ts';
import { drawCase } from '../mistakes/mlp/trial.ts';
import { wholeNet } from '../mistakes/mlp/views.ts';
import { fixedRate, stepMistakes } from '../mistakes/training/step.ts';
import type { Random } from '../numerics/random.ts';
import type { Answer } from '../question.ts';
import { matAnswer } from './named-arrays.ts';
import { rateOf } from './taped-net-question.ts';

const kindOf = (layers: number): MlpKind => ({ hidden: 'sigmoid', output: 'softmax-cce', layers, outputs: 'many' });

/**
 * What a true class is predicted with at the least: there the 1e-7 that may be added to a prediction changes a gradient by an
 * eighth of the tolerance.
 */
const likely = 4e-3;

/** A network of these sizes, inputs first, with a mini-batch that it predicts well enough for every right guard against log 0. */
export function drawNet(random: Random, sizes: readonly number[], examples: number): MlpCase {
  for (;;) {
    const net = drawCase(random, sizes, examples, kindOf(sizes.length - 1));
    const predictions = forwardPass(net, rightRules).a.at(-1)!;
    if (predictions.every((row, i) => row[net.Y[i]!.indexOf(1)]! >= likely)) return net;
  }
}

const predict = (net: MlpCase, rules: MlpRules): Answer => matAnswer('p', forwardPass(net, rules).a.at(-1)!);

/** Predictions, and which activation stands where it does not belong. */
export const predictionKey: Pick<Key<MlpCase>, 'oracle' | 'mistakes'> = {
  oracle: (net) => predict(net, rightRules),
  mistakes: compositionMistakes.map(({ id, title, advice, apply }) =>
    wrongly(id, title, advice, (net) => predict(net, apply(rightRules))),
  ),
};

/** Gradients of all of so many layers, as means over the mini-batch or as sums; `learningRate` is one of those in use. */
export function allGradientsKey(
  layers: number,
  learningRate: number,
): Omit<Key<MlpCase>, 'probes'> & { clues: Clues<MlpCase> } {
  const library = mlpLibrary<MlpCase>({
    kind: { ...kindOf(layers), learningRate },
    view: wholeNet(layers),
    toCase: (net) => net,
    accept: ['sum'],
  });
  return {
    ...gradientsKey(library),
    clues: library.clues,
    accepts: library.accepts.map((variant) => ({
      ...variant,
      title: 'The gradients are sums over the mini-batch; the mean is accepted as well.',
    })),
  };
}

/** A step along these gradients. */
export const stepKey = (right: (net: MlpCase) => Answer): Pick<Key<MlpCase>, 'oracle' | 'mistakes' | 'clues'> => ({
  oracle: right,
  mistakes: stepMistakes({ right, rate: rateOf }),
  clues: { families: [fixedRate({ right, rate: rateOf })] },
});
