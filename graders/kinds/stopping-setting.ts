/** Which setting of a rule a program stops early by, as the ends of its runs tell. */
import type { CheckContext } from '../check.ts';
import type { StoppingProbe } from '../mistakes/training/stopped-run.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { unlessStopped } from '../stopped.ts';

const at = (answer: Answer, name: string) => answer[name]!.data[0]!;
const endsAs = (yours: Answer, expected: Answer): boolean =>
  at(yours, 'ran') === at(expected, 'ran') &&
  at(yours, 'bestEpoch') + at(yours, 'kept') === at(expected, 'bestEpoch') + at(expected, 'kept');

/** The first of these settings of a rule by which all runs end, and keep weights, as the program's do; undefined for other rules. */
export const settingOf = <Setting>(
  context: CheckContext,
  problem: Problem<StoppingProbe>,
  rule: string,
  settings: readonly Setting[],
  ends: (probe: StoppingProbe, setting: Setting) => Answer,
): Promise<Setting | undefined> =>
  context.oncePerSubmission(`${problem.id}/${rule}`, () =>
    unlessStopped(async () => {
      const seen: [StoppingProbe, Answer][] = [];
      for (const probe of context.probes(problem)) {
        const reading = problem.read(await context.ask(problem, probe), probe);
        if (!('answer' in reading)) return undefined;
        seen.push([probe, reading.answer]);
      }
      // What never stops has no rule that could be seen.
      if (seen.every(([probe, yours]) => at(yours, 'ran') >= probe.epochs)) return undefined;
      return settings.find((setting) => seen.every(([probe, yours]) => endsAs(yours, ends(probe, setting))));
    }, undefined),
  );
