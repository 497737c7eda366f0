/** What `gradmark queue` does. */
import { keyPath, makeKey, readKey } from '../queue/key-file.ts';
import { connect } from '../queue/postgres/connect.ts';
import type { Overview } from '../queue/postgres/overview.ts';
import { overviewOf } from '../queue/postgres/overview.ts';
import { initialise, keyOfQueue } from '../queue/postgres/tables.ts';
import { inSentences, shown } from '../queue/postgres/trouble.ts';
import { sealWith } from '../queue/seal.ts';
import { openMetrics } from '../../reports/queue-metrics.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { queueText } from '../../reports/queue-text.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { openNamedQueue } from './open-queue.ts';

export type QueueVerb = 'init' | 'status' | 'redrive' | 'course';

export interface QueueCommand {
  json?: boolean;
  openmetrics?: boolean;
  weight?: number;
  cap?: number;
  heartbeat: number;
  grant?: string;
  key?: string;
}

/** Does one of them; returns the exit code. */
export async function runQueue(
  what: QueueVerb,
  address: string,
  course: string | undefined,
  options: QueueCommand,
): Promise<number> {
  if (what === 'init') return init(address, options);
  const opened = await openNamedQueue(
    { queue: address, ...(options.key !== undefined && { key: options.key }) },
    AbortSignal.abort(),
  );
  try {
    if (what === 'redrive') {
      const moved = await opened.queue.redrive();
      process.stdout.write(`${moved} ${moved === 1 ? 'job is' : 'jobs are'} tried again.\n`);
    } else if (what === 'course') {
      const { weight, cap } = options;
      if (course === undefined || (weight === undefined && cap === undefined)) {
        throw new UserError('Name the course, and its --weight or its --cap.');
      }
      if (weight === 0 || cap === 0) throw new UserError('A weight and a cap are 1 or more.');
      await opened.queue.setCourse(course, { weight, cap });
      const share = [weight !== undefined && `weight ${weight}`, cap !== undefined && `at most ${cap} at once`];
      process.stdout.write(`${plainLine(course)}: ${share.filter((part) => part !== false).join(', ')}.\n`);
    } else process.stdout.write(written(await overviewOf(opened.connection), options));
    return exitCodes.done;
  } catch (error) {
    throw inSentences(error, address);
  } finally {
    await opened.connection.close();
  }
}

function written(overview: Overview, { json, openmetrics }: QueueCommand): string {
  if (json === true) return `${JSON.stringify(overview, null, 2)}\n`;
  return openmetrics === true ? openMetrics(overview) : queueText(overview);
}

async function init(address: string, { key, heartbeat, grant }: QueueCommand): Promise<number> {
  if (heartbeat < 10) throw new UserError('A heartbeat is 10 seconds or more: a worker may be busy for a while.');
  const path = key ?? keyPath();
  const connection = await connect(address, { install: true, connections: 1 });
  try {
    // A second key would be of no use, and stand where the right one belongs.
    const isThere = (await keyOfQueue(connection)) !== undefined;
    const seal = sealWith(await (isThere ? readKey(path) : makeKey(path)));
    const wanted = { key: seal.fingerprint, heartbeatSeconds: heartbeat };
    const { heartbeatSeconds } = await initialise(connection, wanted, grant);
    process.stdout.write(
      `The queue at ${shown(address)} is ready (heartbeat ${heartbeatSeconds} s).\n` +
        `Its key is ${path}: copy it to the same place on every machine that grades, and keep it as you keep the secret.\n`,
    );
    return exitCodes.done;
  } catch (error) {
    throw inSentences(error, address);
  } finally {
    await connection.close();
  }
}
