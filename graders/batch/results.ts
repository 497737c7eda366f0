/** What of a batch is kept: every grade with its origin, and the results of all. */
import type { Provenance } from '../gradebook/gradebook.ts';
import { recordGrade } from '../gradebook/gradebook.ts';
import type { Drawn } from '../gradebook/round.ts';
import type { Grade, Results } from '../model/grade.ts';
import type { BatchOptions } from './options.ts';

/** Stores a grade; a disk that takes this one not may take the next, so that the sentence about it is all that comes of it. */
export async function keep(outDir: string, origin: Provenance, grade: Grade): Promise<string | undefined> {
  try {
    await recordGrade(outDir, origin, grade);
    return undefined;
  } catch (error) {
    return `This grade could not be kept (${(error as NodeJS.ErrnoException).code ?? String(error)}): it is in the tables, and is found again the next time.`;
  }
}

/** With what a grade was made: a grade of the same origin need not be made again. */
export const provenance = (options: BatchOptions, probes: Drawn['origin']): Provenance => ({
  assignment: options.coursework.assignment.slug,
  graderVersion: options.graderVersion,
  graderHash: options.coursework.hash,
  ...probes,
  backend: options.backend,
  level: options.level,
  ...stated(options),
  feedback: options.feedback,
  ...(options.only === undefined ? {} : { only: [...options.only].sort() }),
  full: options.full,
  data: options.dataFolder !== undefined,
});

const stated = ({ containedBy }: BatchOptions) => (containedBy === undefined ? {} : { containedBy });

/** The results of a batch, in the order of ids. */
export function resultsOf(
  options: BatchOptions,
  probes: Drawn['origin'],
  startedAt: string,
  grades: readonly Grade[],
): Results {
  const { assignment } = options.coursework;
  return {
    schema: 'gradmark/results/v1',
    assignment: assignment.slug,
    title: assignment.title,
    graderVersion: options.graderVersion,
    ...probes,
    backend: options.backend,
    level: options.level,
    ...stated(options),
    feedback: options.feedback,
    startedAt,
    finishedAt: options.now().toISOString(),
    // The order of finishing depends on the machine; the order of ids does not.
    submissions: [...grades].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
  };
}
