/** Who grades for `gradmark grade`: the workers of a queue, where one is named; it is loaded then, and not before. */
import type { BatchOptions } from '../batch/options.ts';
import type { AskOptions } from './queue-options.ts';

/** Opens the queue; without one nobody is elsewhere. */
export async function gradersOf(
  options: AskOptions,
  slug: string,
  signal: AbortSignal,
): Promise<{ asked: Pick<BatchOptions, 'elsewhere'>; close(): Promise<void> }> {
  const { queue: address, urgency = 'deadline', courseName: course = slug } = options;
  if (address === undefined) return { asked: {}, close: async () => undefined };
  const [{ openNamedQueue }, { askWorkers }, { lookAt }] = await Promise.all([
    import('./open-queue.ts'),
    import('../workers/ask-workers.ts'),
    import('../queue/postgres/roll.ts'),
  ]);
  const { queue, seal, store, connection, patiently } = await openNamedQueue({ ...options, queue: address }, signal);
  const look = (lanes: readonly string[]) => patiently(() => lookAt(connection, lanes));
  return {
    asked: { elsewhere: askWorkers({ queue, seal, store, urgency, course, look }) },
    close: () => connection.close(),
  };
}
