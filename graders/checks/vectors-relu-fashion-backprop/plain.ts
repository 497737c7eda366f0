/** Tasks in plain numbers: how exact answers are, and that no library computes them. */
import type { Desk, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import type { Variant } from '../../key.ts';
import type { Answer } from '../../question.ts';
import { withoutProgramEnding } from '../../program-files.ts';

/**
 * The judgement, unless the module (or a file of its own that it imports) uses a deep-learning library. A library in the
 * module of another task is paid for there, as long as it does not compute gradients.
 */
export async function inPlainNumbers(desk: Desk, module: string, judge: () => Promise<Judgement>): Promise<Judgement> {
  const judgement = await judge();
  if (judgement.earned === 0) return judgement;
  const gradients = await desk.breaches(module, 'no-autodiff');
  const all = await desk.breaches(module, 'plain-numbers');
  const isOfOtherTask = (path: string) =>
    plainUnits.some((unit) => unit !== withoutProgramEnding(module) && unit === withoutProgramEnding(path));
  // What computes gradients is refused in any file; in one that may use the library at all, only for that.
  const [gradient] = gradients;
  const plainer = all.find(({ place }) => place.path === gradient?.place.path && !mayUseLibrary.test(place.path));
  const breach = plainer ?? gradient ?? all.find(({ place }) => !isOfOtherTask(place.path));
  return breach === undefined
    ? judgement
    : fail({ says: breach.message, yours: breach.excerpt, places: [breach.place] });
}

/** Units in plain numbers, which are inspected for themselves. */
const plainUnits = ['p1b', 'p2a', 'p2b', 'p3d', 'p5q1', 'p5q2', 'p5q3', 'p5q4'];

/** The files of Problem 4. */
const mayUseLibrary = /(^|\/)p4[a-g]\.\w+$/;

/** A known mistake as one line. */
export const mistake = <Probe>(
  id: string,
  title: string,
  advice: string,
  compute: (probe: Probe) => Answer,
): Variant<Probe> => ({ id, title, advice, compute });
