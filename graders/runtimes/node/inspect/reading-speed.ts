/** How fast this machine reads at this moment: a second of its processors is worth less while its neighbours are busy. */
import type { Worker } from 'node:worker_threads';
import type { InspectionRequest, WorkerReply } from './inspection.ts';

/** A hundred kilobytes such as a minifier writes. */
const known: InspectionRequest = {
  files: [{ path: 'known.ts', text: `export const a=[${'{b:(c)=>c+1,d:"e"},'.repeat(5000)}];` }],
  module: 'known.ts',
  policy: 'no-autodiff',
  imports: [],
  given: [],
};

/** Computing time that a fresh worker takes for a known text, now; nothing where that worker came to grief. */
export function knownReadingMs(worker: Worker): Promise<number> {
  worker.unref();
  return new Promise<number>((resolve) => {
    worker.on('message', (reply: WorkerReply | 'ready') => {
      if (reply === 'ready') worker.postMessage(known);
      else resolve(reply.cpuMs);
    });
    worker.on('error', () => resolve(0));
    worker.on('exit', () => resolve(0));
  }).finally(() => void worker.terminate());
}
