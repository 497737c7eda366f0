/** The thread in which student text is parsed: it may be stopped at any moment, and takes nothing with it. */
import { parentPort } from 'node:worker_threads';
import { inspectFiles } from './inspect-files.ts';
import type { HostAccount, InspectionRequest, WorkerReply } from './inspection.ts';
import { inspectShape } from './program-shape.ts';
import { rememberCode } from '../../../own-module.ts';
import { ProgramStopped } from '../../../stopped.ts';

type Answer = WorkerReply extends infer R ? (R extends R ? Omit<R, 'cpuMs'> : never) : never;

async function answer(request: InspectionRequest, compiler: HostAccount): Promise<Answer> {
  try {
    return { inspection: request.shapeOnly ? inspectShape(request) : await inspectFiles(request, compiler) };
  } catch (error) {
    if (error instanceof ProgramStopped) {
      return { stopped: { kind: error.kind === 'missing' ? 'missing' : 'refused', says: error.message } };
    }
    if (error instanceof RangeError) {
      return {
        stopped: {
          kind: 'refused',
          says: `${request.module} is nested too deeply to be read: write it in smaller steps.`,
        },
      };
    }
    return { ours: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Processor time of this thread. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The modules of a submission, or of the first few: each takes what the one before did not. */
const mostRemembered = 12;
let remembered = 0;
/** When a module has been read: what that takes is what the next thread will need. */
function remember(): void {
  if (remembered++ < mostRemembered) rememberCode();
}

parentPort!.on('message', (request: InspectionRequest) => {
  const before = threadMs();
  const compiler = { cpuMs: 0 };
  void answer(request, compiler).then((reply) => {
    parentPort!.postMessage({ ...reply, cpuMs: threadMs() - before + compiler.cpuMs });
    remember();
  });
});
parentPort!.postMessage('ready');
