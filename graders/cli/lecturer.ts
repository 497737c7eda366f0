/** What a lecturer's own checks did wrong, told as theirs: with the place and what follows. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainLine } from '../../reports/plain-text.ts';
import type { Coursework } from '../coursework.ts';
import { isShipped } from '../coursework.ts';
import type { Results } from '../model/grade.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * Says on `stream` which checks of the coursework's own folder broke, and returns the exit code: a teacher's own mistake is bad
 * input, anything else that holds a grade is the grader's trouble; `otherwise` where nothing is held.
 */
export function tellBroken(
  results: Results,
  { folder }: Pick<Coursework, 'folder'>,
  stream: NodeJS.WritableStream,
  otherwise: number,
): number {
  const broken = new Map<string, string>();
  for (const { tasks } of results.submissions) {
    for (const { id, outcome, staff } of tasks.flatMap((task) => task.checks)) {
      if (outcome !== 'broken' || isShipped(folder)) continue;
      // What a check hands to a kind of task may break there: then the check's own file is not in the stack.
      const place = placeIn(folder, staff ?? '');
      broken.set(
        id,
        `${firstLine(staff ?? '')}${place === undefined ? ', in what it hands to gradmark' : `, at ${place}`}`,
      );
    }
  }
  for (const [id, what] of broken) {
    stream.write(
      `gradmark: the check ${id} broke: ${what}. Mend the check and grade again; no marks were given or lost, and the grades that it holds are marked as held.\n`,
    );
  }
  if (broken.size > 0) return exitCodes.usage;
  return results.submissions.some(({ held }) => held) ? exitCodes.ours : otherwise;
}

/** The innermost place of a stack that lies in the folder, as a path relative to it: `checks.ts:12:5`. */
function placeIn(folder: string, stack: string): string | undefined {
  for (const [, url, line, column] of stack.matchAll(/(file:\/\/[^\s)]+?|\/[^\s)]+?):(\d+)(?::(\d+))?(?=[\s)]|$)/g)) {
    const path = url!.startsWith('file:') ? fileURLToPath(url!) : url!;
    const inside = relative(folder, path);
    if (!inside.startsWith('..')) return `${inside}:${line}${column === undefined ? '' : `:${column}`}`;
  }
  return undefined;
}

/** The message of a check may quote what a student's program returned. */
const firstLine = (stack: string) => plainLine(stack.split('\n', 1)[0]!.replace(/\.$/, ''));
