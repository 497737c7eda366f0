/** Which samples of the batch take part. */
import type { MlpCase, MlpRules } from './backprop.ts';
import type { MlpMistake } from './kind.ts';

const ofRows =
  (choose: (count: number) => number[], divisor: (net: MlpCase, chosen: number) => number) =>
  (right: MlpRules): MlpRules => {
    const divide = (net: MlpCase): number => (net.reduction === 'sum' ? 1 : divisor(net, choose(net.X.length).length));
    return {
      ...right,
      batch: ({ X, Y }) => ({
        X: choose(X.length).map((row) => X[row]!),
        Y: choose(X.length).map((row) => Y[row]!),
      }),
      weightDivisor: divide,
      biasDivisor: divide,
    };
  };

const allSamples = (net: MlpCase): number => net.X.length;
const chosenSamples = (_: MlpCase, chosen: number): number => chosen;
const isMean = (kind: { reduction?: string }): boolean => kind.reduction !== 'sum';
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

export const sampleMistakes: readonly MlpMistake[] = [
  {
    id: 'first-sample-only',
    title: 'only the first sample used',
    advice: 'Use every sample of the batch: only the first one contributes.',
    apply: ofRows(() => [0], chosenSamples),
  },
  {
    id: 'last-sample-only',
    title: 'only the last sample used',
    advice: 'Add up the gradients of all samples: each one overwrites the one before.',
    apply: ofRows((count) => [count - 1], chosenSamples),
  },
  {
    id: 'first-sample-averaged',
    title: 'only the first sample used, divided by the batch size',
    advice: 'Use every sample of the batch: the loop ends after the first one, for example by a return inside it.',
    where: isMean,
    apply: ofRows(() => [0], allSamples),
  },
  {
    id: 'last-sample-averaged',
    title: 'only the last sample used, divided by the batch size',
    advice: 'Add up the gradients of all samples before you divide: each one overwrites the one before.',
    where: isMean,
    apply: ofRows((count) => [count - 1], allSamples),
  },
  {
    id: 'last-sample-skipped',
    title: 'last sample left out',
    advice: 'Let the loop over the samples run to the end: the last one is left out.',
    apply: ofRows((count) => range(0, count - 1), allSamples),
  },
  {
    id: 'first-sample-skipped',
    title: 'first sample left out',
    advice: 'Start the loop over the samples at 0: the first one is left out.',
    apply: ofRows((count) => range(1, count), allSamples),
  },
];
