/** A packed problem as a problem: the question with a key that knows the answers to the packed probes, and to no others. */
import type { Key, Variant } from '../key.ts';
import type { Problem } from '../problem.ts';
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
  const at = (answers: readonly Answer[]) => (probe: unknown) => answers[probes.indexOf(probe)]!;
  const variant = ({ answers, ...named }: PackedVariant): Variant<unknown> => {
    let known: readonly Answer[] | undefined;
    return { ...named, compute: (probe) => at((known ??= answersOf(answers, right)))(probe) };
  };
  const { quantities, order } = packed;
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
  };
}

/** The answers of a variant, in which null stands for the right tensor. */
function answersOf(packed: unknown, right: readonly Answer[]): Answer[] {
  const answers = fromJson(packed) as Record<string, Answer[string] | null>[];
  return answers.map((answer, i) =>
    Object.fromEntries(Object.entries(answer).map(([name, array]) => [name, array ?? right[i]![name]!])),
  );
}
