/** Opens the queue that a command names. */
import { resolve } from 'node:path';
import { keyPath, readKey } from '../queue/key-file.ts';
import type { Opened } from '../queue/postgres/open.ts';
import { openQueue } from '../queue/postgres/open.ts';
import type { Store } from '../queue/store.ts';
import { openStore } from '../queue/store.ts';
import type { QueueOptions } from './queue-options.ts';

/** The queue, and the store for what is large. Throws QueueError. */
export async function openNamedQueue(
  { queue, key, shared }: QueueOptions & { queue: string },
  signal?: AbortSignal,
  connections?: number,
): Promise<Opened & { store: Store }> {
  const tell = (says: string) => void process.stderr.write(`gradmark: ${says}\n`);
  const opened = await openQueue(queue, await readKey(key ?? keyPath()), {
    ...{ tell, signal },
    ...(connections !== undefined && { connections }),
  });
  return { ...opened, store: openStore(opened.queue, opened.seal, shared === undefined ? undefined : resolve(shared)) };
}
