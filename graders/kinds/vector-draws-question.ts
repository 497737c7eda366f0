/** A vector that a function draws at random: any law of the asked mean and variance will do, but every number by itself. */
import { makeArray, sizeOf } from '../numerics/arrays.ts';
import { normalLaw, sampleOf, uniformLaw } from '../numerics/sample-laws.ts';
import type { FirstMoments } from '../numerics/sample-moments.ts';
import { couldHave, momentsOf } from '../numerics/sample-moments.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer, Question } from '../question.ts';
import { inWords, isArray } from '../values.ts';
import type { Drawn, DrawsTable } from './draws-question.ts';
import { dependence, withDependence } from './draws-question.ts';

export interface VectorProbe extends Drawn {
  size: number;
}

/** Root mean square of what a program that answers so draws. */
export const rmsOf = (answer: Answer): number => answer['rms']!.data[0]!;
export const momentsAnswer = ({ mean, rms }: FirstMoments): Answer => ({
  rms: makeArray([], [rms]),
  mean: makeArray([], [mean]),
});

/** The function of this name gets the number of entries, and a seed. */
export const vectorDraws = ({
  name,
  ...table
}: Pick<Question<VectorProbe>, 'id' | 'title'> & { unit: string; name: string }): DrawsTable<VectorProbe> => ({
  ...table,
  name,
  sends: ({ size }) => [size],
  describe: ({ size }) => `${name}(${size})`,
  read(draws, { size }, known) {
    if (!draws.every((draw) => isArray(draw) && sizeOf(draw.shape) === size)) {
      const yours = inWords(draws[0]);
      return { misread: { says: `${name}(${size}) should return a tensor of ${size} numbers.`, yours } };
    }
    const samples = (draws as readonly NdArray[]).map(({ data }) => data);
    const laws = known.map((answer) => ({ rms: rmsOf(answer), mean: answer['mean']!.data[0]! }));
    const found = laws.find((law) => couldHave(samples, law)) ?? momentsOf(samples[0]!);
    return withDependence(momentsAnswer(found), dependence(`The numbers of ${name}(${size})`, samples));
  },
  planted(answer, { size }, random) {
    const centred = answer['mean']!.data[0] === 0;
    const law = centred ? normalLaw(rmsOf(answer)) : { ...uniformLaw(1), positive: 1 };
    return makeArray([size], sampleOf(law, size, random));
  },
});
