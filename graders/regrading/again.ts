/** Work is judged once more: by the grader of now, under what a record says of probes, backend and size. */
import type { BatchOptions } from '../batch/options.ts';
import { batchContext, withFullLimits } from '../batch/options.ts';
import type { Known } from '../batch/said.ts';
import { brokenGrade } from '../batch/unjudged.ts';
import type { BatchContext } from '../check-context.ts';
import type { Coursework } from '../coursework.ts';
import { gradeOne } from '../grade-one.ts';
import type { Circumstances } from '../gradebook/event.ts';
import { drawnRound } from '../gradebook/round.ts';
import type { GuestFactory } from '../guest-factory.ts';
import { createGuestFactory } from '../guest-factory.ts';
import type { Grade } from '../model/grade.ts';
import type { Submission } from '../model/submission.ts';

export interface AgainOptions extends Pick<
  BatchOptions,
  'coursework' | 'level' | 'secretFile' | 'graderVersion' | 'dataFolder' | 'clock' | 'python'
> {
  outDir: string;
}

/** What a record is repeated under: its probes, with the grader and the machine of now. */
interface Asked {
  under: Circumstances;
  coursework: Coursework;
  batch: BatchContext;
  factory: GuestFactory;
}

interface Again {
  /** With what a record is repeated here and now. Throws SecretError where its probes cannot be drawn again. */
  under(record: Circumstances): Promise<Circumstances>;
  /** Judges these tasks of a submission, `known` verdicts aside. */
  judge(submission: Submission, record: Circumstances, only: readonly string[], known?: Known): Promise<Grade>;
  close(): Promise<void>;
}

/** Nothing is started before it is asked for; all who were asked the same share what follows from that. */
export function openAgain(options: AgainOptions): Again {
  const { outDir, level, secretFile, graderVersion, clock } = options;
  const circumstances = new Map<string, Promise<Omit<Asked, 'factory'>>>();
  const factories = new Map<string, Promise<GuestFactory>>();

  const opened = async (record: Circumstances): Promise<Omit<Asked, 'factory'>> => {
    const coursework = record.full ? withFullLimits(options.coursework) : options.coursework;
    const drawn = await drawnRound(coursework.assignment.slug, {
      outDir,
      secretFile,
      ...(record.seed === undefined ? { round: record.round?.name } : { seed: record.seed }),
    });
    const dataFolder = record.data ? options.dataFolder : undefined;
    const { backend, full } = record;
    const context = { coursework, full, clock, seed: drawn.seed, ...(dataFolder !== undefined && { dataFolder }) };
    return {
      coursework,
      batch: batchContext(context),
      under: { graderVersion, ...drawn.origin, backend, level, full, data: dataFolder !== undefined },
    };
  };
  const asked = (record: Circumstances) => {
    const { seed, round, backend, full, data } = record;
    return once(circumstances, JSON.stringify({ seed, round, backend, full, data }), () => opened(record));
  };

  return {
    under: async (record) => (await asked(record)).under,
    async judge(submission, record, only, known) {
      const { coursework, batch } = await asked(record);
      const { backend, full } = record;
      const factory = await once(factories, `${backend} ${full}`, () =>
        createGuestFactory({ coursework, level, backend, python: options.python }),
      );
      const scope = { coursework, clock, only };
      const tasks = batch.assignment.tasks.filter(({ id }) => only.includes(id));
      const part = { ...batch, assignment: { ...batch.assignment, tasks } };
      return gradeOne(submission, { ...scope, ...(known && { known }) }, part, factory).catch((error: unknown) =>
        brokenGrade(scope, submission, error),
      );
    },
    async close() {
      for (const factory of factories.values()) await (await factory).close();
    },
  };
}

function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const before = made.get(key);
  if (before !== undefined) return before;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
