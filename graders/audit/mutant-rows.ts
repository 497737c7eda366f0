/** The mutants of an audit: planned in all programs, a share of them graded, each in what its program answers of the coursework. */
import { inParallel } from '../batch/in-parallel.ts';
import type { Coursework } from '../coursework.ts';
import { createGuestFactory } from '../guest-factory.ts';
import { batchOf } from './correct-runs.ts';
import type { MutantRow, PlannedMutant } from './mutation-runs.ts';
import { gradeMutant, planMutants } from './mutation-runs.ts';
import type { AuditPlan } from './plan.ts';
import { keyOf } from './plan.ts';

/** Grades at most `mostMutants`, drawn evenly. */
export async function mutantRows(plan: AuditPlan): Promise<MutantRow[]> {
  const { parts, writings, mostMutants, level, onProgress } = plan;
  const planned = await Promise.all(
    parts.map(({ coursework, correct }) => planMutants(coursework, correct, writings, level)),
  );
  const all = planned.flat();
  const step = Math.max(1, all.length / mostMutants);
  const chosen = Array.from({ length: Math.min(all.length, mostMutants) }, (_, i) => all[Math.floor(i * step)]!);
  const rows: MutantRow[] = [];
  for (const [i, { coursework }] of parts.entries()) {
    const own = chosen.filter((one) => planned[i]!.includes(one));
    const before = rows.length;
    rows.push(
      ...(await mutantsOfPart(own, coursework, plan, (done) => onProgress('mutants', before + done, chosen.length))),
    );
  }
  return rows;
}

/** A mutant is asked what its program answers: the tasks of another part would fail whatever was changed. */
async function mutantsOfPart(
  chosen: readonly PlannedMutant[],
  coursework: Coursework,
  { level, seed, journal, jobs, clock }: AuditPlan,
  onDone: (done: number) => void,
): Promise<MutantRow[]> {
  // A mutant may loop for ever: a correct program needs a fraction of this.
  const impatient = {
    ...coursework,
    assignment: { ...coursework.assignment, limits: { ...coursework.assignment.limits, callMs: 2000 } },
  };
  const factory = await createGuestFactory({ coursework: impatient, level, backend: 'wasm' });
  const context = {
    coursework: impatient,
    factory,
    batch: batchOf(impatient, seed, clock),
    level,
    clock,
  };
  let done = 0;
  try {
    return await inParallel(chosen, jobs, async (planned) => {
      const { submission, file, mutant } = planned;
      const key = `mutant/${keyOf(submission)}/${file.path}@${mutant.start}-${mutant.end}:${mutant.replacement}`;
      const row = await journal.row(key, () => gradeMutant(planned, context));
      onDone(++done);
      return row;
    });
  } finally {
    await factory.close();
  }
}
