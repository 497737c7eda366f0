/** Of a list of mistakes, those that show on given probes, and those that cannot be told apart there. */
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { answerDistance } from '../../numerics/identifiability.ts';

/** Nearer than this, in double precision, two answers are one. */
const same = 1e-9;

export interface Visible<Probe, V extends Variant<Probe>> {
  mistakes: V[];
  twins: NonNullable<Problem<Probe>['twins']>;
}

/** What changes nothing on these probes is left out; what gives equal answers on all of them becomes twins. */
export function visibleOn<Probe, V extends Variant<Probe>>(
  probes: readonly Probe[],
  oracle: (probe: Probe) => Answer,
  mistakes: readonly V[],
  because: string,
): Visible<Probe, V> {
  const right = probes.map(oracle);
  const groups: { answers: Answer[]; members: V[] }[] = [{ answers: right, members: [] }];
  for (const mistake of mistakes) {
    const answers = probes.map((probe) => mistake.compute(probe));
    const equal = groups.find((group) =>
      group.answers.every((answer, i) => answerDistance(answer, answers[i]!, right[i]!) < same),
    );
    if (equal) equal.members.push(mistake);
    else groups.push({ answers, members: [mistake] });
  }
  const wrong = groups.slice(1);
  const seen = wrong.flatMap((group) => group.members);
  return {
    mistakes: mistakes.filter((mistake) => seen.includes(mistake)),
    twins: wrong
      .filter((group) => group.members.length > 1)
      .map((group) => ({ ids: group.members.map(({ id }) => id), because })),
  };
}
