/** Questions 2.5 and 3.5: what a network predicts, its gradients, and the step along them. */
import type { Clues, Key } from '../../key.ts';
import { wrongly } from '../../key.ts';
import { matAnswer } from '../../kinds/named-arrays.ts';
import type { MlpCase, MlpRules } from '../../mistakes/mlp/backprop.ts';
import { forwardPass, rightRules } from '../../mistakes/mlp/backprop.ts';
import { compositionMistakes } from '../../mistakes/mlp/composition.ts';
import type { MlpKind } from '../../mistakes/mlp/kind.ts';
import { gradientsKey, mlpLibrary } from '../../mistakes/mlp/library.ts';
import { drawCase } from '../../mistakes/mlp/trial.ts';
import { wholeNet } from '../../mistakes/mlp/views.ts';
import { fixedRate, stepMistakes } from '../../mistakes/training/step.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { forwardQuestion, gradientQuestion, learningRates, rateOf, updateQuestion } from './mlp-question.ts';

const kindOf = (layers: number): MlpKind => ({ hidden: 'sigmoid', output: 'softmax-cce', layers, outputs: 'many' });

/** Sizes, inputs first, and the number of examples; all different, so that every mistake has its own numbers. */
const drawNet = (random: Random, sizes: readonly number[], examples: number): MlpCase =>
  drawCase(random, sizes, examples, kindOf(sizes.length - 1));

const predict = (net: MlpCase, rules: MlpRules): Answer => matAnswer('p', forwardPass(net, rules).a.at(-1)!);

export const mlpForward: Problem<MlpCase> = {
  ...forwardQuestion,
  probes: (random) =>
    [
      [6, 4],
      [7, 5, 3],
      [13, 7, 5, 3],
      [9, 8, 6, 3, 5],
    ].map((sizes, i) => drawNet(random.fork(`${i}`), sizes, 4 + i)),
  oracle: (net) => predict(net, rightRules),
  mistakes: compositionMistakes.map(({ id, title, advice, apply }) =>
    wrongly(id, title, advice, (net) => predict(net, apply(rightRules))),
  ),
};

type Depth = 1 | 2 | 3;

/** Two designs for each depth; sizes and numbers of examples are all different, and no layer has one unit more than
 * inputs: with the bias among its weights, either orientation would fit. */
const designs: Readonly<Record<Depth, readonly (readonly [sizes: readonly number[], examples: number])[]>> = {
  1: [
    [[5, 4], 7],
    [[8, 3], 11],
  ],
  2: [
    [[6, 5, 4], 9],
    [[8, 7, 3], 11],
  ],
  3: [
    [[13, 7, 5, 3], 8],
    [[11, 6, 3, 5], 17],
  ],
};

/** Probes, right gradients and known mistakes of a network with so many layers. */
function keyOf(layers: Depth): Key<MlpCase> & { clues: Clues<MlpCase> } {
  const library = mlpLibrary<MlpCase>({
    kind: { ...kindOf(layers), learningRate: learningRates[0]! },
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
    probes: (random) =>
      designs[layers].map(([sizes, examples], i) => ({
        ...drawNet(random.fork(`${i}`), sizes, examples),
        learningRate: learningRates[i]!,
      })),
  };
}

const ofTwo = keyOf(2);
const gradientProblem = (layers: Depth): Problem<MlpCase> => ({
  ...gradientQuestion(layers),
  ...(layers === 2 ? ofTwo : keyOf(layers)),
});

/** The deepest first: its mistakes have the most telling names. */
export const gradients = [gradientProblem(3), gradientProblem(2), gradientProblem(1)] as const;

/** Known mistakes of a step along these gradients. */
export const alongSlips = (right: (net: MlpCase) => Answer): Pick<Key<MlpCase>, 'oracle' | 'mistakes' | 'clues'> => ({
  oracle: right,
  mistakes: stepMistakes({ right, rate: rateOf }),
  clues: { families: [fixedRate({ right, rate: rateOf })] },
});

const { probes, accepts } = ofTwo;

export const update: Problem<MlpCase> = {
  ...updateQuestion,
  ...alongSlips((net) => ofTwo.oracle(net)),
  probes,
  accepts: accepts ?? [],
};
