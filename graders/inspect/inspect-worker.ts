/** The thread in which student text is parsed: it may be stopped at any moment, and takes nothing with it. */
import { parentPort } from 'node:worker_threads';
import { inspectFiles } from './inspect-files.ts';
import type { InspectionRequest, WorkerReply } from './inspection.ts';
import { ProgramStopped } from '../stopped.ts';

async function answer(request: InspectionRequest): Promise<WorkerReply> {
  try {
    return { inspection: await inspectFiles(request) };
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

parentPort!.on('message', (request: InspectionRequest) => {
  void answer(request).then((reply) => parentPort!.postMessage(reply));
});
parentPort!.postMessage('ready');
