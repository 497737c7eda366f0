/** What an answer may be compared with: the oracle's answers, or those of an accepted variant. */
import type { CheckContext } from '../check.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { Judged } from './judge-tensors.ts';

export interface Reference {
  /** Set when it is an accepted variant rather than the oracle. */
  title?: string;
  /** One answer per probe. */
  expected: readonly Answer[];
}

/** The oracle first, then the accepted variants; computed once for all students. */
export function referencesOf<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  probes: readonly Probe[],
): readonly Reference[] {
  return context.oncePerBatch(`references/${problem.id}`, () => [
    { expected: probes.map((probe) => problem.oracle(probe)) },
    ...(problem.accepts ?? []).map(({ title, compute }) => ({ title, expected: probes.map(compute) })),
  ]);
}

/**
 * The oracle or the accepted variant that explains most of the answers; the oracle wins ties. One reading is used throughout. None
 * explains more than one by which all is accepted, and no other is tried then.
 */
export function closestReference(
  references: readonly Reference[],
  judgeBy: (reference: Reference) => Readonly<Record<string, Judged>>,
): Reference {
  let [best, most] = [references[0]!, -1];
  if (references.length === 1) return best;
  for (const reference of references) {
    const judged = Object.values(judgeBy(reference));
    const accepted = judged.filter((tensor) => tensor.accepted).length;
    const undecided = judged.filter((tensor) => tensor.undecided).length;
    // One accepted tensor outweighs any number that only might be right.
    const score = accepted + undecided / (judged.length + 1);
    if (score > most) [best, most] = [reference, score];
    if (accepted === judged.length) break;
  }
  return best;
}
