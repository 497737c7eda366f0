/** A repeated grade beside its record, as text for a terminal. */
import type { Replayed } from '../graders/regrading/replay.ts';
import { differenceLines } from './difference-text.ts';
import { count } from './format.ts';
import { plainLine } from './plain-text.ts';
import type { Look } from './terminal-paint.ts';
import { painter } from './terminal-paint.ts';

/** What is another grader or sandbox comes first: then a difference is nothing to wonder at. */
export function replayText({ student, same, checks, graders, now, levels, differences }: Replayed, look: Look): string {
  const paint = painter(look);
  const width = Math.max(40, look.width);
  const others = graders
    .filter(({ hash }) => hash !== now.hash)
    .map(
      ({ version, hash }) =>
        `Graded by another grader: gradmark ${plainLine(version)} (${plainLine(hash.slice(0, 8))}), now ${now.version} (${now.hash.slice(0, 8)}).`,
    );
  const sandbox = levels === undefined ? [] : [`Graded in a sandbox of level ${levels.then}, now ${levels.now}.`];
  const says = same
    ? paint('green', `The same: ${count(checks, 'check')} of ${plainLine(student)}.`)
    : paint('red', `${differences.length} of ${count(checks, 'check')} of ${plainLine(student)} differ:`);
  return [
    ...[...others, ...sandbox].map((line) => paint('yellow', line)),
    says,
    ...differences.flatMap((difference) => differenceLines(difference, '', width, paint)),
  ].join('\n');
}
