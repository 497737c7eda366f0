/** What a labelled sample may be that a program treats in a branch of its own: visits of problems about single samples. */
import { argmax } from '../../reference/oracles/accuracy.ts';
import type { Vec } from '../../reference/oracles/linear-algebra.ts';
import type { Visit } from '../key.ts';
import type { Net } from './listed-net.ts';
import { probabilitiesOf } from './sigmoid-net.ts';

/** A sample as a network sees it. */
interface SeenSample {
  x: Vec;
  /** The label. */
  y: number;
  /** How likely the network thinks each class. */
  p: Vec;
  guess: number;
  /** The number of the last class. */
  last: number;
}

/** A visit that one sample of all probes makes. */
export interface SampleVisit {
  says: string;
  fits(sample: SeenSample): boolean;
}

const visit = (says: string, fits: SampleVisit['fits']): SampleVisit => ({ says, fits });

export const aRightGuess = visit('a guess that is right', ({ guess, y }) => guess === y);
export const aWrongGuess = visit('a guess that is wrong', ({ guess, y }) => guess !== y);
export const anUnlikelyRightGuess = visit(
  'a guess that is right with a probability below a half',
  ({ guess, y, p }) => guess === y && p[y]! < 0.5,
);
export const firstClassGuessed = visit('class 0 as the guess', ({ guess }) => guess === 0);
export const lastClassGuessed = visit('the last class as the guess', ({ guess, last }) => guess === last);
export const firstClassAsLabel = visit('class 0 as the label', ({ y }) => y === 0);
export const lastClassAsLabel = visit('the last class as the label', ({ y, last }) => y === last);
export const firstClassRight = visit('class 0 as a guess that is right', ({ guess, y }) => guess === 0 && y === 0);
export const lastClassRight = visit(
  'the last class as a guess that is right',
  ({ guess, y, last }) => guess === last && y === last,
);
export const firstClassMissed = visit(
  'class 0 as a label that is not guessed',
  ({ guess, y }) => guess !== 0 && y === 0,
);
export const lastClassMissed = visit(
  'the last class as a label that is not guessed',
  ({ guess, y, last }) => guess !== last && y === last,
);
export const labelAbove = (least: number) =>
  visit(`a label of probability above ${least}`, ({ p, y }) => p[y]! > least);
export const labelBelow = (most: number) => visit(`a label of probability below ${most}`, ({ p, y }) => p[y]! < most);
export const aBlackPixel = visit('a pixel that is black', ({ x }) => x.includes(0));

/** These visits for probes that hold a network and samples. */
export const visitsOf = <Probe>(
  visits: readonly SampleVisit[],
  samplesOf: (probe: Probe) => { net: Net; X: readonly Vec[]; Y: readonly number[] },
): Visit<Probe>[] =>
  visits.map(({ says, fits }) => ({
    says,
    holds: (probes) => probes.flatMap((probe) => seen(samplesOf(probe))).some(fits),
  }));

const seen = ({ net, X, Y }: { net: Net; X: readonly Vec[]; Y: readonly number[] }): SeenSample[] =>
  X.map((x, i) => {
    const p = probabilitiesOf(net, x);
    return { x, y: Y[i]!, p, guess: argmax(p), last: p.length - 1 };
  });
