/** Laws that are drawn where a random input of variance ½ is asked for, or weights from N(0, 1) that no layer size scales. */
import { glorotVariance, lecunVariance } from '../../../reference/oracles/initialisers.ts';
import type { Named } from '../../key.ts';
import { mistakeMaker } from '../../key.ts';
import type { Law } from '../../numerics/sample-laws.ts';
import { normalLaw, truncatedLaw, uniformLaw } from '../../numerics/sample-laws.ts';

interface DrawMistake extends Named {
  /** What is drawn, e.g. for a layer with so many inputs and units. */
  law(inputs: number, units: number): Law;
  /** Set where the biases are drawn, and where two layers get the same draws. */
  more?: { bias?: 1; shared?: 1 };
}

const drawn = mistakeMaker((law: Law | DrawMistake['law'], more: DrawMistake['more'] = {}) => ({
  law: typeof law === 'function' ? law : () => law,
  more,
}));

const positive: Law = { ...uniformLaw(1), positive: 1 };

/** The input is asked for with mean 0 and variance ½, whatever its law. */
export const inputDraws: readonly DrawMistake[] = [
  drawn(
    'sd-half',
    'standard deviation ½',
    'The variance is ½, so the standard deviation is √½ ≈ 0.707.',
    normalLaw(0.5),
  ),
  drawn('standard-normal', 'variance 1', 'The variance of the input is ½.', normalLaw(1)),
  drawn(
    'truncated',
    'truncated normal law',
    'Cutting the tails of the normal law makes its variance smaller than the one that is asked for.',
    truncatedLaw(Math.SQRT1_2),
  ),
  drawn(
    'uniform-to-root-half',
    'uniform law between −√½ and √½',
    'The variance of a uniform law on −a…a is a²/3.',
    uniformLaw(Math.SQRT1_2),
  ),
  drawn('uniform-0-1', 'uniform law on 0…1', 'Draw from a law with mean 0 and variance ½.', positive),
  drawn('quarter', 'variance ¼ of ½', 'Take one square root: the standard deviation is √½.', normalLaw(0.25)),
];

const notScaled = 'In this question the weights are not scaled: variance 1.';
const atZero = 'The biases start at zero.';

/** The weights are asked for from N(0, 1), every layer its own, and the biases as zeros. */
export const standardNormalDraws: readonly DrawMistake[] = [
  drawn(
    'truncated',
    'truncated normal law',
    'Draw from the plain normal law: cutting its tails makes the variance smaller.',
    truncatedLaw(1),
  ),
  drawn('uniform', 'uniform law on −1…1', 'Draw from the normal law with variance 1.', uniformLaw(1)),
  drawn('uniform-of-variance-one', 'uniform law of variance 1', 'Draw from the normal law.', uniformLaw(Math.sqrt(3))),
  drawn('uniform-0-1', 'uniform law on 0…1', 'Draw from the normal law with mean 0.', positive),
  drawn('sd-half', 'standard deviation ½', 'The weights have variance 1.', normalLaw(0.5)),
  drawn(
    'variance-half',
    'variance ½',
    'Variance ½ belongs to the input; the weights have variance 1.',
    normalLaw(Math.SQRT1_2),
  ),
  drawn(
    'small',
    'standard deviation 0.05',
    'The weights have variance 1; 0.05 is the default of the library.',
    normalLaw(0.05),
  ),
  drawn('one-over-inputs', 'variance 1 over the number of inputs', notScaled, (inputs) =>
    normalLaw(Math.sqrt(lecunVariance(inputs))),
  ),
  drawn('glorot', 'Glorot’s variance', notScaled, (inputs, units) =>
    normalLaw(Math.sqrt(glorotVariance(inputs, units))),
  ),
  drawn('zeros', 'all weights zero', 'Draw the weights from N(0, 1); only the biases are zero.', {
    rms: 0,
    kurtosis: 0,
    positive: 0,
  }),
  drawn('biases-drawn', 'biases drawn too', atZero, normalLaw(1), { bias: 1 }),
  drawn('biases-one', 'biases of one', atZero, normalLaw(1), { bias: 1 }),
  drawn(
    'same-weights',
    'layers share their weights',
    'Give every layer draws of its own: one seed, or one initialiser, for all repeats them.',
    normalLaw(1),
    { shared: 1 },
  ),
];
