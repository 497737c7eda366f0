/** How one check was and is, as lines for a terminal. */
import type { Difference, Short } from '../graders/regrading/difference.ts';
import { marks } from './format.ts';
import { plainLine } from './plain-text.ts';
import type { Paint } from './terminal-paint.ts';
import { wrap } from './text-layout.ts';

/** The check with both ends, and below it what was said, where that is another; `because` stands behind. */
export function differenceLines(
  { check, before, after }: Difference,
  because: string,
  width: number,
  paint: Paint,
): string[] {
  const ends = `${plainLine(check)}: ${end(before)} → ${end(after)}${because === '' ? '' : ` (${because})`}`;
  const said = (name: string, says: string | undefined) =>
    says === undefined ? [] : wrap(`${name} ${plainLine(says)}`, width - 6).map((one) => paint('dim', `    ${one}`));
  const words = before?.says === after?.says ? [] : [...said('was:', before?.says), ...said('now:', after?.says)];
  return [...wrap(ends, width - 2), ...words].map((line) => `  ${line}`);
}

const end = (one: Short | undefined) =>
  one === undefined ? 'not asked' : `${one.outcome} ${marks(one.points)} / ${marks(one.max)}`;
