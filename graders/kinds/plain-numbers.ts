/** Tasks in plain numbers: no library computes them. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail } from '../check.ts';
import { withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { pythonUnitOf } from '../runtimes/python/language/unit-files.ts';

interface PlainNumbers {
  /** Units of tasks in plain numbers, which are inspected for themselves. */
  units: readonly string[];
  /** The files that may use the library at all. */
  mayUseLibrary: RegExp;
}

/**
 * The judgement, unless the unit (or a file of its own that it imports) uses a deep-learning library. A library in the
 * module of another task is paid for there, as long as it does not compute gradients.
 */
export const judgedInPlainNumbers =
  ({ units, mayUseLibrary }: PlainNumbers) =>
  async (context: CheckContext, unit: string, judge: () => Promise<Judgement>): Promise<Judgement> => {
    const judgement = await judge();
    if (judgement.earned === 0) return judgement;
    const gradients = await context.breaches(unit, 'no-autodiff');
    const all = await context.breaches(unit, 'plain-numbers');
    const isOfOtherTask = (path: string) =>
      units.some((other) => other !== unit && [withoutProgramEnding(path), pythonUnitOf(path)].includes(other));
    // What computes gradients is refused in any file; in one that may use the library at all, only for that.
    // In Python what another task imports is not there while this one runs: it has computed nothing.
    const gradient = gradients.find(
      ({ place }) => pythonUnitOf(place.path) === undefined || !isOfOtherTask(place.path),
    );
    const plainer = all.find(({ place }) => place.path === gradient?.place.path && !mayUseLibrary.test(place.path));
    const breach = plainer ?? gradient ?? all.find(({ place }) => !isOfOtherTask(place.path));
    return breach === undefined
      ? judgement
      : fail({ says: breach.message, yours: breach.excerpt, places: [breach.place] });
  };
