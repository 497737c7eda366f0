/** What of a batch is kept: every grade with its origin, and the results of all. */
import { underRule } from '../course/under-rule.ts';
import type { Provenance } from '../gradebook/gradebook.ts';
import { recordGrade, recordResults } from '../gradebook/gradebook.ts';
import type { Drawn } from '../gradebook/round.ts';
import { isRemembered } from '../gradebook/round.ts';
import type { Grade, Results } from '../model/grade.ts';
import type { BatchEvent, BatchOptions } from './options.ts';

type Tell = (event: BatchEvent) => void;

/** Stores a grade; a disk that takes this one not may take the next, so that a sentence about it is all that comes of it. */
export async function keep(outDir: string, origin: Provenance, grade: Grade, tell: Tell): Promise<void> {
  try {
    await recordGrade(outDir, origin, grade);
  } catch (error) {
    tell({ kind: 'unkept', says: error instanceof Error ? error.message : String(error) });
  }
}

/** Stores the results of all, and tells where the folder was deleted meanwhile, with what it held. Throws WriteError. */
export async function keepAll(outDir: string, results: Results, tell: Tell): Promise<void> {
  if (!(await isRemembered(outDir))) {
    const lost = 'its secret and the records made before are lost, the grades of this run are written again';
    const mend = 'Grade once more to have all records; with --secret-file the same is asked again.';
    tell({ kind: 'unkept', says: `${outDir} was deleted while it was graded into: ${lost}. ${mend}` });
  }
  await recordResults(outDir, results);
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
    submissions: (options.late === undefined ? [...grades] : underRule(options.late, grades)).sort((a, b) =>
      a.id < b.id ? -1 : a.id > b.id ? 1 : 0,
    ),
  };
}
