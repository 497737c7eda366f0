/** Tasks in plain numbers: how exact answers are, and that no library computes them. */
import type { Desk, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import type { Answer, Variant } from '../../problem.ts';
import { scaledBand } from '../../numerics/tolerance.ts';

/** How far an answer in plain numbers may be off. */
export const plainBand = scaledBand(
  'plain numbers',
  2e-6,
  2e-5,
  'accepted up to 0.000002 of the largest expected value, rejected from 0.00002: programs may keep rows in single precision, which rounds by less than 0.000001 here',
);

/** The judgement, unless the module (or a file that it imports) uses a deep-learning library. */
export async function inPlainNumbers(desk: Desk, module: string, judge: () => Promise<Judgement>): Promise<Judgement> {
  const judgement = await judge();
  if (judgement.earned === 0) return judgement;
  const [breach] = await desk.breaches(module, 'plain-numbers');
  return breach === undefined
    ? judgement
    : fail({ says: breach.message, yours: breach.excerpt, places: [breach.place] });
}

/** A known mistake as one line. */
export const mistake = <Probe>(
  id: string,
  title: string,
  advice: string,
  compute: (probe: Probe) => Answer,
): Variant<Probe> => ({ id, title, advice, compute });
