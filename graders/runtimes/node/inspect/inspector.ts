/** Reads student programs without running them, in a worker that time and memory limits end without harm to the grader. */
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HostAccount, Inspection, InspectionRequest, WorkerReply } from './inspection.ts';
import { knownInspections } from './known-inspections.ts';
import { knownReadingMs } from './reading-speed.ts';
import { ownThread } from '../../../own-module.ts';
import { ProgramStopped } from '../../../stopped.ts';

export interface Inspector {
  /**
   * Breaches of the policy, syntax errors and compiled modules of one module and the files it reaches. Rejects with
   * ProgramStopped when the module is not there ('missing') or cannot be read within the limits ('refused'). What it costs is
   * put on the account of the submission: who has used least is served first, and who has used up the budget no more.
   */
  inspect(request: InspectionRequest, account?: HostAccount): Promise<Inspection>;
  /** Ends the worker; inspections under way reject. */
  close(): void;
}

interface InspectorLimits {
  /** Computing time that every inspection may take: on a busy machine the student is not charged for waiting. */
  cpuMs: number;
  /** Where a known text of 100 kB takes more than this part of it meanwhile, the machine is slow, and time counts for less. */
  knownPart: number;
  /** Time on the clock in which the worker does not compute. */
  idleMs: number;
  memoryMb: number;
  /** Computing time of all inspections of one submission, the compiler's included. */
  submissionCpuMs: number;
}

interface Job {
  request: InspectionRequest;
  account: HostAccount;
  /** How many times slower this machine is than one on which the limits are what they say, as far as it was asked. */
  slowness: number;
  /** Computing time, as of the last look of a worker that was ended. */
  cpuMs: number;
  resolve(inspection: Inspection): void;
  reject(error: Error): void;
}

/** Half a megabyte of plain code needs a third of the computing time; a megabyte, that of seven known texts. */
const defaults: InspectorLimits = {
  cpuMs: 2500,
  knownPart: 1 / 15,
  idleMs: 60_000,
  memoryMb: 256,
  submissionCpuMs: 10_000,
};

/** However slow a machine is, nobody is read for longer than so many times the limit. */
const slowest = 8;

export function createInspector(options: Partial<InspectorLimits> = {}): Inspector {
  const limits = { ...defaults, ...options };
  const waiting: Job[] = [];
  const known = knownInspections();
  let worker: Worker | undefined;
  let current: Job | undefined;
  let clock: NodeJS.Timeout | undefined;
  let closed = false;

  const settle = (finish: (job: Job) => void) => {
    clearInterval(clock);
    const job = current;
    current = undefined;
    worker?.unref();
    if (job !== undefined) {
      job.account.cpuMs += job.cpuMs / job.slowness;
      finish(job);
    }
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
      if (reply === 'ready') return send();
      if (current !== undefined) current.cpuMs = reply.cpuMs;
      if ('ours' in reply) abandon((job) => new Error(`The inspection of ${job.request.module} failed: ${reply.ours}`));
      else {
        const isKept = current?.request.shapeOnly !== true;
        if (current !== undefined && isKept && 'inspection' in reply) known.keep(current.request, reply);
        settle((job) => deliver(job, reply));
      }
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
    const cpuBefore = cpuMsOf(busy).catch(() => 0);
    let computedAt = performance.now();
    let measured: Promise<number> | undefined;
    const look = async () => {
      const now = (await cpuMsOf(busy)) - (await cpuBefore);
      if (current !== job) return;
      if (now > job.cpuMs) [job.cpuMs, computedAt] = [now, performance.now()];
      if (performance.now() - computedAt > limits.idleMs) return refuse(limits.idleMs);
      if (job.cpuMs <= limits.cpuMs) return;
      measured ??= knownReadingMs(startWorker(limits.memoryMb));
      job.slowness = Math.max(1, Math.min((await measured) / (limits.cpuMs * limits.knownPart), slowest));
      if (current === job && job.cpuMs > limits.cpuMs * job.slowness) refuse(limits.cpuMs);
    };
    const refuse = (limitMs: number) => abandon(() => tooHard(job, `${limitMs / 1000} s`));
    // A worker that has just ended has no computing time to ask for; its end is told elsewhere.
    clock = setInterval(() => void look().catch(() => undefined), Math.min(limits.cpuMs, limits.idleMs, 1000) / 4);
  };
  const next = () => {
    if (current !== undefined) return;
    current = takeFair(waiting);
    if (current === undefined) return;
    if (current.account.cpuMs > limits.submissionCpuMs) return settle((job) => job.reject(usedUp(limits)));
    if (worker === undefined) worker = start();
    else send();
    worker.ref();
  };

  return {
    inspect: (request, account = { cpuMs: 0 }) =>
      new Promise<Inspection>((resolve, reject) => {
        if (closed) return reject(new Error('The inspector is closed.'));
        const before = known.find(request);
        if (before !== undefined) {
          account.cpuMs += before.cpuMs;
          if (account.cpuMs - before.cpuMs > limits.submissionCpuMs) return reject(usedUp(limits));
          return resolve(before.inspection);
        }
        waiting.push({ request, account, slowness: 1, cpuMs: 0, resolve, reject });
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

/** Takes the first job of whoever has used least. */
function takeFair(waiting: Job[]): Job | undefined {
  const least = Math.min(...waiting.map((job) => job.account.cpuMs));
  const at = waiting.findIndex((job) => job.account.cpuMs === least);
  return at < 0 ? undefined : waiting.splice(at, 1)[0];
}

const usedUp = ({ submissionCpuMs }: InspectorLimits) =>
  new ProgramStopped(
    'refused',
    `Reading the files took more than the ${submissionCpuMs / 1000} s for a whole submission: write them in smaller, simpler steps.`,
  );

/** The compiler, a program in Go, reads short texts one at a time: threads and the collecting of garbage would cost more than the reading. */
const compilerEnv = { GOMAXPROCS: '1', GOGC: '400' };

function startWorker(memoryMb: number): Worker {
  // A thread does not inherit what the program remembers of compiled modules; the folder holds one per version of Node.
  const compiled = getCompileCacheDir();
  return new Worker(ownThread('runtimes/node/inspect/inspect-worker'), {
    env: {
      ...process.env,
      ...compilerEnv,
      ...(compiled !== undefined && { NODE_COMPILE_CACHE: dirname(compiled) }),
    },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
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
