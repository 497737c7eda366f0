/** Graders elsewhere: the submissions of a batch become jobs of a queue, and whoever works on it sends grades back. */
import { createHash } from 'node:crypto';
import { contentOf } from '../batch/content.ts';
import type { Graders } from '../batch/graders.ts';
import { gradedOf, NotWaitedFor } from '../batch/graders.ts';
import type { AskedElsewhere } from '../batch/options.ts';
import type { Submission } from '../model/submission.ts';
import { asking } from '../queue/asking.ts';
import { nameOfJob } from '../queue/job-name.ts';
import type { Lane, Queue, Shelf, Urgency } from '../queue/port.ts';
import { QueueError } from '../queue/postgres/trouble.ts';
import type { Seal } from '../queue/seal.ts';
import type { Store } from '../queue/store.ts';
import { sealedWith } from '../queue/wrapping.ts';
import { likenessOf } from './likeness.ts';
import type { Sheet } from './sheet.ts';
import { filesOf } from './sheet.ts';

interface AskWorkers {
  queue: Queue & Shelf;
  seal: Seal;
  store: Store;
  urgency: Urgency;
  course: string;
  /** How many workers were heard of lately, and how many jobs of these lanes wait and are under way. */
  look: (lanes: readonly string[]) => Promise<{ workers: number; waiting: number; underWay: number }>;
}

/** So many submissions are in memory and in the queue at once: enough for some hundred workers. */
const window = 500;
const listenMs = 1000;
/** A worker that keeps nothing ready needs that much longer than the program may take. */
const slack = 120;

/** Graders for a batch, as `gradeBatch` asks for them. */
export const askWorkers =
  ({ queue, seal, store, urgency, course, look }: AskWorkers) =>
  async ({ options, drawn, tell }: AskedElsewhere): Promise<Graders> => {
    const { coursework, level, backend, full, only, dataFolder, graderVersion, python } = options;
    const files = filesOf(coursework);
    const sheet: Sheet = {
      assignment: coursework.assignment.slug,
      ...(files !== undefined && { files: await store.put(files) }),
      ...{ carried: drawn.carried, level, backend, full, withData: dataFolder !== undefined },
      ...(only !== undefined && { only }),
    };
    const sheetName = await store.put(JSON.stringify(sheet));
    const round = seal.nameOf(Buffer.from(JSON.stringify(drawn.carried))).slice(0, 32);

    const laneFor = async (inPython: boolean): Promise<{ lane: Lane; runtime: string }> => {
      const wanted = await likenessOf({ graderVersion, coursework, level, backend, inPython, python, dataFolder });
      const demands = JSON.stringify(wanted);
      const runtime = digest(demands, String(full), String(only ?? ''));
      return {
        runtime,
        lane: {
          ...{
            name: `grade-${digest(sheetName, demands, urgency, course)}`,
            urgency,
            course,
            sheet: sheetName,
            demands,
          },
          ...{ tries: 5, expireSeconds: Math.ceil((2 * coursework.assignment.limits.submissionMs) / 1000) + slack },
        },
      };
    };
    const lanes = new Map<boolean, ReturnType<typeof laneFor>>();
    const laneOf = ({ language }: Submission) => {
      const inPython = language === 'python';
      const known = lanes.get(inPython) ?? laneFor(inPython);
      lanes.set(inPython, known);
      return known;
    };

    const { ask, hear, stop } = asking(queue);
    const listening = listen(async () => {
      await hear();
      const names = await Promise.all([...lanes.values()].map(async (one) => (await one).lane.name));
      tell({ kind: 'elsewhere', ...(await look(names)) });
    }, stop);
    const interrupted = () => stop(new NotWaitedFor('Interrupted.'));
    options.signal?.addEventListener('abort', interrupted);
    const wrapping = sealedWith(seal);
    return {
      window,
      async grade(submission) {
        if (options.signal?.aborted === true) throw new NotWaitedFor('Interrupted.');
        let content: string;
        try {
          content = await store.put(contentOf(submission));
        } catch (error) {
          // Of this one submission it is not known what it is worth; the others go on.
          if (error instanceof QueueError) return { trouble: error.message };
          throw error;
        }
        const { lane, runtime } = await laneOf(submission);
        const job = {
          ...{ submission: content, coursework: coursework.hash, grader: graderVersion, round, runtime },
          student: seal.nameOf(Buffer.from(`student ${submission.id}`)).slice(0, 16),
        };
        const outcome = await ask(lane, job);
        const graded = gradedOf(submission, outcome, (body) => wrapping.open(nameOfJob(job), body));
        if (outcome.kind === 'dead') return graded;
        const { worker, ms } = outcome.result;
        return { ...graded, took: { worker, ms } };
      },
      async close() {
        options.signal?.removeEventListener('abort', interrupted);
        await listening.end();
      },
    };
  };

/** Listens again and again; what goes wrong for good ends all waiting. */
function listen(once: () => Promise<void>, failed: (error: Error) => void) {
  let ended = false;
  let wake: () => void = () => undefined;
  const running = (async () => {
    while (!ended) {
      await once().catch((error: unknown) => failed(error instanceof Error ? error : new Error(String(error))));
      await new Promise<void>((go) => {
        const timer = setTimeout(go, listenMs);
        wake = () => {
          clearTimeout(timer);
          go();
        };
      });
    }
  })();
  return {
    async end() {
      ended = true;
      wake();
      await running;
    },
  };
}

function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\0${part}`);
  return hash.digest('hex').slice(0, 32);
}
