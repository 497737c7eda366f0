/** A thread that judges one submission after the other: it may be ended at any moment, and takes its sandboxes with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { batchContext, withFullLimits } from '../batch/options.ts';
import type { BatchContext } from '../check-context.ts';
import { openCoursework, openPractice } from '../coursework.ts';
import { ofCarried } from '../gradebook/round.ts';
import { gradeOne } from '../grade-one.ts';
import { collectsGarbage } from '../collect.ts';
import { createGuestFactory } from '../guest-factory.ts';
import { tellForAll } from '../judging-time.ts';
import { rememberCode } from '../own-module.ts';
import { handedBy } from './handed.ts';
import type { Ask, End, Opening, Told } from './messages.ts';

const { folder, isPractice, full, dataFolder, carried, forAll, sharing, ...opening } = workerData as Opening;
tellForAll(forAll);
const clock = () => performance.now();
const tell = (told: Told): void => parentPort!.postMessage(told);

async function open(): Promise<void> {
  const opened = await (isPractice === true ? openPractice : openCoursework)(folder);
  const coursework = full ? withFullLimits(opened) : opened;
  const scope = { coursework, only: opening.only, clock };
  const batch: BatchContext = {
    ...batchContext({
      ...scope,
      full,
      seed: ofCarried(carried).seed,
      ...(dataFolder !== undefined && { dataFolder }),
    }),
    ...(sharing !== undefined && { handed: handedBy(sharing, tell) }),
  };
  const factory = await createGuestFactory({ ...opening, coursework });
  const collect = collectsGarbage();

  const judge = async ({ submission, known, refused }: Exclude<Ask, 'close'>): Promise<End> => {
    const before = new Map(known.map((verdict) => [verdict.id, verdict]));
    const heard = (found: readonly { id: string }[]) => tell({ found: found.at(-1) as (typeof known)[number] });
    return { grade: await gradeOne(submission, { ...scope, known: before, heard, refused }, batch, factory) };
  };

  parentPort!.on('message', (asked: Ask) => {
    if (asked === 'close') {
      rememberCode();
      return void factory.close().finally(() => tell('closed'));
    }
    void judge(asked)
      .catch((error: unknown) => ({ ours: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
      .then((end) => {
        tell({ end });
        collect();
      });
  });
  tell('ready');
}

void open();
