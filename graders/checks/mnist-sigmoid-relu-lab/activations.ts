/** What is right for sigmoid, softmax and rectifier, and the matrices at which it shows. */
import { relu, reluPrime, sigmoid, sigmoidPrime, softmaxRows } from '../../../reference/oracles/activations.ts';
import type { ElementwiseKey, ElementwiseProblem } from '../../kinds/elementwise.ts';
import { batchShapes, elementwiseKey } from '../../kinds/elementwise.ts';
import { rectifiersOfMatrices, rectifierSlopesOfMatrices } from '../../mistakes/activations/rectifier.ts';
import { sigmoidsOfMatrices } from '../../mistakes/activations/sigmoid.ts';
import { sigmoidSlopesOfMatrices } from '../../mistakes/activations/sigmoid-slopes.ts';
import { softmaxes } from '../../mistakes/activations/softmax.ts';
import { arrayOf, rowsOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { asked } from './activations-question.ts';

/** Both signs in turn, never near the kink of the rectifier, where every slope from 0 to 1 is right. */
const bothSigns = (random: Random, place: number) => (place % 2 === 0 ? -1 : 1) * random.uniform(0.3, 4);

/** Now and then far out on either side, where a rectifier that is cut off or bent shows, and 0 itself, where x/|x| is no number. */
const bothSignsFarAndZero = (random: Random, place: number) =>
  place === 2 ? 0 : bothSigns(random, place) * (place % 5 >= 3 ? 5 : 1);

const key = (truth: ElementwiseKey['truth'], mistakes: ElementwiseKey['mistakes'], draw = bothSigns) =>
  elementwiseKey({ shapes: batchShapes, draw: (random, place) => [draw(random, place)], truth, mistakes });

export const sigmoidProblem: ElementwiseProblem = { ...asked.sigmoid, ...key(sigmoid, sigmoidsOfMatrices) };

export const sigmoidSlopeProblem: ElementwiseProblem = {
  ...asked.sigmoidSlope,
  ...key(sigmoidPrime, sigmoidSlopesOfMatrices),
  differences: { are: 'told' },
};

export const softmaxProblem: ElementwiseProblem = {
  ...asked.softmax,
  ...key({ of: (X) => arrayOf(softmaxRows(rowsOf(X))) }, softmaxes),
};

export const reluProblem: ElementwiseProblem = {
  ...asked.relu,
  ...key(relu, rectifiersOfMatrices, bothSignsFarAndZero),
};

export const reluSlopeProblem: ElementwiseProblem = {
  ...asked.reluSlope,
  ...key(reluPrime, rectifierSlopesOfMatrices),
  differences: { are: 'told' },
};
