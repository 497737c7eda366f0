/** What `gradmark work` does. */
import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { resolve } from 'node:path';
import { plainLine } from '../../reports/plain-text.ts';
import { levelLabel } from '../sandbox/doctor/levels.ts';
import type { ServeEvent } from '../workers/serve.ts';
import { serve } from '../workers/serve.ts';
import { inSentences } from '../queue/postgres/trouble.ts';
import { exitCodes } from './exit-codes.ts';
import { jobsFor } from './jobs.ts';
import { assertBackend, chooseLevel } from './open-named.ts';
import { openNamedQueue } from './open-queue.ts';
import type { QueueOptions } from './queue-options.ts';
import { graderVersion } from './version.ts';

export interface WorkOptions extends QueueOptions {
  queue: string;
  jobs?: number;
  data?: string;
  python?: string;
}

/** What a submission may take, where the coursework is not known yet. */
const usualMb = 500;

/** Works until it is told to stop; returns the exit code. */
export async function runWork(options: WorkOptions): Promise<number> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const ending = onEnd(say);
  // The address first: whoever mistyped it need not wait for the doctor.
  const jobs = options.jobs ?? jobsFor(usualMb, availableParallelism());
  const opened = await openNamedQueue(options, ending.leave, jobs + 3);
  try {
    say('Trying out how well this machine isolates programs …');
    const level = await chooseLevel(false);
    const worker = `${hostname()}-${process.pid}-${randomBytes(2).toString('hex')}`;
    say(
      `${worker} works with ${jobs} ${jobs === 1 ? 'place' : 'places'}, sandbox level ${level}: ${levelLabel(level)}. Ctrl-C or SIGTERM finishes what runs.`,
    );
    const done = await serve({
      ...{ opened, store: opened.store, worker, jobs, drain: ending.drain, leave: ending.leave },
      machine: {
        ...{ level, graderVersion: graderVersion(), clock: () => performance.now(), assertBackend },
        ...{ python: options.python, dataFolder: options.data === undefined ? undefined : resolve(options.data) },
      },
      tell: (event) => say(lineOf(event)),
    });
    say(`${done} ${done === 1 ? 'job' : 'jobs'} done.`);
    return exitCodes.done;
  } catch (error) {
    throw inSentences(error, options.queue);
  } finally {
    ending.release();
    await opened.connection.close();
  }
}

const endings = {
  first: 'graded',
  same: 'graded, as somebody else had',
  differs: 'GRADED DIFFERENTLY from somebody else: see gradmark queue status',
  'given back': 'given back: the grader itself failed, or had to go',
  lost: 'lost: somebody else has it by now',
};

function lineOf(event: ServeEvent): string {
  const time = new Date().toISOString().slice(11, 19);
  if (event.kind === 'refuses') {
    return `${time} Nothing is graded here for ${plainLine(event.course)}: ${event.sentences.map((one) => plainLine(one)).join(' ')}`;
  }
  const what = `${time} ${event.claim.name.slice(0, 12)}`;
  return event.kind === 'begun' ? `${what} begun` : `${what} ${endings[event.how]} (${(event.ms / 1000).toFixed(1)} s)`;
}

/** The first signal finishes what runs, the second gives it back, the third ends. */
function onEnd(say: (line: string) => void): { drain: AbortSignal; leave: AbortSignal; release(): void } {
  const [drain, leave] = [new AbortController(), new AbortController()];
  const stop = () => {
    if (leave.signal.aborted) process.exit(exitCodes.interrupted);
    if (drain.signal.aborted) {
      say('Giving back what runs.');
      leave.abort(new Error('This worker has to go.'));
    } else {
      say('Finishing what runs; once more gives it back.');
      drain.abort();
    }
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  return {
    ...{ drain: drain.signal, leave: leave.signal },
    release: () => void process.off('SIGTERM', stop).off('SIGINT', stop),
  };
}
