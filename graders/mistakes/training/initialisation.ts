/** Initial weights by their statistics: which variance, which law, and which formula was misread. */
import { makeArray } from '../../numerics/arrays.ts';
import { KURTOSIS, TRUNCATED_VARIANCE } from '../../numerics/distribution-shape.ts';
import type { Mistake, Program } from '../program.ts';

interface InitialCase {
  /** Use shapes with more inputs than outputs and the other way round: square ones make many rules equal. */
  fanIn: number;
  fanOut: number;
  rule: 'glorot' | 'he' | 'lecun';
  law: 'normal' | 'uniform';
}

interface InitialRules {
  variance(given: InitialCase): number;
  /** The standard deviation that is drawn with, from the variance that was meant. */
  deviation(variance: number, given: InitialCase): number;
  law(given: InitialCase): InitialCase['law'];
  /** Whether the law lies on both sides of zero. */
  symmetric: boolean;
}

/**
 * The answer is what a large sample shows: `rms` (root mean square), `positive` (share of positive weights) and
 * `kurtosis` about zero. Glorot 2/(in + out), He 2/in, LeCun 1/in.
 */
export const initialProgram: Program<InitialCase, InitialRules> = {
  right: {
    variance: ({ rule, fanIn, fanOut }) => {
      if (rule === 'glorot') return 2 / (fanIn + fanOut);
      return rule === 'he' ? 2 / fanIn : 1 / fanIn;
    },
    deviation: (variance) => Math.sqrt(variance),
    law: ({ law }) => law,
    symmetric: true,
  },
  run: (given, rules) => {
    const rms = rules.deviation(rules.variance(given), given);
    return {
      rms: makeArray([], [rms]),
      positive: makeArray([], [rules.symmetric ? 0.5 : 1]),
      kurtosis: makeArray([], [rms === 0 ? 0 : KURTOSIS[rules.law(given)]]),
    };
  },
};

type InitialMistake = Mistake<InitialRules> & { where?(given: Pick<InitialCase, 'rule' | 'law'>): boolean };

const varianceIs =
  (variance: InitialRules['variance']) =>
  (right: InitialRules): InitialRules => ({ ...right, variance });
const deviationIs =
  (deviation: InitialRules['deviation']) =>
  (right: InitialRules): InitialRules => ({ ...right, deviation });

const all: readonly InitialMistake[] = [
  {
    id: 'product-of-sizes',
    title: 'product of the sizes instead of their sum',
    advice: 'Add the numbers of inputs and outputs in the formula; you multiply them.',
    where: ({ rule }) => rule === 'glorot',
    apply: varianceIs(({ fanIn, fanOut }) => 2 / (fanIn * fanOut)),
  },
  {
    id: 'root-missing',
    title: 'square root missing',
    advice: 'Take the square root: the standard deviation is the root of the variance.',
    apply: deviationIs((variance) => variance),
  },
  {
    id: 'limit-as-deviation',
    title: 'limit of the uniform law used as standard deviation',
    advice: 'A uniform law on ±a has standard deviation a/√3: use √6 for the limit of the uniform law only.',
    where: ({ law }) => law === 'normal',
    apply: deviationIs((variance) => Math.sqrt(3 * variance)),
  },
  {
    id: 'deviation-as-limit',
    title: 'standard deviation used as limit of the uniform law',
    advice: 'Multiply the standard deviation by √3 to get the limit of the uniform law.',
    where: ({ law }) => law === 'uniform',
    apply: deviationIs((variance) => Math.sqrt(variance / 3)),
  },
  {
    id: 'variance-as-limit',
    title: 'variance used as limit of the uniform law',
    advice: 'The limit of the uniform law is the root of three times the variance, not the variance.',
    where: ({ law }) => law === 'uniform',
    apply: deviationIs((variance) => variance / Math.sqrt(3)),
  },
  {
    id: 'glorot',
    title: 'Glorot instead of the rule asked for',
    advice: 'Use the rule that the task names: yours divides 2 by the sum of inputs and outputs.',
    where: ({ rule }) => rule !== 'glorot',
    apply: varianceIs(({ fanIn, fanOut }) => 2 / (fanIn + fanOut)),
  },
  {
    id: 'he',
    title: 'He instead of the rule asked for',
    advice: 'Use the rule that the task names: yours divides 2 by the number of inputs.',
    where: ({ rule }) => rule !== 'he',
    apply: varianceIs(({ fanIn }) => 2 / fanIn),
  },
  {
    id: 'lecun',
    title: 'LeCun instead of the rule asked for',
    advice: 'Use the rule that the task names: yours divides 1 by the number of inputs.',
    where: ({ rule }) => rule !== 'lecun',
    apply: varianceIs(({ fanIn }) => 1 / fanIn),
  },
  {
    id: 'outputs-one',
    title: '1 over the number of outputs',
    advice: 'Check which size stands in the formula: yours divides 1 by the number of outputs.',
    apply: varianceIs(({ fanOut }) => 1 / fanOut),
  },
  {
    id: 'outputs-two',
    title: '2 over the number of outputs',
    advice: 'Check which size stands in the formula: yours divides 2 by the number of outputs.',
    apply: varianceIs(({ fanOut }) => 2 / fanOut),
  },
  {
    id: 'one-over-sum',
    title: '1 over the sum of sizes',
    advice: 'Check the numerator: yours divides 1 by the sum of inputs and outputs.',
    apply: varianceIs(({ fanIn, fanOut }) => 1 / (fanIn + fanOut)),
  },
  {
    id: 'standard-normal',
    title: 'variance 1',
    advice: 'Scale the weights with the layer sizes: yours have variance 1.',
    apply: varianceIs(() => 1),
  },
  {
    id: 'small-constant',
    title: 'standard deviation 0.01 for every size',
    advice: 'Scale the weights with the layer sizes: yours have the standard deviation 0.01 whatever the size.',
    apply: deviationIs(() => 0.01),
  },
  {
    id: 'twentieth',
    title: 'limit or standard deviation 0.05 for every size',
    advice: 'Scale the weights with the layer sizes: yours are of size 0.05 whatever the layer.',
    apply: deviationIs(() => 0.05),
  },
  {
    id: 'zeros',
    title: 'all weights zero',
    advice: 'Draw the weights at random: with zeros all units stay equal and learn the same.',
    apply: deviationIs(() => 0),
  },
  {
    id: 'other-law',
    title: 'uniform and normal law exchanged',
    advice: 'Draw from the law that the task names: yours has the right variance and the other shape.',
    apply: (right) => ({ ...right, law: ({ law }) => (law === 'normal' ? 'uniform' : 'normal') }),
  },
  {
    id: 'truncated',
    title: 'truncated normal law without correction',
    advice:
      'Use a plain normal law, or correct for the truncation: cutting at two standard deviations makes the spread smaller.',
    where: ({ law }) => law === 'normal',
    apply: deviationIs((variance) => Math.sqrt(variance * TRUNCATED_VARIANCE)),
  },
  {
    id: 'positive-only',
    title: 'only positive weights',
    advice: 'Draw from both sides of zero: a uniform draw from 0 to a has a mean that is not zero.',
    apply: (right) => ({ ...right, symmetric: false }),
  },
];

/** The mistakes that can be made with this rule and law. Compare with the tolerance of the sample, not of arithmetic. */
export const initialMistakes = (given: Pick<InitialCase, 'rule' | 'law'>): Mistake<InitialRules>[] =>
  all.filter(({ where }) => where?.(given) ?? true);
