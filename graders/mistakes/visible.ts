/** Of a list of mistakes, those that show on given probes, and those that cannot be told apart there. */
import type { Variant } from '../key.ts';
import { answerDistance } from '../numerics/identifiability.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { remembered } from '../remembered.ts';

/** Nearer than this, in double precision, two answers are one. */
const same = 1e-9;

export interface Visible<Wrong> {
  mistakes: Wrong[];
  twins: NonNullable<Problem<unknown>['twins']>;
}

/** What gives the right answers is left out; what gives equal ones becomes twins, `because` of what is said here. */
export function visibleAmong<Wrong extends { id: string }>(
  all: readonly Wrong[],
  right: readonly Answer[],
  answersOf: (wrong: Wrong) => readonly Answer[],
  because: string,
): Visible<Wrong> {
  const groups: { answers: readonly Answer[]; members: Wrong[] }[] = [{ answers: right, members: [] }];
  for (const wrong of all) {
    const answers = answersOf(wrong);
    const equal = groups.find((group) =>
      group.answers.every((answer, i) => answerDistance(answer, answers[i]!, right[i]!) < same),
    );
    if (equal) equal.members.push(wrong);
    else groups.push({ answers, members: [wrong] });
  }
  const seen = groups.slice(1);
  return {
    mistakes: seen.flatMap(({ members }) => members),
    twins: seen
      .filter(({ members }) => members.length > 1)
      .map(({ members }) => ({ ids: members.map(({ id }) => id), because })),
  };
}

/** What `find` finds among `all`, remembered; `of` says what that follows from besides the program's text. */
export function rememberedAmong<Wrong>(of: string, all: readonly Wrong[], find: () => Visible<Wrong>): Visible<Wrong> {
  const { places, twins } = remembered(of, () => {
    const { mistakes, twins } = find();
    return { places: mistakes.map((mistake) => all.indexOf(mistake)), twins };
  });
  return { mistakes: places.map((place) => all[place]!), twins };
}

/** The known mistakes of a problem that show on these probes, in their order. */
export const visibleOn = <Probe, V extends Variant<Probe>>(
  probes: readonly Probe[],
  oracle: (probe: Probe) => Answer,
  mistakes: readonly V[],
  because: string,
): Visible<V> => {
  const answersOf = ({ compute }: V) => probes.map((probe) => compute(probe));
  const { mistakes: seen, twins } = visibleAmong(mistakes, probes.map(oracle), answersOf, because);
  return { mistakes: mistakes.filter((mistake) => seen.includes(mistake)), twins };
};
