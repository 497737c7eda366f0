/** Reads student programs without running them, in a worker that time and memory limits end without harm to the grader. */
import { Worker } from 'node:worker_threads';
import type { Inspection, InspectionRequest, WorkerReply } from './inspection.ts';
import { ProgramStopped } from '../stopped.ts';

export interface Inspector {
  /**
   * Breaches of the policy, syntax errors and compiled modules of one module and the files it reaches. Rejects with
   * ProgramStopped when the module is not there ('missing') or cannot be read within the limits ('refused').
   */
  inspect(request: InspectionRequest): Promise<Inspection>;
  /** Ends the worker; inspections under way reject. */
  close(): void;
}

interface InspectorLimits {
  /** Computing time of one inspection: on a busy machine the student is not charged for waiting. */
  cpuMs: number;
  /** Time on the clock, for what computes elsewhere or not at all. */
  wallMs: number;
  memoryMb: number;
}

interface Job {
  request: InspectionRequest;
  resolve(inspection: Inspection): void;
  reject(error: Error): void;
}

/** Half a megabyte of plain code needs a third of the computing time. */
const defaults: InspectorLimits = { cpuMs: 2500, wallMs: 30_000, memoryMb: 256 };

export function createInspector(options: Partial<InspectorLimits> = {}): Inspector {
  const limits = { ...defaults, ...options };
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let current: Job | undefined;
  let clock: NodeJS.Timeout | undefined;
  let closed = false;

  const settle = (finish: (job: Job) => void) => {
    clearInterval(clock);
    const job = current;
    current = undefined;
    worker?.unref();
    if (job !== undefined) finish(job);
    next();
  };
  const abandon = (error: (job: Job) => Error) => {
    const stopped = worker;
    worker = undefined;
    void stopped?.terminate();
    settle((job) => job.reject(error(job)));
  };
  const start = (): Worker => {
    const fresh = startWorker(limits.memoryMb);
    fresh.on('message', (reply: WorkerReply | 'ready') => {
      if (worker !== fresh) return;
      if (reply === 'ready') send();
      else if ('ours' in reply)
        abandon((job) => new Error(`The inspection of ${job.request.module} failed: ${reply.ours}`));
      else settle((job) => deliver(job, reply));
    });
    fresh.on('error', (error: NodeJS.ErrnoException) => {
      if (worker !== fresh) return;
      abandon((job) => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHard(job, `${limits.memoryMb} MB`) : error));
    });
    fresh.on('exit', () => {
      if (worker === fresh) abandon(() => new Error('The inspection worker ended by itself.'));
    });
    return fresh;
  };
  /** The clocks start when the worker is ready, so that its own start is not charged to the student. */
  const send = () => {
    if (current === undefined || worker === undefined) return;
    const [job, busy] = [current, worker];
    busy.postMessage(job.request);
    const startedAt = performance.now();
    const cpuBefore = cpuMsOf(busy).catch(() => 0);
    const look = async () => {
      const cpuMs = (await cpuMsOf(busy)) - (await cpuBefore);
      if (current !== job) return;
      if (cpuMs > limits.cpuMs) abandon(() => tooHard(job, `${limits.cpuMs / 1000} s`));
      else if (performance.now() - startedAt > limits.wallMs) abandon(() => tooHard(job, `${limits.wallMs / 1000} s`));
    };
    // A worker that has just ended has no computing time to ask for; its end is told elsewhere.
    clock = setInterval(() => void look().catch(() => undefined), Math.min(limits.cpuMs, limits.wallMs, 1000) / 4);
  };
  const next = () => {
    if (current !== undefined) return;
    current = waiting.shift();
    if (current === undefined) return;
    if (worker === undefined) worker = start();
    else send();
    worker.ref();
  };

  return {
    inspect: (request) =>
      new Promise<Inspection>((resolve, reject) => {
        if (closed) return reject(new Error('The inspector is closed.'));
        waiting.push({ request, resolve, reject });
        next();
      }),
    close() {
      closed = true;
      const unfinished = waiting.splice(0);
      abandon(() => new Error('The inspector was closed.'));
      for (const job of unfinished) job.reject(new Error('The inspector was closed.'));
    },
  };
}

/** The worker's file ends like this one: `.ts` in a checkout, `.js` in the built package. */
function startWorker(memoryMb: number): Worker {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`./inspect-worker.${ending}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
}

async function cpuMsOf(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage();
  return (user + system) / 1000;
}

function deliver(job: Job, reply: Exclude<WorkerReply, { ours: string }>): void {
  if ('inspection' in reply) job.resolve(reply.inspection);
  else job.reject(new ProgramStopped(reply.stopped.kind, reply.stopped.says));
}

const tooHard = ({ request }: Job, limit: string) =>
  new ProgramStopped(
    'refused',
    `${request.module} could not be read within ${limit}: write it in smaller, simpler steps.`,
  );
