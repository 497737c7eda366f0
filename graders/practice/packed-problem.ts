/** A packed problem as a problem: the question with a key that knows the answers to the packed probes, and to no others. */
import type { Key, Variant } from '../key.ts';
import type { Problem } from '../problem.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answer } from '../question.ts';
import type { PackedProblem, PackedVariant } from './pack.ts';
import type { QuestionFiles } from './question-of.ts';
import { questionOf } from './question-of.ts';
import { fromJson } from './values-as-json.ts';

/** The problem, judged and diagnosed like any other. */
export async function problemOf(packed: PackedProblem, files: QuestionFiles): Promise<Problem<unknown>> {
  const probes = fromJson(packed.probes) as unknown[];
  return { ...(await questionOf(packed.question, probes, files)), ...keyOf(packed, probes) };
}

const packedHere = 'they cannot be told apart by these numbers';

function keyOf(packed: PackedProblem, probes: readonly unknown[]): Key<unknown> {
  const right = fromJson(packed.right) as Answer[];
  const arrays = fromJson(packed.arrays) as (NdArray | NdArray['data'])[];
  const at =
    <Each>(answers: readonly Each[]) =>
    (probe: unknown): Each =>
      answers[probes.indexOf(probe)]!;
  const variant = ({ answers, ...named }: PackedVariant): Variant<unknown> => {
    let known: readonly Answer[] | undefined;
    return { ...named, compute: (probe) => at((known ??= answersOf(answers, right, arrays)))(probe) };
  };
  const { quantities, order, differences } = packed;
  return {
    probes: () => [...probes],
    oracle: at(right),
    accepts: packed.accepts.map(variant),
    mistakes: packed.mistakes.map(variant),
    twins: packed.twins.map((ids) => ({ ids, because: packedHere })),
    faint: Object.fromEntries(packed.faint.map((id) => [id, packedHere])),
    ...(packed.band !== undefined && { band: packed.band }),
    ...(packed.coarse === true && { coarse: true }),
    ...(packed.drawn === true && { drawn: true }),
    clues: {
      ...(quantities !== undefined && { quantities: (probe) => quantities[probes.indexOf(probe)]! }),
      ...(order !== undefined && { order }),
    },
    ...(differences !== undefined && { differences: differencesOf(differences, at) }),
  };
}

/** As they were in the key. */
function differencesOf(
  { are, at, lost }: NonNullable<PackedProblem['differences']>,
  among: <Each>(answers: readonly Each[]) => (probe: unknown) => Each,
): NonNullable<Key<unknown>['differences']> {
  return {
    are,
    ...(at !== undefined && { at: among(fromJson(at) as Answer[]) }),
    ...(lost !== undefined && { lost: among(lost) }),
  };
}

/** The answers of a variant, whose tensors stand among the arrays of the problem; null stands for the right one. */
function answersOf(
  packed: PackedVariant['answers'],
  right: readonly Answer[],
  arrays: readonly (NdArray | NdArray['data'])[],
): Answer[] {
  const array = (place: number | null, known: NdArray): NdArray => {
    if (place === null) return known;
    const found = arrays[place]!;
    return 'shape' in found ? found : { ...known, data: found };
  };
  return packed.map((answer, i) =>
    Object.fromEntries(Object.entries(answer).map(([name, place]) => [name, array(place, right[i]![name]!)])),
  );
}
