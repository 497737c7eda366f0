/** The same submission again and again, alone and beside others: every verdict has to be the same to the byte. */
import type { SandboxLevel, Submission } from '../model.ts';
import type { Coursework } from '../coursework.ts';
import { toJson } from '../gradebook/json.ts';
import { gradeOne } from '../grade.ts';
import type { Workshop } from '../workshop.ts';
import { batchOf } from './correct-runs.ts';

export interface ReproducibilityRow {
  program: string;
  run: number;
  same: boolean;
}

/** Grades a submission `times` times on the same probes, half of the runs two at once, and compares with the first. */
export async function gradeRepeatedly(
  submission: Submission,
  times: number,
  {
    coursework,
    workshop,
    clock,
  }: { coursework: Coursework; workshop: Workshop; level: SandboxLevel; clock: () => number },
): Promise<ReproducibilityRow[]> {
  const once = async () =>
    verdictsOf(await gradeOne(submission, { coursework, clock }, batchOf(coursework, 20_260, clock), workshop));
  const first = await once();
  const rows: ReproducibilityRow[] = [];
  for (let run = 1; run < times; run += 2) {
    const results = run % 4 === 1 ? await Promise.all([once(), once()]) : [await once(), await once()];
    results.forEach((text, i) => rows.push({ program: submission.id, run: run + i, same: text === first }));
  }
  return rows;
}

/** A grade without what may differ: the time it took. */
function verdictsOf(grade: unknown): string {
  return toJson(grade).replace(/"ms": \d+/g, '"ms": 0');
}
