/** Work is judged once more: by the grader of now, under what a record says of probes, backend and size. */
import type { BatchOptions } from '../batch/options.ts';
import type { Known } from '../batch/said.ts';
import { brokenGrade } from '../batch/unjudged.ts';
import type { Circumstances } from '../gradebook/event.ts';
import type { Drawn } from '../gradebook/round.ts';
import { drawnRound } from '../gradebook/round.ts';
import type { Judge } from '../judging/judge-apart.ts';
import { judgeApart } from '../judging/judge-apart.ts';
import type { Grade } from '../model/grade.ts';
import type { Submission } from '../model/submission.ts';

export interface AgainOptions extends Pick<
  BatchOptions,
  'coursework' | 'level' | 'secretFile' | 'graderVersion' | 'dataFolder' | 'python'
> {
  outDir: string;
}

/** What a record is repeated under: its probes, with the grader and the machine of now. */
interface Asked {
  under: Circumstances;
  drawn: Drawn;
  dataFolder: string | undefined;
}

interface Again {
  /** With what a record is repeated here and now. Throws SecretError where its probes cannot be drawn again. */
  under(record: Circumstances): Promise<Circumstances>;
  /** Judges these tasks of a submission, `known` verdicts aside. */
  judge(submission: Submission, record: Circumstances, only: readonly string[], known?: Known): Promise<Grade>;
  close(): Promise<void>;
}

/**
 * For so many submissions, so many of them at once. Nothing is started before it is asked for; all who were asked the same share
 * what follows from that.
 */
export function openAgain(options: AgainOptions, { submissions, jobs } = { submissions: 1, jobs: 1 }): Again {
  const { coursework, outDir, level, secretFile, graderVersion, python } = options;
  const circumstances = new Map<string, Promise<Asked>>();
  const judges = new Map<string, Promise<Judge>>();

  const opened = async ({ seed, round, backend, full, data }: Circumstances): Promise<Asked> => {
    const named = seed === undefined ? { round: round?.name } : { seed };
    const drawn = await drawnRound(coursework.assignment.slug, { outDir, secretFile, ...named });
    const dataFolder = data ? options.dataFolder : undefined;
    const under = { graderVersion, ...drawn.origin, backend, level, full, data: dataFolder !== undefined };
    return { drawn, dataFolder, under };
  };
  const nameOf = ({ seed, round, backend, full, data }: Circumstances) =>
    JSON.stringify({ seed, round, backend, full, data });
  const asked = (record: Circumstances) => once(circumstances, nameOf(record), () => opened(record));
  const judgeOf = (record: Circumstances, only: readonly string[]) =>
    once(judges, `${nameOf(record)} ${only.join()}`, async () => {
      const { drawn, dataFolder } = await asked(record);
      const { backend, full } = record;
      const opening = {
        ...{ folder: coursework.folder, carried: drawn.carried, level, backend, full, python, only },
        ...{ submissions: Math.ceil(submissions / jobs), ...(dataFolder !== undefined && { dataFolder }) },
      };
      return judgeApart(opening, Math.min(jobs, submissions));
    });

  return {
    under: async (record) => (await asked(record)).under,
    async judge(submission, record, only, known = new Map()) {
      const judge = await judgeOf(record, only);
      return judge
        .judge(submission, known, () => undefined)
        .catch((error: unknown) => brokenGrade({ coursework, only }, submission, error));
    },
    async close() {
      for (const judge of judges.values()) await (await judge).close();
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
